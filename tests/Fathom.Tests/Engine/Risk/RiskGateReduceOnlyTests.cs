using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Risk;

/// <summary>Reduce-only and meeting oneself, through the engine. The book is 10.00 to 10.02.</summary>
public class RiskGateReduceOnlyTests
{
    private readonly ScriptedStrategy _first = new(), _second = new();

    [Theory]
    [InlineData(0, Side.Sell, 1)]
    [InlineData(3, Side.Buy, 1)]
    [InlineData(-3, Side.Sell, 1)]
    public void Without_a_position_to_reduce_it_is_refused(int position, Side side, int quantity)
    {
        using EngineRig rig = ARig();
        Hold(rig, position);
        Submit(rig, _first, Market(side, quantity) with { ReduceOnly = true });
        Assert.Equal((OrderStatus.Refused, ReasonCode.ReduceOnly, 0L, Quantity.Units(quantity).Nanos), (rig.Changes[^1].To, rig.Changes[^1].Reason, rig.Changes[^1].Limit, rig.Changes[^1].Found));
    }

    [Fact]
    public void It_is_cut_to_the_strategys_own_position_and_passes_over_the_limits()
    {
        using EngineRig rig = ARig(new RiskLimits { PositionMax = Quantity.Units(3), GrossNotionalMax = 31m });
        Hold(rig, 3m);
        Submit(rig, _first, Market(Side.Sell, 5) with { ReduceOnly = true });
        Assert.Equal((Quantity.Units(3), OrderFlags.ReduceOnly), (rig.Sent[^1].Quantity, rig.Sent[^1].Flags));
        Assert.Equal((Quantity.Units(3), Quantity.Units(3)), (rig.Changes[^1].Quantity, rig.Changes[^1].Leaves));
    }

    [Fact]
    public void Several_for_one_position_count_as_one()
    {
        using EngineRig rig = ARig(new RiskLimits { PositionMax = Quantity.Units(3) });
        Hold(rig, 3m);
        for (int i = 0; i < 3; i++) Submit(rig, _first, Limit(Side.Sell, 10.10m, 3) with { ReduceOnly = true });
        Assert.Equal((Quantity.Zero, Quantity.Units(9)), (rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Sell], rig.Engine.Orders.Exposure.Reducing(0, EngineRig.Crude, Side.Sell)));
        Submit(rig, _first, Limit(Side.Sell, 10.10m, 4));
        Assert.Equal((ReasonCode.PositionLimit, Quantity.Units(4).Nanos), (rig.Changes[^1].Reason, rig.Changes[^1].Found));
        Submit(rig, _first, Limit(Side.Sell, 10.10m, 3));
        Assert.Equal(OrderStatus.PendingNew, rig.Changes[^1].To);
    }

    [Fact]
    public void The_venue_is_told_where_it_can_judge_by_the_same_position()
    {
        using EngineRig rig = ARig(isTwo: true);
        Hold(rig, 3m);
        ClientOrderId atOnce = Submit(rig, _first, Market(Side.Sell, 3) with { ReduceOnly = true });
        rig.Answer(ReportKind.Canceled, atOnce, ReasonCode.NoLiquidity);
        Assert.Equal(OrderFlags.ReduceOnly, rig.Sent[^1].Flags);      // over at once, and the account shrinks
        Submit(rig, _first, Limit(Side.Sell, 10.10m, 3) with { ReduceOnly = true });
        Assert.Equal(OrderFlags.None, rig.Sent[^1].Flags);            // it stays, and another one's fills move the account
        Assert.Equal(OrderFlags.ReduceOnly, rig.Changes[^1].Flags);
        rig.AcceptAll();
        ClientOrderId other = Submit(rig, _second, Limit(Side.Sell, 10.00m, 5));
        rig.Answer(ReportKind.Accepted, other).Fill(other, Side.Sell, 10.00m, 5m);
        Submit(rig, _first, Market(Side.Sell, 2) with { ReduceOnly = true });
        Assert.Equal((Quantity.Units(2), OrderFlags.None), (rig.Sent[^1].Quantity, rig.Sent[^1].Flags));      // the account is short
    }

    [Fact]
    public void A_position_that_is_no_whole_number_of_lots_can_be_closed()
    {
        using EngineRig rig = ARig();
        Hold(rig, 3m);
        rig.Define(lot: 2m, isChange: true);
        Submit(rig, _first, Market(Side.Sell, 3));
        Assert.Equal(ReasonCode.QuantityOffLot, rig.Changes[^1].Reason);
        Submit(rig, _first, Market(Side.Sell, 1) with { ReduceOnly = true });
        Assert.Equal(ReasonCode.QuantityOffLot, rig.Changes[^1].Reason);
        Submit(rig, _first, Market(Side.Sell, 3) with { ReduceOnly = true });
        Assert.Equal(Quantity.Units(3), rig.Sent[^1].Quantity);
    }

    [Theory]
    [InlineData(9.99, false)]
    [InlineData(10.03, true)]
    [InlineData(10.02, true)]
    [InlineData(10.01, false)]
    public void An_order_that_would_meet_one_of_the_account_is_refused(double price, bool isRefused)
    {
        using EngineRig rig = ARig(isTwo: true);
        ClientOrderId resting = Submit(rig, _second, Limit(Side.Sell, 10.02m, 1));
        rig.Answer(ReportKind.Accepted, resting);
        Submit(rig, _first, Limit(Side.Buy, (decimal)price, 1));
        Assert.Equal(isRefused, rig.Changes[^1].Reason == ReasonCode.WouldMeetOwn);
        if (isRefused) Assert.Equal((Price.From(10.02m).Nanos, Price.From((decimal)price).Nanos), (rig.Changes[^1].Limit, rig.Changes[^1].Found));
    }

    [Theory]
    [InlineData(10.02, true)]
    [InlineData(10.03, false)]      // behind the best price: the venue will know
    public void A_market_order_would_meet_what_stands_up_to_the_best_price(double resting, bool isRefused)
    {
        using EngineRig rig = ARig();
        ClientOrderId id = Submit(rig, _first, Limit(Side.Sell, (decimal)resting, 1));
        rig.Answer(ReportKind.Accepted, id);
        Submit(rig, _first, Market(Side.Buy, 1));
        Assert.Equal(isRefused, rig.Changes[^1].Reason == ReasonCode.WouldMeetOwn);
    }

    [Fact]
    public void Or_it_cancels_what_it_would_meet_before_it_leaves_unless_something_else_stands_against_it()
    {
        using EngineRig rig = ARig(new RiskLimits { SelfMatch = SelfMatch.CancelResting, QuantityMax = Quantity.Units(2) }, isTwo: true);
        ClientOrderId near = Submit(rig, _second, Limit(Side.Sell, 10.02m, 1)), far = Submit(rig, _second, Limit(Side.Sell, 10.05m, 1));
        rig.Answer(ReportKind.Accepted, near).Answer(ReportKind.Accepted, far);
        Submit(rig, _first, Limit(Side.Buy, 10.03m, 3));
        Assert.Equal(2, rig.Sent.Count);
        ClientOrderId buy = Submit(rig, _first, Limit(Side.Buy, 10.03m, 2));
        Assert.Equal([(CommandKind.Cancel, near), (CommandKind.Submit, buy)], rig.Sent.TakeLast(2).Select(sent => (sent.Kind, sent.ClientOrderId)));
        Assert.True(rig.Sent[^2].Approval < rig.Sent[^1].Approval);
        Assert.Equal(OrderStatus.PendingCancel, Status(rig, near));
        Assert.Equal(OrderStatus.Open, Status(rig, far));
    }

    [Theory]
    [InlineData(OrderType.Stop, null, null, null)]               // no trigger
    [InlineData(OrderType.Stop, 9.955, null, null)]              // off the tick
    [InlineData(OrderType.Stop, 9.95, 0.05, null)]               // a trail that it has no use for
    [InlineData(OrderType.Stop, 9.95, null, 9.90)]               // a price that it has no use for
    [InlineData(OrderType.Trailing, null, null, null)]           // no offset
    [InlineData(OrderType.Trailing, null, -0.05, null)]
    [InlineData(OrderType.Trailing, null, 0.055, null)]
    [InlineData(OrderType.Limit, 9.95, null, 9.90)]              // a trigger that it has no use for
    [InlineData(OrderType.Market, null, 0.05, null)]
    public void Conditions_that_make_no_sense_are_refused(OrderType type, double? trigger, double? offset, double? price)
    {
        foreach (VenueFeatures features in new[] { VenueFeatures.All, VenueFeatures.None })
        {
            using EngineRig rig = ARig(features: features);
            Submit(rig, _first, Market(Side.Sell, 1) with { Type = type, TriggerPrice = Of(trigger), TrailOffset = Of(offset), Price = Of(price) });
            Assert.Equal((OrderStatus.Refused, ReasonCode.ConditionInvalid), (rig.Changes[^1].To, rig.Changes[^1].Reason));
        }
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillDate, null, false)]
    [InlineData(TimeInForce.GoodTillDate, 0L, false)]            // now
    [InlineData(TimeInForce.GoodTillCancel, 1_000L, false)]      // a date that it has no use for
    [InlineData(TimeInForce.ImmediateOrCancel, null, true)]      // cannot rest
    [InlineData(TimeInForce.FillOrKill, null, true)]
    public void Times_that_make_no_sense_are_refused(TimeInForce time, long? fromNow, bool isPostOnly)
    {
        foreach (VenueFeatures features in new[] { VenueFeatures.All, VenueFeatures.None })
        {
            using EngineRig rig = ARig(features: features);
            Timestamp expiry = fromNow is { } nanos ? new Timestamp(rig.Now.Nanos + 10 + nanos) : Timestamp.None;
            Submit(rig, _first, Limit(Side.Buy, 9.99m, 1) with { TimeInForce = time, ExpireTime = expiry, PostOnly = isPostOnly });
            Assert.Equal((OrderStatus.Refused, ReasonCode.ConditionInvalid), (rig.Changes[^1].To, rig.Changes[^1].Reason));
        }
    }

    private EngineRig ARig(RiskLimits? limits = null, bool isTwo = false, VenueFeatures features = VenueFeatures.All)
    {
        foreach (ScriptedStrategy strategy in new[] { _first, _second }) strategy.Start = context => context.SetPeriodicTimer(new Duration(2), 0);
        NamedStrategy[] strategies = isTwo ? [new("first", _first), new("second", _second)] : [new("first", _first)];
        return new EngineRig(strategies, limits, features: features).Define().Quote(10.00m, 10.02m);
    }

    private void Hold(EngineRig rig, decimal position)
    {
        if (position == 0m) return;
        Side side = position > 0m ? Side.Buy : Side.Sell;
        ClientOrderId id = Submit(rig, _first, Limit(side, 10.01m, Math.Abs(position)));
        rig.Answer(ReportKind.Accepted, id).Fill(id, side, 10.01m, Math.Abs(position));
    }

    private static ClientOrderId Submit(EngineRig rig, ScriptedStrategy strategy, OrderIntent intent)
    {
        ClientOrderId id = default;
        strategy.Timer = (context, _) => id = context.Submit(intent);
        rig.Reach(new Timestamp(rig.Now.Nanos + 10));
        strategy.Timer = null;
        return id;
    }

    private static OrderStatus Status(EngineRig rig, ClientOrderId id) => rig.Engine.Orders.TryFind(id, out Order? order) ? order.Status : OrderStatus.None;

    private static Price Of(double? price) => price is { } value ? Price.From((decimal)value) : Price.None;

    private static OrderIntent Market(Side side, decimal quantity) => new(EngineRig.Crude, side, Quantity.From(quantity), Price.None) { Type = OrderType.Market };

    private static OrderIntent Limit(Side side, decimal price, decimal quantity) => new(EngineRig.Crude, side, Quantity.From(quantity), Price.From(price));
}
