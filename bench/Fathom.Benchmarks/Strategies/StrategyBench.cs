using System.Diagnostics;

namespace Fathom.Benchmarks.Strategies;

/// <summary>What does it cost to run strategies in another way than one by one in C#? Every part is measured against its plain form in the same run, on one generated market.</summary>
internal static class StrategyBench
{
    private static readonly BenchParts PartList = new(("idle", IdlePart.Measure), ("user", UserCodePart.Measure), ("bars", BarsPart.Measure), ("lanes", LanesPart.Measure));

    public static IEnumerable<string> Parts => PartList.Names;

    /// <inheritdoc cref="BenchParts.Measure"/>
    public static List<BenchResult> Measure(string? only, long events, int repetitions) => PartList.Measure(only, events, repetitions);

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
}
