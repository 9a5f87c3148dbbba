using System.Diagnostics;
using System.Text;
using Fathom.Domain;
using Fathom.Domain.Hashing;

namespace Fathom.Host.Verify;

/// <summary>The second witness as a program: OCaml sources in verify/ of the repository, compiled when they are first run and after each edit.</summary>
public static class WitnessProgram
{
    private const int SecondsMax = 120;
    private const string Main = "main.ml";

    /// <summary>It is built, or can be: there is a compiler.</summary>
    public static bool IsAvailable => FindFolder() is { } folder && (File.Exists(Place(folder, Sources(folder))) || FindTool(Compiler, SearchPath) is not null);

    private static string Compiler => OperatingSystem.IsWindows() ? "ocamlopt.exe" : "ocamlopt";

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The compiled program.</summary>
    /// <exception cref="InputException">There is no compiler, or the program does not run from a repository.</exception>
    /// <exception cref="IOException">The sources do not compile.</exception>
    public static string Build() =>
        Build(FindFolder() ?? throw new InputException("the second witness", "no folder verify beside the program or above it", "the repository, which has the witness's sources", "Use ./fathom verify in the root of the repository."), SearchPath);

    /// <param name="folder">With the sources.</param>
    /// <param name="searchPath">Folders where the compiler may be.</param>
    internal static string Build(string folder, string searchPath)
    {
        string[] sources = Sources(folder);
        string program = Place(folder, sources);
        if (File.Exists(program)) return program;
        string compiler = FindTool(Compiler, searchPath)
            ?? throw new InputException("the second witness", "no ocamlopt", "an OCaml compiler, 4.13 or newer: the witness is written in OCaml", "Install one: apt-get install ocaml-nox on Debian and Ubuntu, elsewhere with opam (https://opam.ocaml.org).");
        string built = Path.GetDirectoryName(program)!;
        Directory.CreateDirectory(built);
        string[] old = Directory.GetFiles(built);
        Compile(compiler, sources, program);
        foreach (string file in old) File.Delete(file);      // of earlier sources; a process that runs one keeps it
        return program;
    }

    /// <summary>Compiles beside the place and renames into it: several processes may do so at once.</summary>
    private static void Compile(string compiler, string[] sources, string program)
    {
        string folder = Directory.CreateTempSubdirectory("fathom-witness-").FullName;
        try
        {
            foreach (string source in sources) File.Copy(source, Path.Combine(folder, Path.GetFileName(source)));
            string[] sorted = Run(Path.Combine(Path.GetDirectoryName(compiler)!, "ocamldep"), folder, ["-sort", .. sources.Select(source => Path.GetFileName(source))]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            Run(compiler, folder, ["-w", "-a", "-o", "witness", .. sorted]);
            string ready = $"{program}.{Guid.NewGuid():n}";
            File.Copy(Path.Combine(folder, "witness"), ready);
            File.Move(ready, program, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string tool, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(SecondsMax)))
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{tool} gave no answer within {SecondsMax} s");
        }
        return process.ExitCode == 0 ? output.Result : throw new IOException($"The second witness does not compile: {error.Result}{output.Result}");
    }

    private static string[] Sources(string folder) => [.. Directory.EnumerateFiles(folder, "*.ml").Order(StringComparer.Ordinal)];

    /// <summary>By the sources: an edit makes another program.</summary>
    private static string Place(string folder, string[] sources)
    {
        StringBuilder all = new();
        foreach (string source in sources) all.Append(Path.GetFileName(source)).Append('\n').Append(File.ReadAllText(source)).Append('\0');
        return Path.Combine(folder, "bin", $"witness-{Xxh3.Hash128(Encoding.UTF8.GetBytes(all.ToString()))}");
    }

    private static string? FindFolder()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (Path.Combine(directory.FullName, "verify") is var folder && File.Exists(Path.Combine(folder, Main))) return folder;
        return null;
    }

    private static string? FindTool(string name, string searchPath) =>
        searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
