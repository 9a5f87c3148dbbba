using Fathom.Domain;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Simulation.Generator;

namespace Fathom.Benchmarks;

/// <summary>A benchmark of several parts that measure on one generated market: all of them, or one by its name.</summary>
/// <param name="parts">A part: what it is called, and what it measures on the market in a file of so many messages, so many times.</param>
internal sealed class BenchParts(params (string Name, Func<string, long, int, List<BenchResult>> Measure)[] parts)
{
    public IEnumerable<string> Names => parts.Select(part => part.Name);

    /// <param name="only">A part; null: all of them.</param>
    /// <param name="events">Market-by-order messages of the market.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public List<BenchResult> Measure(string? only, long events, int repetitions)
    {
        if (only is not null && !Names.Contains(only)) throw new InputException("--part", only, string.Join(", ", Names), "Name one of them, or leave --part out.");
        string folder = Directory.CreateTempSubdirectory("fathom-bench").FullName;
        try
        {
            string file = Path.Combine(folder, "bench-1.dbn");
            GeneratorOptions market = new() { Preset = "bench-1", Events = events, Seed = 1 };
            long count = GeneratedMarket.Write(market, file, new Screen(TextWriter.Null, TextWriter.Null, isJson: true), CancellationToken.None).Messages;
            return [.. parts.Where(part => only is null || part.Name == only).SelectMany(part => part.Measure(file, count, repetitions))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
