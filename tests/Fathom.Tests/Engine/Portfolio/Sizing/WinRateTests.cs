using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

public class WinRateTests
{
    [Fact]
    public void The_lower_bound_is_a_standard_deviation_below_the_mean()
    {
        WinRate rate = new(33, 27);
        Assert.Equal(0.5483870968, rate.Mean, 10);
        Assert.Equal(0.0626984075, rate.StandardDeviation, 10);
        Assert.Equal(0.0570959304, Kelly.Discrete(rate.LowerBound, 1.2), 10);
        Assert.Equal(0.1720430108, Kelly.Discrete(rate.Mean, 1.2), 10);
    }

    [Fact]
    public void Without_trades_nothing_is_known_and_more_of_the_same_make_it_surer()
    {
        Assert.Equal(0.5, new WinRate(0, 0).Mean);
        for (int trades = 1; trades < 1_000; trades++)
        {
            WinRate few = new(trades, trades), more = new(trades + 1, trades + 1);
            Assert.True(more.LowerBound > few.LowerBound && more.LowerBound < 0.5, $"{trades}");
        }
        Assert.InRange(new WinRate(0, 1_000).LowerBound, 0, 0.001);
    }
}
