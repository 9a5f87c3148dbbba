using Fathom.Benchmarks;
using Fathom.Benchmarks.Risk;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot, and it refuses to time a gate that refuses.</summary>
public class RiskBenchTests
{
    [Fact]
    public void A_judgement_by_all_rules_is_timed_and_allocates_nothing()
    {
        List<BenchResult> results = RiskBench.Measure("gate", events: 4_000, repetitions: 3);
        Assert.Equal(["position limit only", "position limit only, marks move", "all rules", "all rules, marks move"], results.Select(result => result.What));
        Assert.All(results, result => Assert.True(result.MessagesPerSecond > 0 && result.AllocatedBytesPerMessage == 0, $"{result}"));
        Assert.All(results.Skip(2), result => Assert.True(result.Ratios["time_of_position_only"] > 0));
        Assert.Single(results.Select(result => result.Checksum).Distinct());
    }

    [Fact]
    public void Limits_that_are_not_met_change_nothing_of_a_run()
    {
        List<BenchResult> results = RiskBench.Measure("market", events: 20_000, repetitions: 1);
        Assert.Equal(["ten positions, no limits", "ten positions, all limits"], results.Select(result => result.What));
        Assert.Single(results.Select(result => result.Checksum).Distinct());
        Assert.True(results[1].Ratios["time_of_no_limits"] > 0);
    }

    [Fact]
    public void Limits_of_500_instruments_and_20_strategies_and_what_is_kept_for_them_weigh_less_than_ten_megabytes()
    {
        BenchResult result = Assert.Single(RiskBench.Measure("memory", events: 1_000, repetitions: 1));
        Assert.InRange(result.AllocatedBytesPerMessage, 100_000, 10_000_000);
    }
}
