using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class EwmaVarianceTests
{
    [Fact]
    public void Equals_the_reference_for_returns_and_for_what_are_returns_already()
    {
        Assert.Equal(9.417302343317918e-05, After(new EwmaVariance(0.94), Close), 1e-16);
        double[] returns = [.. Enumerable.Range(1, Close.Length - 1).Select(i => Math.Log(Close[i] / Close[i - 1]))];
        Assert.Equal(9.417302343317918e-05, After(new EwmaVariance(0.94, SeriesForm.Levels), returns), 1e-16);
        Assert.Equal(97.0427861477499, Math.Sqrt(After(new EwmaVariance(0.94), Close)) * 1e4, 1e-11);
    }

    [Fact]
    public void Of_returns_it_comes_with_the_second_value_of_levels_with_the_first()
    {
        Assert.Equal(double.NaN, After(new EwmaVariance(0.5), -1, 3));
        Assert.Equal(9, After(new EwmaVariance(0.5, SeriesForm.Levels), -3));
    }

    [Fact]
    public void Weights_that_do_not_fade_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new EwmaVariance(1));
}
