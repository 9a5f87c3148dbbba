using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Strategies.Library;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Strategies.Library;

/// <summary>A size of two, a holding time of 100 ms and a pause of 50 ms; each input of the rig takes one millisecond.</summary>
public class ImbalanceTakerTests
{
    private static readonly Duration s_hold = Duration.FromMilliseconds(100);

    [Fact]
    public void Takes_at_once_at_the_price_it_saw_when_book_and_trades_lean_to_one_side()
    {
        using EngineRig rig = ARig();
        Press(rig, Side.Buy, Side.Buy);
        OrderCommand buy = Assert.Single(rig.Sent);
        Assert.Equal((Side.Buy, OrderType.Limit, TimeInForce.ImmediateOrCancel, 10.02m, Quantity.Units(2)), (buy.Side, buy.Type, buy.TimeInForce, buy.Price.ToDecimal(), buy.Quantity));
    }

    [Fact]
    public void Sells_at_the_bid_when_sellers_press()
    {
        using EngineRig rig = ARig();
        Press(rig, Side.Sell, Side.Sell);
        OrderCommand sell = Assert.Single(rig.Sent);
        Assert.Equal((Side.Sell, 10.00m), (sell.Side, sell.Price.ToDecimal()));
    }

    [Theory]
    [InlineData(Side.Buy, Side.Sell)]
    [InlineData(Side.Sell, Side.Buy)]
    [InlineData(Side.Buy, Side.None)]
    [InlineData(Side.None, Side.Buy)]
    public void Does_nothing_unless_both_agree(Side book, Side trades)
    {
        using EngineRig rig = ARig();
        Press(rig, book, trades);
        Assert.Empty(rig.Sent);
    }

    [Fact]
    public void Leaves_by_a_market_order_after_the_holding_time()
    {
        using EngineRig rig = ARig();
        Enter(rig);
        Assert.Equal(rig.Now + s_hold, rig.Engine.NextWake);
        rig.Reach(rig.Engine.NextWake);
        OrderCommand way = rig.Sent[^1];
        Assert.Equal((Side.Sell, OrderType.Market, true, Quantity.Units(2)), (way.Side, way.Type, way.Price.IsNone, way.Quantity));
        rig.AcceptAll().Fill(way.ClientOrderId, Side.Sell, 10.00m, 2m);
        Assert.True(rig.Engine.NextWake.IsNone);
        Assert.Equal(2, rig.Sent.Count);
    }

    [Fact]
    public void A_part_that_is_left_leaves_after_another_holding_time()
    {
        using EngineRig rig = ARig();
        Enter(rig);
        rig.Reach(rig.Engine.NextWake);
        ClientOrderId way = rig.Sent[^1].ClientOrderId;
        rig.Fill(way, Side.Sell, 10.00m, 1m).Answer(ReportKind.Canceled, way, ReasonCode.NoLiquidity);
        rig.Reach(rig.Engine.NextWake);
        Assert.Equal((Side.Sell, Quantity.Units(1), 3), (rig.Sent[^1].Side, rig.Sent[^1].Quantity, rig.Sent.Count));
    }

    [Fact]
    public void An_answer_that_takes_longer_than_the_holding_time_does_not_leave_it_in_its_position()
    {
        using EngineRig rig = ARig();
        Enter(rig);
        rig.Reach(rig.Engine.NextWake);
        ClientOrderId way = rig.Sent[^1].ClientOrderId;
        rig.Reach(rig.Engine.NextWake);
        Assert.Equal(2, rig.Sent.Count);
        rig.Answer(ReportKind.Canceled, way, ReasonCode.NoLiquidity);
        rig.Reach(rig.Engine.NextWake);
        Assert.Equal((OrderType.Market, Quantity.Units(2), 3), (rig.Sent[^1].Type, rig.Sent[^1].Quantity, rig.Sent.Count));
    }

    [Fact]
    public void The_next_position_is_held_as_long_as_the_first()
    {
        using EngineRig rig = ARig();
        Enter(rig);
        rig.Reach(rig.Engine.NextWake);
        rig.Fill(rig.Sent[^1].ClientOrderId, Side.Sell, 10.00m, 2m);
        Enter(rig);
        Assert.Equal(rig.Now + s_hold, rig.Engine.NextWake);
    }

    [Fact]
    public void Waits_for_the_pause_after_an_order_that_came_to_nothing()
    {
        using EngineRig rig = ARig();
        Press(rig, Side.Buy, Side.Buy);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId, ReasonCode.NoLiquidity);
        Timestamp asked = rig.Sent[0].Header.EventTime;
        while (rig.Sent.Count == 1) Press(rig, Side.Buy, Side.Buy);
        Assert.InRange(rig.Sent[1].Header.EventTime.Nanos - asked.Nanos, 50_000_000, 55_000_000);
    }

    [Fact]
    public void Does_not_add_to_a_position_or_to_an_order_that_is_on_its_way()
    {
        using EngineRig rig = ARig();
        for (int i = 0; i < 60; i++) Press(rig, Side.Buy, Side.Buy);
        Assert.Single(rig.Sent);
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 2m);
        for (int i = 0; i < 60; i++) Press(rig, Side.Buy, Side.Buy);
        Assert.Single(rig.Sent);
    }

    private static void Enter(EngineRig rig)
    {
        int sent = rig.Sent.Count;
        rig.Now += Duration.FromMilliseconds(50);
        Press(rig, Side.Buy, Side.Buy);
        Assert.Equal(sent + 1, rig.Sent.Count);
        rig.Fill(rig.Sent[^1].ClientOrderId, Side.Buy, 10.02m, 2m);
    }

    /// <summary>A book and a trade that lean to a side each, or to none.</summary>
    private static void Press(EngineRig rig, Side book, Side trades)
    {
        rig.Quote(10.00m, 10.02m, bidQuantity: book == Side.Buy ? 90m : 10m, askQuantity: book == Side.Sell ? 90m : 10m);
        if (trades != Side.None) rig.Trade(trades, 10.01m, 5m);
    }

    private static EngineRig ARig() => new EngineRig(new ImbalanceTaker { Size = Quantity.Units(2), HoldMs = 100, PauseMs = 50 }).Define().Quote(10.00m, 10.02m);
}
