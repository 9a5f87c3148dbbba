using System.Diagnostics;
using System.Text;
using Fathom.Domain;

namespace Fathom.Host.CSharp;

/// <summary>
/// Compiles one source file against this program. It calls the SDK's compiler itself: a build of a project does the same in seconds, because it starts a build engine and resolves
/// packages that a strategy has none of.
/// </summary>
internal sealed class StrategyCompiler(bool isForDebugging)
{
    /// <summary>What a strategy is written against.</summary>
    private static readonly string[] Api = ["Fathom.Domain", "Fathom.Market", "Fathom.Engine", "Fathom.Strategies"];

    /// <summary>In force in every source file. Nothing that reads files, clocks or starts threads: a run has to be repeatable.</summary>
    public static readonly IReadOnlyList<string> Usings =
    [
        "System", "System.Collections.Generic", "System.Linq",
        "Fathom.Domain.Books", "Fathom.Domain.Messages", "Fathom.Domain.Numerics", "Fathom.Domain.Values",
        "Fathom.Engine.Decisions", "Fathom.Engine.Features", "Fathom.Engine.Features.Indicators", "Fathom.Engine.Features.Pipeline", "Fathom.Engine.Orders",
        "Fathom.Market.Books.Bars",
    ];

    private const int ShownMax = 20;
    private const int SecondsMax = 120;

    private string Options => $"-nologo -target:library -nostdlib+ -optimize{(isForDebugging ? '-' : '+')} -deterministic+ -debug:portable -langversion:latest -nullable:enable -warn:9999 -nowarn:1701,1702,8981 -utf8output -preferreduilang:en";

    /// <summary>Everything besides the source that decides what the compiler makes.</summary>
    public string Settings => string.Join('\n',
        [Options, .. Usings, .. Api.Select(name => $"{name} {System.Reflection.Assembly.Load(name).ManifestModule.ModuleVersionId}"), Environment.Version.Major.ToString()]);

    /// <param name="path">The source's full path: it is what a debugger looks for.</param>
    /// <param name="source">Its bytes; they are compiled, whatever stands in the file by then.</param>
    /// <exception cref="InputException">There is no compiler, or the source does not compile.</exception>
    public CompiledStrategy Compile(string path, byte[] source)
    {
        Sdk sdk = Sdk.Find();
        string folder = Directory.CreateTempSubdirectory("fathom-strategy-").FullName;
        try
        {
            string copy = Path.Combine(folder, Path.GetFileName(path)), output = Path.Combine(folder, "out"), assembly = Path.Combine(output, AssemblyName(path) + ".dll");
            Directory.CreateDirectory(output);
            File.WriteAllBytes(copy, source);
            string usings = Path.Combine(output, "usings");
            File.WriteAllLines(usings, Usings.Select(name => $"global using {name};"));
            IEnumerable<string> references = Directory.EnumerateFiles(sdk.References, "*.dll").Concat(Api.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll")));
            string response = Path.Combine(output, "arguments");
            File.WriteAllLines(response,
            [
                Options,
                $"\"-pathmap:{Escaped(folder)}={Escaped(Path.GetDirectoryName(path)!)}\"",
                .. references.Order(StringComparer.Ordinal).Select(reference => $"\"-reference:{reference}\""),
                $"\"-out:{assembly}\"", $"\"{copy}\"", $"\"{usings}\"",
            ]);
            (int exitCode, string[] lines) = Run(sdk, folder, response);
            // The compiler names a source as it is seen from the folder that it runs in.
            string shown = Shown(path), named = Path.GetFileName(path);
            string[] said = [.. lines.Select(line => line.StartsWith(named + "(", StringComparison.Ordinal) ? shown + line[named.Length..] : line)];
            if (exitCode != 0) throw Refuse(shown, said);
            return new CompiledStrategy(File.ReadAllBytes(assembly), File.ReadAllBytes(Path.ChangeExtension(assembly, ".pdb")), said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The path as it is shortest from here: terminals make a link of it.</summary>
    public static string Shown(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Never the name of an assembly of ours, which the program would give instead.</summary>
    private static string AssemblyName(string path) =>
        "Strategy." + string.Concat(Path.GetFileNameWithoutExtension(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));

    private static string Escaped(string path) => path.Replace("=", "==", StringComparison.Ordinal).Replace(",", ",,", StringComparison.Ordinal);

    private static (int ExitCode, string[] Lines) Run(Sdk sdk, string folder, string response)
    {
        ProcessStartInfo start = new(sdk.Dotnet, ["exec", sdk.Compiler, "-noconfig", $"@{response}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(SecondsMax)))
        {
            process.Kill(entireProcessTree: true);
            throw new InputException("the C# compiler", $"no answer within {SecondsMax} s", "an answer", $"Try it by hand: {sdk.Dotnet} exec {sdk.Compiler} -help");
        }
        string said = output.Result + error.Result;
        return (process.ExitCode, said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static InputException Refuse(string source, string[] lines)
    {
        string[] errors = [.. lines.Where(line => line.Contains("error ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        if (errors.Length == 0) errors = lines;
        string more = errors.Length > ShownMax ? $"\n… and {errors.Length - ShownMax} more" : "";
        return new InputException(source, errors.Length == 1 ? "an error" : $"{errors.Length} errors", "C# that compiles", $"Correct:\n{string.Join('\n', errors.Take(ShownMax))}{more}");
    }
}
