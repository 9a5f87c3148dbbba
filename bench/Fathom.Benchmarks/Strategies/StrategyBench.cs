using System.Diagnostics;
using Fathom.Domain;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Simulation.Generator;

namespace Fathom.Benchmarks.Strategies;

/// <summary>What does it cost to run strategies in another way than one by one in C#? Every part is measured against its plain form in the same run, on one generated market.</summary>
internal static class StrategyBench
{
    /// <summary>A part: what it is called, and what it measures on the market in a file.</summary>
    private static readonly (string Name, Func<string, long, int, List<BenchResult>> Measure)[] PartList =
        [("idle", IdlePart.Measure), ("user", UserCodePart.Measure), ("bars", BarsPart.Measure), ("lanes", LanesPart.Measure)];

    public static IEnumerable<string> Parts => PartList.Select(part => part.Name);

    /// <param name="only">A part; null: all of them.</param>
    /// <param name="events">Market-by-order messages of the market.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static List<BenchResult> Measure(string? only, long events, int repetitions)
    {
        if (only is not null && !Parts.Contains(only)) throw new InputException("--part", only, string.Join(", ", Parts), "Name one of them, or leave --part out.");
        string folder = Directory.CreateTempSubdirectory("fathom-bench").FullName;
        try
        {
            string file = Path.Combine(folder, "bench-1.dbn");
            GeneratorOptions market = new() { Preset = "bench-1", Events = events, Seed = 1 };
            long count = GeneratedMarket.Write(market, file, Quiet(), CancellationToken.None).Messages;
            return [.. PartList.Where(part => only is null || part.Name == only).SelectMany(part => part.Measure(file, count, repetitions))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Wall and processor seconds of a pass, and what it comes to.</summary>
    internal static (string Checksum, double Wall, double Processor, long Allocated) Time(Func<string> pass)
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        string checksum = pass();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        process.Refresh();
        return (checksum, wall, (process.TotalProcessorTime - before).TotalSeconds, allocated);
    }

    internal static Screen Quiet() => new(TextWriter.Null, TextWriter.Null, isJson: true);
}
