using Fathom.Benchmarks;
using Fathom.Benchmarks.Host;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot, and its stages do what they say (it refuses to time them otherwise).</summary>
public class BacktestBenchTests
{
    [Fact]
    public void Each_stage_runs_and_who_watches_a_run_does_not_change_it()
    {
        List<BenchResult> results = BacktestBench.Measure(events: 5_000, repetitions: 2);
        Assert.Equal(
            ["file to messages", "+ hash", "+ engine with its book", "+ venue with its book", "+ quoter and its orders", "+ analysis and files", "two slow books"],
            results.Select(result => result.What));
        Assert.All(results, result => Assert.True(result.MessagesPerSecond > 0 && result.AllocatedBytesPerMessage >= 0));
        Dictionary<string, string> checksums = results.ToDictionary(result => result.What, result => result.Checksum);
        Assert.Equal(checksums["+ quoter and its orders"], checksums["+ analysis and files"]);
        Assert.Equal(checksums["file to messages"], checksums["two slow books"]);      // as many bytes
        Assert.Equal(checksums["+ engine with its book"], checksums["+ venue with its book"]);      // nobody asks it for anything
        Assert.Equal(4, checksums.Values.Distinct().Count());
    }
}
