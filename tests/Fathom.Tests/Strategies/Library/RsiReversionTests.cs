using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

public class RsiReversionTests
{
    [Fact]
    public void Buys_what_fell_too_far_and_leaves_when_it_is_back_in_the_middle()
    {
        using TradeBars bars = new(OfTwo());
        Assert.Equal([3m], bars.Close(10, 9, 8));                 // index 0
        Assert.Empty(bars.Close(7, 7.5m));                        // 33
        Assert.Equal([-3m], bars.Close(8));                       // 60
        Assert.Equal(0, bars.Position);
    }

    [Fact]
    public void Sells_short_what_rose_too_far_unless_that_is_not_allowed()
    {
        using TradeBars bars = new(OfTwo()), flat = new(OfTwo(allowShort: false));
        Assert.Equal([-3m, 3m], bars.Close(10, 11, 12, 13, 11));
        Assert.Empty(flat.Close(10, 11, 12, 13, 11));
    }

    [Fact]
    public void Does_not_give_up_what_is_on_its_way_while_the_index_is_short_of_the_middle()
    {
        using TradeBars bars = new(OfTwo()) { IsFilling = false };
        Assert.Equal([3m], bars.Close(10, 9, 8));
        ClientOrderId entry = bars.Rig.Sent[^1].ClientOrderId;
        Assert.Empty(bars.Close(7, 7.5m));                        // 33
        bars.Rig.Fill(entry, Side.Buy, 8m, 3m);
        Assert.Empty(bars.Rig.Sent);
        Assert.Equal(3, bars.Position);
    }

    [Fact]
    public void Turns_when_the_index_jumps_from_one_end_to_the_other()
    {
        using TradeBars bars = new(OfTwo());
        Assert.Equal([3m, -6m], bars.Close(10, 9, 8, 20));
        Assert.Equal(-3, bars.Position);
    }

    [Fact]
    public void Sees_no_signal_where_nothing_moves()
    {
        using TradeBars bars = new(OfTwo());
        Assert.Empty(bars.Close(10, 10, 10, 10, 10));
    }

    [Fact]
    public void Thresholds_in_the_wrong_order_halt_it_at_the_start()
    {
        using TradeBars bars = new(new RsiReversion { Low = 60 });
        Assert.Contains("middle", bars.Failure!.Message, StringComparison.Ordinal);
    }

    private static RsiReversion OfTwo(bool allowShort = true) => new() { Bars = "1t", Length = 2, Size = Quantity.Units(3), AllowShort = allowShort };
}
