using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class AutocorrelationTests
{
    private static readonly double[] s_returns = [.. Enumerable.Range(1, First.Length - 1).Select(i => Math.Log(First[i] / First[i - 1]))];

    [Theory]
    [InlineData(1, 0.4738876536584121, -0.260690077351552)]
    [InlineData(2, 0.19894451685450715, -0.5346601738136484)]
    [InlineData(3, 0.2597370236908688, 0.312963495102668)]
    public void Equals_the_reference_of_levels_and_of_returns_and_beside_1e9(int lag, double levels, double returns)
    {
        Assert.Equal(levels, After(new Autocorrelation(lag, 12), First), 1e-14);
        Assert.Equal(levels, After(new Autocorrelation(lag, 12), [7, 1e9, .. First.Select(value => value + 1e9)]), 1e-14);
        Assert.Equal(returns, After(new Autocorrelation(lag, 11), s_returns), 1e-14);
    }

    [Fact]
    public void Where_nothing_moves_it_is_0_and_before_the_window_is_full_not_known()
    {
        Autocorrelation correlation = new(2, 4);
        Assert.Equal(double.NaN, After(correlation, 1, 5, 5));
        Assert.Equal(0, After(correlation, 5, 5));
    }

    [Fact]
    public void A_lag_of_none_or_beyond_the_window_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Autocorrelation(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Autocorrelation(5, 5));
    }
}
