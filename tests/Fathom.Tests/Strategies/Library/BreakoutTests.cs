using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

public class BreakoutTests
{
    [Fact]
    public void Buys_above_the_highest_high_of_the_bars_before_and_leaves_at_the_stop()
    {
        using TradeBars bars = new(OfThree(allowShort: false));
        Assert.Empty(bars.Close(10, 11, 10, 11));                 // at the highest is not above it
        Assert.Equal([1m], bars.Close(12));                       // stop at 12 − 1.5
        Assert.Empty(bars.Close(11, 10.6m));                      // 11 − 1.5, 10.6 − 0.6: the stop never moves back
        Assert.Equal([-1m], bars.Close(10.5m));
        Assert.Equal(0, bars.Position);
    }

    [Fact]
    public void The_stop_follows_the_closes()
    {
        using TradeBars bars = new(OfThree(allowShort: false));
        Assert.Equal([1m], bars.Close(10, 10, 10, 10, 11, 12, 12.4m));      // 9.5, 10.5, 12.4 − 0.6
        Assert.Empty(bars.Close(11.9m));                                     // 11.9 − 0.75 is lower
        Assert.Equal([-1m], bars.Close(11.8m));
    }

    [Fact]
    public void Sells_short_below_the_lowest_low_and_leaves_at_the_stop_above()
    {
        using TradeBars bars = new(OfThree());
        Assert.Equal([-1m], bars.Close(10, 11, 10, 11, 9));       // stop at 9 + 3
        Assert.Empty(bars.Close(8));                              // 8 + 1.5
        Assert.Equal([1m], bars.Close(9.5m));
    }

    [Fact]
    public void Turns_when_the_other_side_breaks()
    {
        using TradeBars bars = new(OfThree(stop: 1_000)), flat = new(OfThree(stop: 1_000, allowShort: false));
        Assert.Equal([1m, -2m, 2m], bars.Close(10, 10, 10, 10, 11, 5, 20));
        Assert.Equal([1m], flat.Close(10, 10, 10, 10, 11, 5, 20));
    }

    [Fact]
    public void Watches_until_it_has_bars_enough_for_both_measures()
    {
        using TradeBars bars = new(new Breakout { Bars = "1t", Length = 2, AtrLength = 5 });
        Assert.Empty(bars.Close(10, 11, 12, 13, 14));
        Assert.Equal([1m], bars.Close(15));
    }

    /// <summary>Three bars back; the true range of one bar; a stop at one and a half of it.</summary>
    private static Breakout OfThree(double stop = 1.5, bool allowShort = true) => new() { Bars = "1t", Length = 3, AtrLength = 1, Stop = stop, AllowShort = allowShort };
}
