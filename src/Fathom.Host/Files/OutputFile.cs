using Fathom.Domain;

namespace Fathom.Host.Files;

/// <summary>A file that appears under its name only when it is whole: written beside it as <c>NAME.partial</c>, renamed by <see cref="Commit"/>, deleted
/// when disposed without it. What is not a plain file (a pipe, <c>/dev/stdout</c>) is written straight.</summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string? _partial;
    private bool _isCommitted;

    private OutputFile(string path, string? partial, FileStream stream)
    {
        _path = path;
        _partial = partial;
        Stream = stream;
    }

    /// <summary>Unbuffered: write in blocks.</summary>
    public FileStream Stream { get; }

    /// <param name="path">An existing file of that name is replaced at the commit.</param>
    /// <exception cref="InputException">The path is a directory, its directory does not exist, or nothing may be written there.</exception>
    public static OutputFile Create(string path)
    {
        if (path.Length == 0) throw new InputException("output file", "nothing", "a path", "Name a file.");
        if (Directory.Exists(path)) throw new InputException(path, "a directory", "a file to write", "Name a file in it.");
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(directory)) throw new InputException(path, "no such directory", "an existing directory", $"Create it: mkdir -p '{directory}'");
        string? partial = IsPlain(path) ? path + ".partial" : null;
        try
        {
            FileMode mode = partial is null ? FileMode.Open : FileMode.Create;
            return new OutputFile(path, partial, new FileStream(partial ?? path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0));
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new InputException(path, $"a place that may not be written ({failure.Message})", "a file to write", "Name another place.");
        }
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (_partial is not null) File.Move(_partial, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted && _partial is not null) File.Delete(_partial);
    }

    /// <summary>Devices and what a shell hands over by descriptor cannot be replaced by renaming.</summary>
    private static bool IsPlain(string path) => !Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
}
