using Fathom.Domain;

namespace Fathom.Host.CSharp;

/// <summary>The installed .NET SDK, as far as a compilation needs it.</summary>
/// <param name="Dotnet">The dotnet program.</param>
/// <param name="Compiler">csc.dll.</param>
/// <param name="References">The folder with the framework's reference assemblies.</param>
internal sealed record Sdk(string Dotnet, string Compiler, string References)
{
    /// <summary>The newest SDK of the first root that has one for the running framework.</summary>
    /// <exception cref="InputException">None has.</exception>
    public static Sdk Find() => Find(Roots());

    /// <param name="roots">Folders that hold a dotnet program.</param>
    public static Sdk Find(IEnumerable<string> roots)
    {
        List<string> looked = [.. roots.Distinct(StringComparer.Ordinal)];
        foreach (string root in looked)
            if (FindIn(root) is { } sdk) return sdk;
        int major = Environment.Version.Major;
        throw new InputException("the C# compiler", looked.Count == 0 ? "no dotnet" : $"no .NET SDK {major} in {string.Join(", ", looked)}", $"the .NET SDK {major}.0 or newer: a strategy in C# is compiled when it is first run",
            $"Install it from https://dotnet.microsoft.com/download/dotnet/{major}.0, or set DOTNET_ROOT to where it is.");
    }

    private static Sdk? FindIn(string root)
    {
        int major = Environment.Version.Major;
        string dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        string? compiler = Versions(Path.Combine(root, "sdk"), least: major).Select(folder => Path.Combine(folder, "Roslyn", "bincore", "csc.dll")).FirstOrDefault(File.Exists);
        string? references = Versions(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"), least: major)
            .Select(folder => Path.Combine(folder, "ref", $"net{major}.0")).FirstOrDefault(Directory.Exists);
        return File.Exists(dotnet) && compiler is not null && references is not null ? new Sdk(dotnet, compiler, references) : null;
    }

    /// <summary>The folders that are named by a version, newest first; finished versions before previews of the same.</summary>
    private static IEnumerable<string> Versions(string folder, int least)
    {
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateDirectories(folder)
            .Select(path => (Path: path, Parts: Path.GetFileName(path).Split('-', 2)))
            .Where(entry => Version.TryParse(entry.Parts[0], out Version? version) && version.Major >= least)
            .OrderByDescending(entry => Version.Parse(entry.Parts[0])).ThenBy(entry => entry.Parts.Length).ThenByDescending(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => entry.Path);
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } stated) yield return Path.GetFullPath(stated);
        if (Environment.ProcessPath is { } running && Path.GetFileNameWithoutExtension(running) == "dotnet") yield return Path.GetDirectoryName(Resolved(running))!;
        if (Path.GetDirectoryName(typeof(object).Assembly.Location) is { Length: > 0 } framework && framework.Contains("Microsoft.NETCore.App", StringComparison.Ordinal))
            yield return Path.GetFullPath(Path.Combine(framework, "..", "..", ".."));
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.Combine(folder, "dotnet") is var program && File.Exists(program)) yield return Path.GetDirectoryName(Resolved(program))!;
        if (Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home) yield return Path.Combine(home, ".dotnet");
    }

    private static string Resolved(string program) => File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
}
