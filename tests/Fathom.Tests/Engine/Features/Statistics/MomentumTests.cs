using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class MomentumTests
{
    [Fact]
    public void Of_a_count_it_looks_so_many_values_back()
    {
        for (int horizon = 1; horizon < First.Length; horizon++)
        {
            Momentum simple = new(FeatureWindow.Samples(horizon)), log = new(FeatureWindow.Samples(horizon), isLog: true);
            for (int i = 0; i < First.Length; i++)
            {
                double expected = i < horizon ? double.NaN : First[i] / First[i - horizon] - 1;
                Assert.Equal(expected, After(simple, First[i]), 1e-15);
                Assert.Equal(Math.Log(1 + expected), After(log, First[i]), 1e-15);
            }
        }
    }

    [Fact]
    public void Of_a_time_it_looks_at_the_last_value_that_had_come_by_then()
    {
        Momentum momentum = new(FeatureWindow.Of(new(10_000_000_000)));
        momentum.Add(At(0), 100);
        momentum.Add(At(3), 110);
        momentum.Add(At(3), 120);
        Assert.False(momentum.IsReady);
        momentum.AsOf(At(10));
        Assert.Equal(0.2, momentum.Value, 1e-15);
        momentum.AsOf(At(12.9));
        Assert.Equal(0.2, momentum.Value, 1e-15);
        momentum.Add(At(13), 126);
        Assert.Equal(0.05, momentum.Value, 1e-15);
        momentum.AsOf(At(100));      // nothing came for long: the last value is the base too
        Assert.Equal(0, momentum.Value);
    }

    [Fact]
    public void Of_a_time_it_equals_a_search_through_all_values()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            FeatureWindow horizon = FeatureWindow.Of(new((seed + 1) * 250_000_000L));
            Momentum momentum = new(horizon, isLog: true);
            (Fathom.Domain.Values.Timestamp Time, double Value)[] samples = Random(seed, 500);
            List<(Fathom.Domain.Values.Timestamp Time, double Value)> past = [];
            foreach (var sample in samples)
            {
                momentum.Add(sample.Time, sample.Value);
                momentum.AsOf(sample.Time);      // for a value that is passed over
                if (sample.Value > 0) past.Add(sample);
                double then = past.LastOrDefault(value => value.Time.Nanos <= sample.Time.Nanos - horizon.Time.Nanos).Value;
                Assert.Equal(then > 0 ? Math.Log(past[^1].Value / then) : double.NaN, momentum.Value, 1e-13);
            }
        }
    }

    [Fact]
    public void The_share_of_a_zero_is_not_known() => Assert.Equal(double.NaN, After(new Momentum(FeatureWindow.Samples(1)), 1, 0, 5));
}
