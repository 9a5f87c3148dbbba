using System.Diagnostics;
using Fathom.Engine.Loop;

namespace Fathom.Scenarios.Simulation.PlantedFaults;

/// <summary>A copy of the program whose engine has all faults in it, each behind a switch. The engine's sources are only read.</summary>
internal sealed class PlantedVariant : IDisposable
{
    private const string Switch = "FATHOM_PLANTED";

    private const string SwitchSource = $$"""
        [assembly: System.Reflection.AssemblyVersion("0.1.0.0")]
        internal static class Planted
        {
            public static readonly int Active = int.TryParse(System.Environment.GetEnvironmentVariable("{{Switch}}"), out int number) ? number : 0;
            public static long Count;      // outlives an engine
        }
        """;

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-planted-").FullName;

    /// <param name="faults">The first is switched on by 1, and so on.</param>
    public PlantedVariant(IReadOnlyList<PlantedFault> faults)
    {
        string program = Path.Combine(_folder, "program");
        Directory.CreateDirectory(program);
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            if (Path.GetExtension(file) is ".dll" or ".json" or ".so") File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        Compile(PlantAll(faults), Path.Combine(program, "Fathom.Engine.dll"));
    }

    /// <summary>The installed compiler; null where there is only a runtime.</summary>
    public static string? Compiler => Directory.Exists(Path.Combine(Root, "sdk"))
        ? Directory.EnumerateDirectories(Path.Combine(Root, "sdk")).Order(StringComparer.Ordinal).Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).LastOrDefault(File.Exists)
        : null;

    private static string Framework => Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static string Root => Path.GetFullPath(Path.Combine(Framework, "..", "..", ".."));

    /// <summary>Runs the program.</summary>
    /// <param name="fault">Number of the fault that is switched on; 0 for none.</param>
    public (int ExitCode, string Output, string Error) Run(int fault, params string[] arguments) =>
        Run(Path.Combine(Root, "dotnet"), [Path.Combine(_folder, "program", "fathom.dll"), .. arguments], fault);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<string> PlantAll(IReadOnlyList<PlantedFault> faults)
    {
        string engine = Path.Combine(Places.Root, "src", "Fathom.Engine"), sources = Path.Combine(_folder, "source");
        List<string> written = [Write(sources, "Planted.cs", SwitchSource), Write(sources, "ImplicitUsings.cs", ImplicitUsings)];
        HashSet<string> left = [.. faults.Select(fault => fault.File)];
        foreach (string path in Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(engine, path).Replace('\\', '/');
            if (name.StartsWith("obj/", StringComparison.Ordinal) || name.StartsWith("bin/", StringComparison.Ordinal)) continue;
            left.Remove(name);
            string source = File.ReadAllText(path);
            var planted = faults.Select((fault, i) => (fault, Number: i + 1)).Where(entry => entry.fault.File == name).Select(entry => entry.fault.In(source, entry.Number));
            foreach ((int at, int length, string with) in planted.OrderByDescending(change => change.At).ToList()) source = source[..at] + with + source[(at + length)..];
            written.Add(Write(sources, name, source));
        }
        return left.Count == 0 ? written : throw new InvalidOperationException($"src/Fathom.Engine has no {string.Join(", ", left)}.");
    }

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private void Compile(List<string> sources, string output)
    {
        Version version = typeof(TradingEngine).Assembly.GetName().Version!;
        if (version != new Version(0, 1, 0, 0)) throw new InvalidOperationException($"the engine's version is {version}: say so in {nameof(SwitchSource)}");
        IEnumerable<string> references = Directory.EnumerateFiles(Framework, "*.dll").Where(IsManaged)
            .Concat(new[] { "Fathom.Domain.dll", "Fathom.Market.dll" }.Select(name => Path.Combine(AppContext.BaseDirectory, name)));
        string response = Path.Combine(_folder, "arguments");
        File.WriteAllLines(response,
        [
            "-nologo", "-target:library", "-nostdlib+", "-optimize+", "-deterministic+", "-unsafe+", "-langversion:latest", "-nullable:enable", "-warn:0", "-utf8output", "-preferreduilang:en",
            .. references.Select(reference => $"\"-reference:{reference}\""), $"\"-out:{output}\"", .. sources.Select(source => $"\"{source}\""),
        ]);
        (int exitCode, string said, string error) = Run(Path.Combine(Root, "dotnet"), ["exec", Compiler!, "-noconfig", $"@{response}"], fault: 0);
        if (exitCode != 0) throw new InvalidOperationException($"a planted fault does not compile:\n{said}{error}");
    }

    private static bool IsManaged(string path)
    {
        string name = Path.GetFileName(path);
        return name.StartsWith("System.", StringComparison.Ordinal) ? !name.Contains(".Native", StringComparison.Ordinal) : name is "mscorlib.dll" or "netstandard.dll";
    }

    private static (int ExitCode, string Output, string Error) Run(string program, string[] arguments, int fault)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { [Switch] = $"{fault}" } };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
