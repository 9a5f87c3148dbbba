using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class CorrelationTests
{
    [Fact]
    public void Equals_the_reference_of_levels_and_of_returns_whichever_comes_first()
    {
        Assert.Equal(0.9936163878450114, PairRun.OfReference(new Correlation(FeatureWindow.Samples(12), SeriesForm.Levels)), 1e-14);
        Assert.Equal(0.962312477077559, PairRun.OfReference(new Correlation(FeatureWindow.Samples(11))), 1e-14);
    }

    [Fact]
    public void It_is_known_with_the_pair_that_fills_the_window()
    {
        Assert.Equal(double.NaN, PairRun.OfReference(new Correlation(FeatureWindow.Samples(12))));
        Assert.Equal(double.NaN, PairRun.OfReference(new Correlation(FeatureWindow.Samples(13), SeriesForm.Levels)));
    }

    [Fact]
    public void A_value_counts_once_and_the_last_of_several_counts()
    {
        Correlation correlation = new(FeatureWindow.Samples(3), SeriesForm.Levels);
        correlation.AddFirst(At(0), 9);
        correlation.AddFirst(At(1), 1);
        Assert.False(correlation.HasOverlap);
        correlation.AddSecond(At(2), 1);      // (1, 1)
        Assert.True(correlation.HasOverlap);
        correlation.AddSecond(At(3), 7);
        correlation.AddSecond(At(4), 4);
        correlation.AddFirst(At(5), 2);       // (2, 4)
        correlation.AddFirst(At(6), 3);
        Assert.False(correlation.IsReady);
        correlation.AddSecond(At(7), 1);      // (3, 1)
        Assert.Equal(0, correlation.Value, 1e-15);
        correlation.AddSecond(At(8), -2);
        correlation.AddFirst(At(8), 4);       // (4, −2): the first is gone
        Assert.Equal(-1, correlation.Value, 1e-15);
    }

    [Fact]
    public void Where_one_does_not_move_it_is_0()
    {
        Correlation correlation = new(FeatureWindow.Samples(2));
        for (int i = 0; i < 4; i++)
        {
            correlation.AddFirst(At(i), 100 + i);
            correlation.AddSecond(At(i), 7);
        }
        Assert.Equal(0, correlation.Value);
    }

    [Fact]
    public void In_a_time_it_needs_two_pairs()
    {
        Correlation correlation = new(FeatureWindow.Of(new(10_000_000_000)), SeriesForm.Levels);
        foreach (int second in (int[])[0, 4, 8])
        {
            Assert.Equal(second == 8, correlation.IsReady);
            correlation.AddFirst(At(second), second);
            correlation.AddSecond(At(second), -second);
        }
        correlation.AsOf(At(13.9));
        Assert.Equal(-1, correlation.Value, 1e-15);
        correlation.AsOf(At(14));
        Assert.False(correlation.IsReady);
    }

    [Fact]
    public void A_window_of_one_pair_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Correlation(FeatureWindow.Samples(1)));
}
