using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class VolatilityTests
{
    [Fact]
    public void Equals_the_reference()
    {
        Assert.Equal(0.012357924575009881, After(new Volatility(FeatureWindow.Samples(9)), Close), 1e-15);
        Assert.Equal(0.012357924575009881 * Math.Sqrt(252), After(new Volatility(FeatureWindow.Samples(9), periods: 252), Close), 1e-14);
        Assert.Equal(0.012357924575009881, After(new Volatility(FeatureWindow.Samples(9)), [50, .. Close]), 1e-15);
    }

    [Fact]
    public void It_is_known_with_the_return_that_fills_the_window()
    {
        Volatility volatility = new(FeatureWindow.Samples(9));
        Assert.Equal(double.NaN, After(volatility, Close[..9]));
        Assert.True(double.IsFinite(After(volatility, Close[9])));
    }

    [Fact]
    public void A_value_of_zero_or_less_is_passed_over() =>
        Assert.Equal(After(new Volatility(FeatureWindow.Samples(9)), Close), After(new Volatility(FeatureWindow.Samples(9)), [-3, .. Close[..4], 0, -100, .. Close[4..]]));

    [Fact]
    public void In_a_time_it_needs_more_than_ddof_returns_that_ended_in_it()
    {
        Volatility volatility = new(FeatureWindow.Of(new(60_000_000_000)));
        volatility.Add(At(0), 100);
        volatility.Add(At(1), 101);
        Assert.False(volatility.IsReady);
        volatility.Add(At(59), 100);
        Assert.Equal(Math.Log(1.01) * Math.Sqrt(2), volatility.Value, 1e-15);
        volatility.AsOf(At(60.5));
        Assert.True(volatility.IsReady);
        volatility.AsOf(At(61));
        Assert.False(volatility.IsReady);
    }
}
