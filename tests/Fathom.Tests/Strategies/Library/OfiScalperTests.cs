using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Strategies.Library;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Strategies.Library;

/// <summary>Flow of the last second, from ten on, a size of two; each input of the rig takes one millisecond.</summary>
public class OfiScalperTests
{
    [Fact]
    public void Buys_at_the_ask_when_orders_pile_up_on_the_bid()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m, bidQuantity: 10m).Quote(10.00m, 10.02m, bidQuantity: 25m);      // flow +15, imbalance 0.43
        OrderCommand buy = Assert.Single(rig.Sent);
        Assert.Equal((Side.Buy, TimeInForce.ImmediateOrCancel, 10.02m, Quantity.Units(2)), (buy.Side, buy.TimeInForce, buy.Price.ToDecimal(), buy.Quantity));
    }

    [Fact]
    public void Sells_at_the_bid_when_they_pile_up_on_the_ask()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m).Quote(10.00m, 10.02m, askQuantity: 25m);
        OrderCommand sell = Assert.Single(rig.Sent);
        Assert.Equal((Side.Sell, 10.00m), (sell.Side, sell.Price.ToDecimal()));
    }

    [Fact]
    public void Does_nothing_in_a_wide_market_or_where_the_book_does_not_lean_along()
    {
        using EngineRig wide = ARig(spreadMaxBps: 5), level = ARig(lean: 0.9);
        wide.Quote(10.00m, 10.02m).Quote(10.00m, 10.02m, bidQuantity: 25m);      // 20 bps
        level.Quote(10.00m, 10.02m).Quote(10.00m, 10.02m, bidQuantity: 25m);
        Assert.Empty(wide.Sent);
        Assert.Empty(level.Sent);
    }

    [Fact]
    public void Leaves_when_the_flow_has_turned()
    {
        using EngineRig rig = Entered();
        rig.Quote(10.00m, 10.02m, bidQuantity: 1m);
        AssertLeaves(rig);
    }

    [Fact]
    public void Leaves_when_the_time_is_over_at_the_next_event()
    {
        using EngineRig rig = Entered();
        rig.Quote(10.00m, 10.02m, bidQuantity: 26m);
        Assert.Single(rig.Sent);
        rig.Now += Duration.FromMilliseconds(500);
        rig.Quote(10.00m, 10.02m, bidQuantity: 27m);
        AssertLeaves(rig);
    }

    [Fact]
    public void A_window_that_makes_no_sense_is_refused_before_anything_runs()
    {
        using EngineRig rig = new(new OfiScalper { Window = "0s" });
        Assert.Throws<InputException>(() => rig.Define().Quote(10.00m, 10.02m));
    }

    private static EngineRig ARig(double spreadMaxBps = 100, double lean = 0.2)
    {
        OfiScalper scalper = new() { Window = "1s", Enter = 10, Lean = lean, SpreadMaxBps = spreadMaxBps, Size = Quantity.Units(2), HoldMs = 400 };
        return new EngineRig(scalper).Define();
    }

    private static EngineRig Entered()
    {
        EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m).Quote(10.00m, 10.02m, bidQuantity: 25m);
        rig.AcceptAll().Fill(rig.Sent[^1].ClientOrderId, Side.Buy, 10.02m, 2m);
        return rig;
    }

    private static void AssertLeaves(EngineRig rig)
    {
        OrderCommand way = rig.Sent[^1];
        Assert.Equal((Side.Sell, TimeInForce.ImmediateOrCancel, 10.00m, Quantity.Units(2)), (way.Side, way.TimeInForce, way.Price.ToDecimal(), way.Quantity));
    }
}
