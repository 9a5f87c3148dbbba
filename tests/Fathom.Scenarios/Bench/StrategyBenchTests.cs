using Fathom.Benchmarks;
using Fathom.Benchmarks.Strategies;
using Fathom.Domain;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot, and each part compares equal work (it refuses to time it otherwise).</summary>
public class StrategyBenchTests
{
    [Fact]
    public void Twenty_lanes_come_to_what_twenty_runs_come_to()
    {
        List<BenchResult> results = StrategyBench.Measure("lanes", events: 4_000, repetitions: 1);
        Assert.Equal(["20 quoters one by one", "20 quoters as lanes"], results.Select(result => result.What));
        Assert.All(results, result => Assert.True(result.MessagesPerSecond > 0 && result.Ratios["wall_of_apart"] > 0 && result.Ratios["cpu_of_apart"] >= 0));
        Assert.True(results[1].Ratios["megabytes_per_lane"] < 30, $"{results[1].Ratios["megabytes_per_lane"]} MB per lane");
    }

    [Fact]
    public void Idle_strategies_are_told_apart_by_their_number()
    {
        List<BenchResult> results = StrategyBench.Measure("idle", events: 4_000, repetitions: 1);
        Assert.Equal(["1 idle strategy", "9 idle strategies"], results.Select(result => result.What));
        Assert.Contains("nanoseconds_per_strategy", results[1].Ratios.Keys);
    }

    [Fact]
    public void A_source_file_makes_the_same_fills_as_what_is_built_in()
    {
        List<BenchResult> results = StrategyBench.Measure("user", events: 4_000, repetitions: 1);
        Assert.Equal(5, results.Count);
        Assert.Equal(results[0].Checksum, results[1].Checksum);
        Assert.All(results.Skip(2), result => Assert.True(result.Ratios["seconds"] > 0));
    }

    [Fact]
    public void A_part_that_there_is_not_is_refused_by_name()
    {
        InputException wrong = Assert.Throws<InputException>(() => StrategyBench.Measure("lane", events: 1, repetitions: 1));
        Assert.Contains("lanes", wrong.Message, StringComparison.Ordinal);
    }
}
