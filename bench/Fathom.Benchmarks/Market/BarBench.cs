using System.Diagnostics;
using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;

namespace Fathom.Benchmarks.Market;

/// <summary>
/// What does a trade cost on its way into bars? A walk of trades in memory, about twenty a second, goes into several sets of bars, closings included: none (nobody subscribed), the
/// typical set of two intervals and trade counts, each kind by itself, and all of them.
/// </summary>
internal static class BarBench
{
    private const ulong Fnv = 0x100000001B3;

    /// <summary>Sets by name.</summary>
    private static readonly (string What, string[] Specs)[] s_sets =
    [
        ("no bars", []),
        ("1m 5m 100t", ["1m", "5m", "100t"]),
        ("1m", ["1m"]),
        ("100t", ["100t"]),
        ("1000v", ["1000v"]),
        ("100000$", ["100000$"]),
        ("all kinds", ["1s", "1m", "5m", "1d", "100t", "1000v", "100000$"]),
    ];

    private readonly record struct Trade(long Time, long Price, long Quantity);

    /// <summary>The figures, in trades instead of messages.</summary>
    public static List<BenchResult> Measure(long trades, int repetitions)
    {
        Trade[] walk = Walk(trades);
        List<double>[] seconds = [.. s_sets.Select(_ => new List<double>())];
        List<long>[] allocated = [.. s_sets.Select(_ => new List<long>())];
        ulong[] checksums = new ulong[s_sets.Length];
        for (int i = -1; i < repetitions; i++)      // the first is for warmth
        {
            for (int set = 0; set < s_sets.Length; set++)
            {
                (double time, long bytes, ulong checksum) = Time(s_sets[set].Specs, walk);
                Invariant.Require(i < 0 || checksum == checksums[set], $"'{s_sets[set].What}' builds the same bars again");
                checksums[set] = checksum;
                if (i < 0) continue;
                seconds[set].Add(time);
                allocated[set].Add(bytes);
            }
        }
        double nothing = BenchResult.Median(seconds[0]);
        return [.. s_sets.Select((set, i) => new BenchResult("walk", set.What, trades / BenchResult.Median(seconds[i]), trades / seconds[i].Min(), (double)allocated[i].Min() / trades,
            new Dictionary<string, double> { ["no_bars"] = nothing / BenchResult.Median(seconds[i]) }, checksums[i].ToString("x16", CultureInfo.InvariantCulture)))];
    }

    private static (double Seconds, long Allocated, ulong Checksum) Time(string[] specs, Trade[] walk)
    {
        InstrumentId instrument = new(0);
        BarSet bars = new(SessionHours.EveryDay, new Instruments());
        foreach (string spec in specs) bars.Subscribe(BarSpec.Parse(spec));
        ulong sum = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        foreach (ref readonly Trade trade in walk.AsSpan())
        {
            Timestamp time = new(trade.Time);
            while (time >= bars.NextClose && bars.TryCloseDue(time)) sum = Take(bars, sum);
            bars.NoteTrade(instrument, new Price(trade.Price), new Quantity(trade.Quantity), time);
            if (!bars.Closed.IsEmpty) sum = Take(bars, sum);
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, GC.GetAllocatedBytesForCurrentThread() - allocated, sum);
    }

    private static ulong Take(BarSet bars, ulong sum)
    {
        foreach (BarSeries series in bars.Closed)
        {
            ref readonly Bar bar = ref series[0];
            sum = (sum ^ (ulong)(bar.Close.Nanos + bar.High.Nanos + bar.Count)) * Fnv ^ (ulong)bar.Volume.Nanos;
        }
        bars.ClearClosed();
        return sum;
    }

    private static Trade[] Walk(long trades)
    {
        Random random = new(1);
        Trade[] walk = new Trade[trades];
        long time = 0, price = 100 * Price.Scale;
        foreach (ref Trade trade in walk.AsSpan())
        {
            time += random.NextInt64(100_000_000);
            price += random.Next(-2, 3) * 10_000_000L;
            trade = new Trade(time, price, random.NextInt64(1, 20) * Quantity.Scale);
        }
        return walk;
    }
}
