using Fathom.Domain.Values;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

/// <summary>Bands of three closes and one deviation, an index of two changes, a size of three.</summary>
public class BandReversionTests
{
    [Fact]
    public void Buys_below_the_lower_band_when_the_index_is_low_and_leaves_at_the_middle()
    {
        using TradeBars bars = new(Small());
        Assert.Equal([3m], bars.Close(10, 9, 8));      // middle 9, lower 8.18, index 0
        Assert.Empty(bars.Close(7));                   // still below the middle
        Assert.Equal([-3m], bars.Close(8));            // middle 7.67
        Assert.Equal(0, bars.Position);
    }

    [Fact]
    public void Sells_short_above_the_upper_band_unless_that_is_not_allowed()
    {
        using TradeBars bars = new(Small()), flat = new(Small(allowShort: false));
        Assert.Equal([-3m], bars.Close(10, 11, 12));
        Assert.Empty(flat.Close(10, 11, 12));
    }

    [Fact]
    public void Either_sign_alone_is_not_enough()
    {
        using TradeBars bars = new(Small(low: 0));     // no index is below 0
        Assert.Empty(bars.Close(10, 9, 8, 7));
    }

    [Fact]
    public void Wants_nothing_before_bands_and_index_are_known()
    {
        using TradeBars bars = new(Small());
        Assert.Empty(bars.Close(10, 9));
        Assert.Null(bars.Failure);
        Assert.Equal(0, bars.Rig.Engine.Summarize().RefusedCount);
    }

    [Fact]
    public void Thresholds_in_the_wrong_order_halt_it_at_the_start()
    {
        using TradeBars bars = new(Small(low: 70));
        Assert.Contains("stand apart", bars.Failure!.Message, StringComparison.Ordinal);
    }

    private static BandReversion Small(double low = 35, bool allowShort = true) =>
        new() { Bars = "1t", Period = 3, Deviations = 1, RsiPeriod = 2, Low = low, Size = Quantity.Units(3), AllowShort = allowShort };
}
