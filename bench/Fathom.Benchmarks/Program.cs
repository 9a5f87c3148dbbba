using Fathom.Benchmarks.Data;
using Fathom.Benchmarks.Market;
using Fathom.Domain;

namespace Fathom.Benchmarks;

/// <summary><c>fathom bench</c>: one word says what is measured, the rest are its options.</summary>
internal static class Program
{
    private static readonly (string Name, string What, Func<string[], int> Run)[] s_benches =
    [
        ("book", "messages in memory to order books, against the slow twin", BookBench.Run),
        ("decode", "DBN files to messages: plain, zstd, several at once", DecodeBench.Run),
    ];

    private static int Main(string[] arguments)
    {
        string name = arguments.FirstOrDefault() ?? "";
        foreach ((string candidate, _, Func<string[], int> run) in s_benches)
            if (candidate == name) return Run(run, arguments[1..]);
        Console.Error.WriteLine("Usage: fathom bench NAME [--json]");
        foreach ((string candidate, string what, _) in s_benches) Console.Error.WriteLine($"  {candidate,-8} {what}");
        return name is "" or "--help" or "-h" ? 0 : 2;
    }

    private static int Run(Func<string[], int> run, string[] options)
    {
        try
        {
            return run(options);
        }
        catch (InputException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }
    }
}
