using System.Text;
using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Host.Runs;

/// <summary>The folder that a run's files go to.</summary>
public sealed class RunFolder : IDisposable
{
    public const string Orders = "orders.csv", Fills = "fills.csv", Markouts = "markouts.csv", Positions = "positions.csv", Equity = "equity.csv", Context = "context.csv", CarryOver = "carry-over.fathom";
    public const string Log = "log.jsonl", Plots = "plots.csv", Annotations = "annotations.csv", Risk = "risk.csv";
    public const string Configuration = "config.toml", Summary = "summary.json", Fingerprint = "fingerprint.txt", Report = "report.html";

    private static readonly string[] Names = [Orders, Fills, Markouts, Positions, Equity, Context, CarryOver, Log, Plots, Annotations, Risk, Configuration, Summary, Fingerprint, Report];

    private readonly IReadOnlyList<string> _made;      // innermost first

    private RunFolder(string path, IReadOnlyList<string> made)
    {
        Path = path;
        _made = made;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <param name="inputs">Files that the run reads; null = nothing. The run's files must not take their places.</param>
    /// <exception cref="InputException">It is a file, may not be made or written, or holds an input under the name of one of the run's files.</exception>
    public static RunFolder Create(string path, params ReadOnlySpan<string?> inputs)
    {
        if (path.Length == 0 || path.Contains('\0')) throw new InputException("--out", "an empty path", "a folder for the run's files", "Name one, or leave --out out.");
        string full = System.IO.Path.GetFullPath(path);
        foreach (string name in Names) OutputFile.RefuseInputs(System.IO.Path.Combine(full, name), inputs);
        try
        {
            List<string> made = [];
            for (string? folder = full; folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
            {
                if (File.Exists(folder)) throw new InputException(path, folder == full ? "a file" : $"a file in its way, {folder}", "a folder for the run's files", "Name another place with --out.");
                made.Add(folder);
            }
            Directory.CreateDirectory(full);
            return new RunFolder(full, made);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"a place that may not be written ({failure.Message})", "a folder for the run's files", "Name another place with --out.");
        }
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes the files of an earlier run from a folder, and the folder itself when it is empty then. What no run writes stays, and so does what is read.</summary>
    /// <param name="inputs">Files that the run reads.</param>
    public static void RemoveRun(string path, IReadOnlyList<string> inputs)
    {
        foreach (string name in Names) RemoveFile(System.IO.Path.Combine(path, name), inputs);
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    internal static void RemoveFile(string path, IReadOnlyList<string> inputs)
    {
        if (!inputs.Any(input => System.IO.Path.GetFullPath(input) == System.IO.Path.GetFullPath(path))) File.Delete(path);
    }

    /// <summary>Removes one of the run's files that an earlier run left there.</summary>
    public void Remove(string name) => File.Delete(PathOf(name));

    /// <summary>Writes a whole file of text.</summary>
    public void Write(string name, string text)
    {
        using OutputFile file = OutputFile.Create(PathOf(name));
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Complete();
    }

    /// <summary>Writes a whole file from a stream.</summary>
    public void Write(string name, MemoryStream content)
    {
        using OutputFile file = OutputFile.Create(PathOf(name));
        file.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
        file.Complete();
    }

    /// <summary>Folders that were made for a run that came to nothing go again.</summary>
    public void Dispose()
    {
        foreach (string folder in _made)
        {
            if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()) return;
            Directory.Delete(folder);
        }
    }
}
