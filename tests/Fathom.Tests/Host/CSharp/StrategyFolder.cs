using System.Diagnostics;
using Fathom.Host.CSharp;

namespace Fathom.Tests.Host.CSharp;

/// <summary>A folder of a test's own with strategies in it, and with a cache that nobody else uses.</summary>
internal sealed class StrategyFolder : IDisposable
{
    public const string Quiet = "public sealed class Quiet : Strategy { }\n";

    public string Path { get; } = Directory.CreateTempSubdirectory("fathom-strategies-").FullName;

    public StrategyCache Cache => new(CachePath);

    public string CachePath => PathOf("cache");

    public string[] CacheFiles => Directory.Exists(CachePath) ? Directory.GetFiles(CachePath) : [];

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>An assembly as a user's own build makes it, in a folder of its name.</summary>
    public string Build(string name, string source, params string[] references)
    {
        Sdk sdk = Sdk.Find();
        string folder = Directory.CreateDirectory(PathOf(name)).FullName, output = System.IO.Path.Combine(folder, name + ".dll"), code = System.IO.Path.Combine(folder, "code.cs");
        File.WriteAllText(code, source);
        IEnumerable<string> all = Directory.EnumerateFiles(sdk.References, "*.dll").Concat(references);
        ProcessStartInfo start = new(sdk.Dotnet, ["exec", sdk.Compiler, "-noconfig", "-nologo", "-target:library", "-nostdlib+", $"-out:{output}", .. all.Select(path => $"-reference:{path}"), code])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return output;
    }

    /// <summary>The program's own assemblies, to build against.</summary>
    public static string[] Api => [.. new[] { "Fathom.Domain", "Fathom.Engine" }.Select(name => System.IO.Path.Combine(AppContext.BaseDirectory, name + ".dll"))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
