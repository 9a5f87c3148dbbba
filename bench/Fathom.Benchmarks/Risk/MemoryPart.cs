using System.Diagnostics;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Benchmarks.Risk;

/// <summary>What do all limits and all that is kept for them weigh, with 500 instruments and 20 strategies, once every one of them was met? Bytes that building and first use allocate, over what the gate with
/// a position limit alone does.</summary>
internal static class MemoryPart
{
    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        long plain = Weigh(ManyLimits.PositionOnly, out _), all = Weigh(ManyLimits.Everything(), out double seconds);
        Dictionary<string, double> ratios = new() { ["megabytes"] = (all - plain) / 1e6 };
        return [new BenchResult("500 × 20", "limits and state", 1 / seconds, 1 / seconds, all - plain, ratios, $"{ManyLimits.InstrumentCount * ManyLimits.Strategies}")];
    }

    private static long Weigh(RiskLimits limits, out double seconds)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        ManyLimits many = new(limits);
        many.HoldEverywhere();
        Timestamp clock = new(1_700_000_000_000_000_000);
        for (int number = 0; number < ManyLimits.InstrumentCount * ManyLimits.Strategies; number++)
        {
            clock += Duration.FromMilliseconds(10);
            OrderCommand command = many.Order(number, clock);
            Invariant.Require(many.Gate.Judge(ref command, Quantity.Zero, out _).IsNone, "no limit is met");
        }
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
