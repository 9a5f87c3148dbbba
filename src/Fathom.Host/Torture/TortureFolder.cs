using System.Text;
using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Host.Torture;

/// <summary>Where the page goes. A folder that was made for nothing goes again.</summary>
internal sealed class TortureFolder : IDisposable
{
    private readonly bool _isNew;
    private readonly string _path;

    private TortureFolder(string path, bool isNew) => (_path, _isNew) = (path, isNew);

    /// <summary>Path of the page.</summary>
    public string Page => Path.Combine(_path, "torture.html");

    /// <exception cref="InputException">It is a file, or may not be made.</exception>
    public static TortureFolder Create(string path)
    {
        if (path.Length == 0 || path.Contains('\0')) throw new InputException("--out", "an empty path", "a folder", "Name one, or leave --out out.");
        bool isNew = !Directory.Exists(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"a place that may not be written ({failure.Message})", "a folder for the page", "Name another place with --out.");
        }
        return new TortureFolder(path, isNew);
    }

    public void Write(TortureReport report)
    {
        using OutputFile file = OutputFile.Create(Page);
        file.Write(Encoding.UTF8.GetBytes(TorturePage.Make(report)));
        file.Complete();
    }

    public void Dispose()
    {
        if (_isNew && Directory.Exists(_path) && !Directory.EnumerateFileSystemEntries(_path).Any()) Directory.Delete(_path);
    }
}
