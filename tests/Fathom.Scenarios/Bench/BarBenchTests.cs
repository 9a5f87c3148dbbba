using Fathom.Benchmarks;
using Fathom.Benchmarks.Market;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot.</summary>
public class BarBenchTests
{
    [Fact]
    public void Every_set_builds_bars_and_only_series_that_grow_allocate()
    {
        List<BenchResult> results = BarBench.Measure(trades: 20_000, repetitions: 2);
        Assert.Equal(["no bars", "1m 5m 100t", "1m", "100t", "1000v", "100000$", "all kinds"], results.Select(result => result.What));
        Assert.All(results, result => Assert.True(result.MessagesPerSecond > 0));
        Assert.Equal(new string('0', 16), results[0].Checksum);
        Assert.Equal(6, results.Skip(1).Select(result => result.Checksum).Distinct().Count());
        Assert.Equal(0, results[0].AllocatedBytesPerMessage);
    }
}
