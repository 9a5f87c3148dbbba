using Fathom.Analytics.Statistics;

namespace Fathom.Tests.Analytics.Statistics;

public class AutocorrelationTests
{
    [Fact]
    public void Values_are_those_computed_by_hand()
    {
        double[] series = [1, 2, 3, 4, 5];      // around 3: squares 10; lag 1: 2 + 0 + 0 + 2; lag 2: 0 − 1 + 0
        Assert.Equal(0.4, Autocorrelation.Of(series, 1), 15);
        Assert.Equal(-0.1, Autocorrelation.Of(series, 2), 15);
        Assert.Equal(-0.4, Autocorrelation.Of(series, 3), 15);
        Assert.True(double.IsNaN(Autocorrelation.Of(series, 4)));      // one pair
    }

    [Fact]
    public void What_is_not_known_makes_no_pair_and_a_constant_has_none()
    {
        Assert.Equal((-1 - 1) / 4.0, Autocorrelation.Of([1, -1, double.NaN, 1, -1], 1), 15);
        Assert.True(double.IsNaN(Autocorrelation.Of([3, 3, 3, 3], 1)));
        Assert.True(double.IsNaN(Autocorrelation.Of([double.NaN, double.NaN], 1)));
    }
}
