using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class EwmaVarianceTimeTests
{
    [Fact]
    public void Equals_the_reference()
    {
        double[] times = [0, 1, 1.5, 4, 4.2, 9, 10], values = [1, -2, .5, 3, -1, .2, .7];
        EwmaVarianceTime variance = new(new(2_000_000_000), SeriesForm.Levels);
        for (int i = 0; i < times.Length; i++) variance.Add(At(times[i]), values[i]);
        Assert.Equal(0.614934036703958, variance.Value, 1e-14);
    }

    [Fact]
    public void Two_of_one_moment_weigh_alike_and_after_an_age_only_the_newest_counts()
    {
        EwmaVarianceTime variance = new(new(1_000_000_000), SeriesForm.Levels);
        variance.Add(At(1), 1);
        variance.Add(At(1), 3);
        Assert.Equal(5, variance.Value);
        variance.Add(At(1e6), 4);
        Assert.Equal(16, variance.Value);
    }

    [Fact]
    public void Of_returns_it_is_of_what_lies_between_the_values()
    {
        EwmaVarianceTime variance = new(new(1_000_000_000));
        variance.Add(At(1), 100);
        Assert.False(variance.IsReady);
        variance.Add(At(2), 110);
        Assert.Equal(Math.Log(1.1) * Math.Log(1.1), variance.Value, 1e-17);
    }

    [Fact]
    public void A_time_of_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new EwmaVarianceTime(default));
}
