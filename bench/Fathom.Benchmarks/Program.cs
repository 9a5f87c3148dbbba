using Fathom.Benchmarks.Data;

namespace Fathom.Benchmarks;

/// <summary><c>fathom bench</c>: one word says what is measured, the rest are its options.</summary>
internal static class Program
{
    private static readonly (string Name, string What, Func<string[], int> Run)[] s_benches =
    [
        ("decode", "DBN files to messages: plain, zstd, several at once", DecodeBench.Run),
    ];

    private static int Main(string[] arguments)
    {
        string name = arguments.FirstOrDefault() ?? "";
        foreach ((string candidate, _, Func<string[], int> run) in s_benches)
            if (candidate == name) return run(arguments[1..]);
        Console.Error.WriteLine("Usage: fathom bench NAME [--json]");
        foreach ((string candidate, string what, _) in s_benches) Console.Error.WriteLine($"  {candidate,-8} {what}");
        return name is "" or "--help" or "-h" ? 0 : 2;
    }
}
