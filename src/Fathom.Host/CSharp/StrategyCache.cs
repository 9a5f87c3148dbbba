using Fathom.Domain;

namespace Fathom.Host.CSharp;

/// <summary>
/// Compiled strategies on disk, by the hash of everything that decides what the compiler makes. An entry is one file that is written beside its place and renamed into it,
/// so that any number of processes may read and write at once: they write the same. What is damaged is made again.
/// </summary>
internal sealed class StrategyCache(string folder)
{
    /// <summary>Every edit of a source makes an entry; beyond this many the longest unused go.</summary>
    public const int EntriesMax = 64;

    private const string Extension = ".strategy";

    /// <summary>$FATHOM_CACHE/strategies, or fathom/strategies under $XDG_CACHE_HOME or ~/.cache.</summary>
    public static StrategyCache OfUser()
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        if (Variable("FATHOM_CACHE") is { } stated) return new StrategyCache(Path.Combine(Path.GetFullPath(stated), "strategies"));
        string caches = Variable("XDG_CACHE_HOME") ?? (Variable("HOME") is { } home ? Path.Combine(home, ".cache") : Path.GetTempPath());
        return new StrategyCache(Path.Combine(Path.GetFullPath(caches), "fathom", "strategies"));
    }

    /// <summary>What is there under the key; else what <paramref name="make"/> makes, which is there from now on.</summary>
    /// <exception cref="InputException">The folder cannot be written.</exception>
    public CompiledStrategy Get(string key, Func<CompiledStrategy> make)
    {
        string path = Path.Combine(folder, key + Extension);
        if (Read(path) is { } there) return there;
        CompiledStrategy made = make();
        try
        {
            Directory.CreateDirectory(folder);
            string written = Path.Combine(folder, $"{key}.{Guid.NewGuid():n}");
            File.WriteAllBytes(written, made.ToBytes());
            File.Move(written, path, overwrite: true);
            Prune();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the cache of compiled strategies {folder}", failure.Message, "a folder that can be written", "Set FATHOM_CACHE to another folder.");
        }
        return made;
    }

    private static CompiledStrategy? Read(string path)
    {
        try
        {
            CompiledStrategy? there = File.Exists(path) ? CompiledStrategy.From(File.ReadAllBytes(path)) : null;
            if (there is not null) File.SetLastWriteTimeUtc(path, DateTime.UtcNow);      // it was used
            return there;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;      // another process has just pruned it, or it is not ours to touch: it is made again
        }
    }

    private void Prune()
    {
        IEnumerable<FileInfo> unused = new DirectoryInfo(folder).EnumerateFiles("*" + Extension).OrderByDescending(file => file.LastWriteTimeUtc).Skip(EntriesMax);
        foreach (FileInfo file in unused) file.Delete();
    }
}
