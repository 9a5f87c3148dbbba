using Fathom.Benchmarks;
using Fathom.Benchmarks.Features;
using Fathom.Engine.Features.Indicators;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot, and the vector of the sample is whole.</summary>
public class FeaturesBenchTests
{
    [Fact]
    public void A_feature_is_timed_and_allocates_nothing()
    {
        BenchResult result = UpdatePart.Measure("ema", () => new ExponentialMovingAverage(20), new FeatureSamples(), repetitions: 1, warmUp: 1_000);
        Assert.True(result.Ratios["ns"] > 0 && result.AllocatedBytesPerMessage == 0, $"{result}");
        Assert.NotEqual("0", result.Checksum);
    }

    [Fact]
    public void A_vector_of_forty_is_read_at_every_event_and_does_not_change_the_run()
    {
        List<BenchResult> results = FeaturesBench.Measure("vector", events: 20_000, repetitions: 1);
        Assert.Equal(["backtest, no vector", "backtest, a vector of 40 features read at every event"], results.Select(result => result.What));
        string[][] parts = [.. results.Select(result => result.Checksum.Split(' '))];
        Assert.Equal(parts[0][..3], parts[1][..3]);      // fills and equity; bars of time wake the engine, which the fingerprint knows
        Assert.Equal("0", parts[0][^1]);
        Assert.NotEqual("0", parts[1][^1]);
        Assert.True(results[1].Ratios["time_of_no_vector"] > 0);
    }
}
