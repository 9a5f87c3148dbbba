using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Orders that wait here, sentence by sentence, between a market and a venue that the test writes. The book is 10.00 to 10.02.</summary>
public class HeldOrderKeeperTests
{
    private readonly ScriptedStrategy _strategy = new();
    private StrategyContext _context = null!;

    // ---- stops

    [Fact]
    public void A_held_stop_is_shown_reserves_nothing_and_leaves_under_its_name_when_it_is_met()
    {
        using EngineRig rig = ARig();
        ClientOrderId id = Submit(rig, Stop(Side.Sell, 9.95m, 2m) with { UserTag = 7 });
        Assert.Empty(rig.Sent);
        Assert.True(_context.TryOrder(id, out WorkingOrder order));
        Assert.Equal((OrderStatus.Held, Quantity.Units(2)), (order.Status, order.Leaves));
        Assert.Equal(Quantity.Zero, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Sell]);

        rig.Trade(Side.Sell, 9.96m, 1m);
        Assert.Empty(rig.Sent);
        rig.Trade(Side.Sell, 9.95m, 1m);
        OrderCommand sent = Assert.Single(rig.Sent);
        Assert.Equal((id, OrderType.Market, TimeInForce.ImmediateOrCancel, true, Quantity.Units(2), 7ul),
            (sent.ClientOrderId, sent.Type, sent.TimeInForce, sent.Price.IsNone, sent.Quantity, sent.UserTag));
        Assert.Equal(Quantity.Units(2), rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Sell]);
        Assert.Equal([OrderStatus.Held, OrderStatus.Triggered, OrderStatus.PendingNew], rig.Changes.Select(change => change.To));
        Assert.All(rig.Changes, change => Assert.Equal((id, 9.95m), (change.ClientOrderId, change.TriggerPrice.ToDecimal())));
        Assert.Equal(OrderStatus.Triggered, Assert.Single(_strategy.Changes).To);
        Assert.Equal(1, rig.Engine.Summarize().OrderCount);
        rig.Answer(ReportKind.Accepted, id).Fill(id, Side.Sell, 9.95m, 2m);
        Assert.Equal(OrderStatus.Filled, _strategy.Changes[^1].To);
    }

    [Fact]
    public void A_stop_that_is_taken_within_an_event_knows_nothing_of_the_trades_before_it()
    {
        using EngineRig rig = ARig();
        Submit(rig, Stop(Side.Buy, 11m));      // somebody waits already
        rig.Trade(Side.Buy, 10.06m, 1m, isLast: false).Trade(Side.Buy, 9.98m, 1m, isLast: false);
        ClientOrderId late = Submit(rig, Stop(Side.Buy, 10.05m));
        rig.Trade(Side.Buy, 10.00m, 1m);
        Assert.Empty(rig.Sent);
        rig.Trade(Side.Buy, 10.05m, 1m);
        Assert.Equal(late, Assert.Single(rig.Sent).ClientOrderId);
    }

    [Theory]
    [InlineData(Side.Buy, 10.05, 10.04, false)]
    [InlineData(Side.Buy, 10.05, 10.05, true)]
    [InlineData(Side.Buy, 10.05, 10.06, true)]
    [InlineData(Side.Sell, 9.95, 9.96, false)]
    [InlineData(Side.Sell, 9.95, 9.95, true)]
    [InlineData(Side.Sell, 9.95, 9.94, true)]
    public void A_buy_waits_for_its_trigger_or_more_and_a_sell_for_less(Side side, double trigger, double price, bool isMet)
    {
        using EngineRig byTrades = ARig();
        Submit(byTrades, Stop(side, (decimal)trigger));
        byTrades.Trade(Side.Buy, (decimal)price, 1m);
        Assert.Equal(isMet ? 1 : 0, byTrades.Sent.Count);

        using EngineRig byBook = ARig();
        Submit(byBook, Stop(side, (decimal)trigger) with { TriggerSource = TriggerSource.BidAsk });
        byBook.Trade(Side.Buy, (decimal)price, 1m);      // not what it watches
        Assert.Empty(byBook.Sent);
        if (side == Side.Buy) byBook.Quote((decimal)price - 0.02m, (decimal)price);
        else byBook.Quote((decimal)price, (decimal)price + 0.02m);
        Assert.Equal(isMet ? 1 : 0, byBook.Sent.Count);
    }

    [Fact]
    public void An_event_is_judged_when_it_is_complete_by_its_highest_and_lowest_trade()
    {
        using EngineRig rig = ARig();
        Submit(rig, Stop(Side.Sell, 9.95m));
        rig.Trade(Side.Sell, 9.94m, 1m, isLast: false);
        Assert.Empty(rig.Sent);
        rig.Trade(Side.Sell, 9.99m, 1m);
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void A_stop_whose_trigger_is_met_already_leaves_at_once()
    {
        using EngineRig rig = ARig();
        rig.Trade(Side.Buy, 10.02m, 1m);
        Submit(rig, Stop(Side.Buy, 10.02m));
        Submit(rig, Stop(Side.Sell, 10.00m) with { TriggerSource = TriggerSource.BidAsk });
        Assert.Equal([Side.Buy, Side.Sell], rig.Sent.Select(sent => sent.Side));
    }

    [Fact]
    public void Nothing_triggers_while_the_instrument_does_not_trade()
    {
        using EngineRig rig = ARig();
        Submit(rig, Stop(Side.Buy, 10.05m));
        rig.State(TradingState.Auction).Trade(Side.Buy, 10.06m, 1m);
        rig.State(TradingState.Continuous).Quote(10.00m, 10.02m);
        Assert.Empty(rig.Sent);
        Submit(rig, Stop(Side.Buy, 10.05m));      // the auction's print is not the last trade
        Assert.Empty(rig.Sent);
        rig.Trade(Side.Buy, 10.05m, 1m);
        Assert.Equal(2, rig.Sent.Count);
    }

    [Fact]
    public void A_stop_limit_becomes_a_limit_order_with_its_time_in_force()
    {
        using EngineRig rig = ARig();
        Submit(rig, new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(3), Price.From(10.07m))
        {
            Type = OrderType.StopLimit,
            TriggerPrice = Price.From(10.05m),
            TimeInForce = TimeInForce.FillOrKill,
        });
        rig.Trade(Side.Buy, 10.05m, 1m);
        OrderCommand sent = Assert.Single(rig.Sent);
        Assert.Equal((OrderType.Limit, 10.07m, TimeInForce.FillOrKill), (sent.Type, sent.Price.ToDecimal(), sent.TimeInForce));
        Assert.True(sent.TriggerPrice.IsNone);
    }

    [Fact]
    public void Triggered_orders_leave_in_the_order_in_which_they_were_taken_before_anybody_answers_the_event()
    {
        using EngineRig rig = ARig();
        ClientOrderId first = Submit(rig, Stop(Side.Buy, 10.06m)), second = Submit(rig, Stop(Side.Buy, 10.05m));
        ClientOrderId third = default;
        _strategy.Book = (context, _) => { if (third.IsNone) third = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)); };
        rig.Trade(Side.Buy, 10.06m, 1m);
        Assert.Equal([first, second, third], rig.Sent.Select(sent => sent.ClientOrderId));
    }

    // ---- trails

    [Theory]
    [InlineData(Side.Sell, new[] { 10.00, 10.10, 10.06 }, 10.05, false)]
    [InlineData(Side.Sell, new[] { 10.00, 10.10, 10.05 }, 10.05, true)]
    [InlineData(Side.Sell, new[] { 10.00, 10.10, 10.07, 10.08 }, 10.05, false)]      // never down
    [InlineData(Side.Buy, new[] { 10.00, 9.90, 9.94 }, 9.95, false)]
    [InlineData(Side.Buy, new[] { 10.00, 9.90, 9.95 }, 9.95, true)]
    public void A_trail_moves_only_in_the_orders_favour(Side side, double[] trades, double trigger, bool isMet)
    {
        using EngineRig rig = ARig();
        ClientOrderId id = Submit(rig, Trailing(side, 0.05m));
        foreach (double price in trades) rig.Trade(Side.Buy, (decimal)price, 1m);
        Assert.Equal(isMet ? 1 : 0, rig.Sent.Count);
        Assert.True(rig.Engine.Orders.TryFind(id, out Order? order));
        Assert.Equal((decimal)trigger, order.TriggerPrice.ToDecimal());
    }

    [Fact]
    public void A_trail_is_tested_as_it_was_before_the_event_and_then_moved()
    {
        using EngineRig rig = ARig();
        rig.Trade(Side.Buy, 10.10m, 1m);
        ClientOrderId id = Submit(rig, Trailing(Side.Sell, 0.05m));      // from the last known price: 10.05
        rig.Trade(Side.Buy, 10.20m, 1m, isLast: false);
        rig.Trade(Side.Buy, 10.06m, 1m);      // below 10.15, and not below 10.05
        Assert.Empty(rig.Sent);
        Assert.True(rig.Engine.Orders.TryFind(id, out Order? order));
        Assert.Equal(10.15m, order.TriggerPrice.ToDecimal());
    }

    [Fact]
    public void A_stated_trigger_stays_until_the_trail_is_better()
    {
        using EngineRig rig = ARig();
        rig.Trade(Side.Buy, 10.00m, 1m);
        ClientOrderId id = Submit(rig, Trailing(Side.Sell, 0.05m) with { TriggerPrice = Price.From(9.98m) });
        Assert.True(rig.Engine.Orders.TryFind(id, out Order? order));
        Assert.Equal(9.98m, order.TriggerPrice.ToDecimal());
        rig.Trade(Side.Buy, 10.04m, 1m);
        Assert.Equal(9.99m, order.TriggerPrice.ToDecimal());
    }

    // ---- changes and ends

    [Fact]
    public void A_replacement_of_a_held_order_takes_effect_at_once_and_is_tested_at_once()
    {
        using EngineRig rig = ARig();
        rig.Trade(Side.Buy, 10.01m, 1m);
        ClientOrderId id = Submit(rig, Stop(Side.Buy, 10.10m));
        Do(rig, context => context.Replace(id, new OrderChange { Quantity = Quantity.Units(4) }));
        Assert.Equal((OrderStatus.Held, OrderStatus.Held, ReasonCode.None, Quantity.Units(4)), (Last.From, Last.To, Last.Reason, Last.Quantity));
        Do(rig, context => context.Replace(id, new OrderChange { TriggerPrice = Price.From(10.005m) }));
        Assert.Equal((OrderStatus.Held, ReasonCode.ConditionInvalid), (Last.To, Last.Reason));
        Assert.Empty(rig.Sent);
        Do(rig, context => context.Replace(id, new OrderChange { TriggerPrice = Price.From(10.01m) }));
        Assert.Equal((id, Quantity.Units(4)), (Assert.Single(rig.Sent).ClientOrderId, rig.Sent[0].Quantity));
    }

    [Fact]
    public void A_held_order_is_canceled_at_once_and_without_the_venue()
    {
        using EngineRig rig = ARig();
        ClientOrderId id = Submit(rig, Stop(Side.Buy, 10.10m));
        Do(rig, context => context.Cancel(id));
        Assert.Equal((OrderStatus.Canceled, ReasonCode.Requested), (Last.To, Last.Reason));
        rig.Trade(Side.Buy, 10.10m, 1m);
        Assert.Empty(rig.Sent);
        Assert.Equal(0, rig.Engine.Orders.LiveCount);
    }

    [Fact]
    public void The_kill_switch_and_a_halt_end_held_orders()
    {
        using EngineRig killed = ARig();
        Submit(killed, Stop(Side.Buy, 10.10m));
        killed.Operate(OperatorAction.Kill);
        Assert.Equal((OrderStatus.Canceled, 0), (killed.Changes[^1].To, killed.Engine.Orders.LiveCount));
        Submit(killed, Stop(Side.Buy, 10.10m));
        Assert.Equal((OrderStatus.Refused, ReasonCode.KillSwitch), (Last.To, Last.Reason));

        using EngineRig halted = ARig();
        Submit(halted, Stop(Side.Buy, 10.10m));
        Do(halted, _ => throw new InvalidOperationException());
        Assert.Equal((OrderStatus.Canceled, 0), (halted.Changes[^1].To, halted.Engine.Orders.LiveCount));
        halted.Trade(Side.Buy, 10.10m, 1m);
        Assert.Empty(halted.Sent);
    }

    [Fact]
    public void A_held_order_is_judged_in_full_when_it_leaves()
    {
        using EngineRig rig = ARig(limits: new RiskLimits { PositionMax = Quantity.Units(3) });
        ClientOrderId id = Submit(rig, Stop(Side.Buy, 10.05m, 4m));
        Assert.Equal(OrderStatus.Held, rig.Changes[^1].To);
        rig.Trade(Side.Buy, 10.05m, 1m);
        Assert.Empty(rig.Sent);
        Assert.Equal((id, OrderStatus.Refused, ReasonCode.PositionLimit, Quantity.Units(3).Nanos), (Last.ClientOrderId, Last.To, Last.Reason, Last.Limit));
        Assert.Equal(1, rig.Engine.Summarize().RefusedCount);
        Submit(rig, Stop(Side.Buy, 10.051m));
        Assert.Equal((OrderStatus.Refused, ReasonCode.ConditionInvalid), (Last.To, Last.Reason));
    }

    // ---- time

    [Fact]
    public void A_held_orders_time_ends_right_after_it_so_that_the_tape_comes_first()
    {
        using EngineRig rig = ARig();
        Timestamp end = new(rig.Now.Nanos + 50_000_000);
        ClientOrderId id = Submit(rig, Stop(Side.Buy, 10.05m) with { TimeInForce = TimeInForce.GoodTillDate, ExpireTime = end });
        Do(rig, context => context.ClearTimers(0));
        Assert.Equal(end.Nanos + 1, rig.Engine.NextWake.Nanos);
        rig.Reach(end);
        Assert.True(rig.Engine.Orders.TryFind(id, out _));
        rig.Reach(new Timestamp(end.Nanos + 1));
        Assert.Equal((id, OrderStatus.Expired, ReasonCode.TimeIsUp), (Last.ClientOrderId, Last.To, Last.Reason));
        Assert.Empty(rig.Sent);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillDate)]
    [InlineData(TimeInForce.Day)]
    public void Where_the_venue_ends_nothing_we_cancel_when_the_time_is_up(TimeInForce time)
    {
        using EngineRig rig = ARig();
        Timestamp end = new(time == TimeInForce.Day ? 86_400L * Timestamp.NanosPerSecond : rig.Now.Nanos + 50_000_000);
        ClientOrderId id = Submit(rig, ScriptedStrategy.Limit(Side.Buy, 9.99m) with { TimeInForce = time, ExpireTime = time == TimeInForce.Day ? Timestamp.None : end });
        Assert.Equal((TimeInForce.GoodTillCancel, 0L), (rig.Sent[0].TimeInForce, rig.Sent[0].ExpireTime.Nanos));
        Assert.Equal(time, rig.Changes[^1].TimeInForce);
        rig.Answer(ReportKind.Accepted, id);
        rig.Reach(end);
        Assert.Single(rig.Sent);
        rig.Reach(new Timestamp(end.Nanos + 1));
        Assert.Equal((CommandKind.Cancel, id, ReasonCode.TimeIsUp), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Reason));
        rig.Answer(ReportKind.Canceled, id, ReasonCode.Requested);
        Assert.Equal((OrderStatus.Expired, ReasonCode.TimeIsUp), (Last.To, Last.Reason));
    }

    // ---- lists

    [Fact]
    public void A_brackets_exits_wait_for_the_entry_and_follow_its_fills()
    {
        using EngineRig rig = ARig();
        BracketIds ids = SubmitBracket(rig, 5m);
        Assert.Equal(ids.Entry, Assert.Single(rig.Sent).ClientOrderId);
        Assert.Equal((0ul, Contingency.None), (rig.Sent[0].ListId, rig.Sent[0].Contingency));
        rig.Answer(ReportKind.Accepted, ids.Entry).Fill(ids.Entry, Side.Buy, 9.99m, 2m, liquidity: Liquidity.Taker);
        OrderCommand target = rig.Sent[^1];
        Assert.Equal((ids.TakeProfit, Side.Sell, OrderType.Limit, 10.10m, Quantity.Units(2)), (target.ClientOrderId, target.Side, target.Type, target.Price.ToDecimal(), target.Quantity));

        rig.Answer(ReportKind.Accepted, ids.TakeProfit).Fill(ids.Entry, Side.Buy, 9.99m, 3m, liquidity: Liquidity.Taker);
        Assert.Equal((CommandKind.Replace, ids.TakeProfit, Quantity.Units(5)), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Quantity));
        rig.Answer(ReportKind.Replaced, ids.TakeProfit).Fill(ids.TakeProfit, Side.Sell, 10.10m, 4m);
        rig.Trade(Side.Sell, 9.90m, 1m);
        Assert.Equal((CommandKind.Submit, ids.StopLoss, OrderType.Market, Quantity.Units(1)), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Type, rig.Sent[^1].Quantity));
        rig.Answer(ReportKind.Accepted, ids.StopLoss).Fill(ids.StopLoss, Side.Sell, 9.90m, 1m, liquidity: Liquidity.Taker);
        Assert.Equal((CommandKind.Cancel, ids.TakeProfit, ReasonCode.ListDone), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Reason));
        rig.Answer(ReportKind.Canceled, ids.TakeProfit, ReasonCode.Requested);
        Assert.Equal((OrderStatus.CanceledAfterPartialFill, ReasonCode.ListDone, 0), (Last.To, Last.Reason, rig.Engine.Orders.LiveCount));
    }

    [Fact]
    public void A_fill_by_the_tape_makes_children_active_when_the_tape_has_come_to_its_time()
    {
        using EngineRig rig = ARig();
        BracketIds ids = SubmitBracket(rig, 5m);
        rig.Answer(ReportKind.Accepted, ids.Entry).Fill(ids.Entry, Side.Buy, 9.99m, 5m);
        Assert.Single(rig.Sent);
        rig.Trade(Side.Sell, 9.90m, 1m, isLast: false).Trade(Side.Sell, 9.95m, 1m);      // the event of the fill's time or later: the children know its last trade, and no other
        Assert.Equal([ids.Entry, ids.TakeProfit], rig.Sent.Select(sent => sent.ClientOrderId));
    }

    [Fact]
    public void An_entry_that_ends_without_a_fill_takes_its_exits_along()
    {
        using EngineRig rig = ARig();
        BracketIds ids = SubmitBracket(rig, 5m);
        rig.Answer(ReportKind.Rejected, ids.Entry, ReasonCode.WouldCross);
        Assert.Equal([ids.StopLoss, ids.TakeProfit], rig.Changes.TakeLast(2).Select(change => change.ClientOrderId));
        Assert.All(rig.Changes.TakeLast(2), change => Assert.Equal((OrderStatus.Canceled, ReasonCode.ListDone), (change.To, change.Reason)));
        Assert.Equal(0, rig.Engine.Orders.LiveCount);
    }

    [Fact]
    public void An_entry_that_ends_partly_filled_leaves_its_exits_what_is_active()
    {
        using EngineRig rig = ARig();
        BracketIds ids = SubmitBracket(rig, 5m);
        rig.Answer(ReportKind.Accepted, ids.Entry).Fill(ids.Entry, Side.Buy, 9.99m, 2m, liquidity: Liquidity.Taker).Answer(ReportKind.Accepted, ids.TakeProfit);
        rig.Answer(ReportKind.Canceled, ids.Entry);
        Assert.True(_context.TryOrder(ids.StopLoss, out WorkingOrder stop));
        Assert.Equal(Quantity.Units(2), stop.Quantity);
        rig.Fill(ids.TakeProfit, Side.Sell, 10.10m, 2m);
        Assert.Equal(0, rig.Engine.Orders.LiveCount);
    }

    [Fact]
    public void What_the_entry_fills_after_an_exit_is_done_gets_an_exit_of_its_own()
    {
        using EngineRig rig = ARig();
        BracketIds ids = SubmitBracket(rig, 5m);
        rig.Answer(ReportKind.Accepted, ids.Entry).Fill(ids.Entry, Side.Buy, 9.99m, 2m, liquidity: Liquidity.Taker).Answer(ReportKind.Accepted, ids.TakeProfit);
        rig.Fill(ids.TakeProfit, Side.Sell, 10.10m, 2m);
        rig.Fill(ids.Entry, Side.Buy, 9.99m, 3m, liquidity: Liquidity.Taker);
        OrderCommand rest = rig.Sent[^1];
        Assert.Equal((CommandKind.Submit, Quantity.Units(3), 10.10m, ids.TakeProfit), (rest.Kind, rest.Quantity, rest.Price.ToDecimal(), rest.Output.Parent));
        Assert.NotEqual(ids.TakeProfit, rest.ClientOrderId);
    }

    [Fact]
    public void The_first_fill_of_one_cancels_the_other_and_so_does_its_end()
    {
        using EngineRig rig = ARig();
        (ClientOrderId limit, ClientOrderId stop) = SubmitOneCancelsOther(rig);
        rig.Answer(ReportKind.Accepted, limit).Fill(limit, Side.Sell, 10.10m, 1m);
        Assert.Equal((stop, OrderStatus.Canceled, ReasonCode.ListDone), (rig.Changes.Last(change => change.ClientOrderId == stop).ClientOrderId, Last.To, Last.Reason));
        Assert.True(rig.Engine.Orders.TryFind(limit, out _));

        (limit, stop) = SubmitOneCancelsOther(rig);
        rig.Answer(ReportKind.Accepted, limit);
        Do(rig, context => context.Cancel(stop));
        Assert.Equal((CommandKind.Cancel, limit), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId));

        (limit, stop) = SubmitOneCancelsOther(rig);
        rig.Answer(ReportKind.Accepted, limit).Trade(Side.Sell, 9.90m, 1m);
        rig.Answer(ReportKind.Accepted, stop).Fill(stop, Side.Sell, 9.90m, 1m, liquidity: Liquidity.Taker);
        Assert.Equal((CommandKind.Cancel, limit, ReasonCode.ListDone), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Reason));
    }

    [Fact]
    public void A_list_is_taken_as_a_whole_or_not_at_all()
    {
        foreach (VenueFeatures features in new[] { VenueFeatures.None, VenueFeatures.All })
        {
            using EngineRig rig = ARig(features);
            Do(rig, context => context.SubmitBracket(new Bracket(Limit(Side.Buy, 9.99m, 5m)) { StopTrigger = Price.From(9.905m), TakeProfit = Price.From(10.10m) }));
            Assert.Empty(rig.Sent);
            Assert.Equal([ReasonCode.ListDone, ReasonCode.ConditionInvalid, ReasonCode.ListDone], rig.Changes.Select(change => change.Reason));
        }
    }

    [Fact]
    public void What_ends_at_its_leaving_takes_its_siblings_along()
    {
        using EngineRig rig = ARig(limits: new RiskLimits { PositionMax = Quantity.Units(2) });
        ClientOrderId limit = default, stop = default;
        Do(rig, context => (limit, stop) = context.SubmitOneCancelsOther(Limit(Side.Buy, 9.99m, 1m), Stop(Side.Buy, 10.10m, 2m)));
        rig.Answer(ReportKind.Accepted, limit).Trade(Side.Buy, 10.10m, 1m);
        Assert.Equal(OrderStatus.Refused, rig.Changes.Last(change => change.ClientOrderId == stop).To);
        Assert.Equal((CommandKind.Cancel, limit), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId));
    }

    // ---- reduce-only

    [Fact]
    public void A_reduce_only_stop_is_cut_to_the_position_or_ends_without_one()
    {
        using EngineRig rig = ARig();
        ClientOrderId id = Submit(rig, Stop(Side.Sell, 9.95m, 5m) with { ReduceOnly = true });
        rig.Trade(Side.Sell, 9.95m, 1m);
        Assert.Equal((id, OrderStatus.Canceled, ReasonCode.NothingToReduce), (Last.ClientOrderId, Last.To, Last.Reason));
        Buy(rig, 3m);
        Submit(rig, Stop(Side.Sell, 9.95m, 5m) with { ReduceOnly = true });
        Assert.Equal((Quantity.Units(3), OrderFlags.None), (rig.Sent[^1].Quantity, rig.Sent[^1].Flags));      // met at once, by the last trade
    }

    [Fact]
    public void Two_stops_of_one_position_never_close_it_twice()
    {
        using EngineRig rig = ARig();
        Buy(rig, 3m);
        ClientOrderId first = Submit(rig, Stop(Side.Sell, 9.95m, 3m) with { ReduceOnly = true }), second = Submit(rig, Stop(Side.Sell, 9.94m, 3m) with { ReduceOnly = true });
        rig.Trade(Side.Sell, 9.90m, 1m);
        Assert.Equal(first, rig.Sent[^1].ClientOrderId);
        Assert.True(_context.TryOrder(second, out WorkingOrder waiting));
        Assert.Equal((OrderStatus.Triggered, Quantity.Units(3)), (waiting.Status, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Sell]));
        rig.Answer(ReportKind.Accepted, first).Fill(first, Side.Sell, 9.90m, 2m, liquidity: Liquidity.Taker);
        Assert.Equal(first, rig.Sent[^1].ClientOrderId);
        rig.Answer(ReportKind.Canceled, first, ReasonCode.NoLiquidity);
        Assert.Equal((second, Quantity.Units(1)), (rig.Sent[^1].ClientOrderId, rig.Sent[^1].Quantity));
    }

    [Fact]
    public void A_resting_reduce_only_order_follows_the_position()
    {
        using EngineRig rig = ARig();
        Buy(rig, 5m);
        ClientOrderId id = Submit(rig, Limit(Side.Sell, 10.10m, 5m) with { ReduceOnly = true });
        rig.Answer(ReportKind.Accepted, id);
        ClientOrderId other = Submit(rig, Limit(Side.Sell, 10.08m, 5m));
        rig.Answer(ReportKind.Accepted, other).Fill(other, Side.Sell, 10.08m, 3m);
        Assert.Equal((CommandKind.Replace, id, Quantity.Units(2), 10.10m), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Quantity, rig.Sent[^1].Price.ToDecimal()));
        rig.Fill(other, Side.Sell, 10.08m, 2m);
        Assert.Equal((CommandKind.Cancel, id, ReasonCode.NothingToReduce), (rig.Sent[^1].Kind, rig.Sent[^1].ClientOrderId, rig.Sent[^1].Reason));
        rig.Answer(ReportKind.Canceled, id, ReasonCode.Requested);
        Assert.Equal((OrderStatus.Canceled, ReasonCode.NothingToReduce), (Last.To, Last.Reason));
    }

    [Fact]
    public void A_stop_that_was_triggered_and_lost_its_place_in_line_still_leaves_for_what_the_entry_fills_later()
    {
        using EngineRig rig = ARig();
        BracketIds ids = SubmitBracket(rig, 10m);
        rig.Answer(ReportKind.Accepted, ids.Entry).Fill(ids.Entry, Side.Buy, 9.99m, 4m, liquidity: Liquidity.Taker);
        rig.Trade(Side.Sell, 9.90m, 1m);      // met, but the take-profit is unanswered
        Assert.Equal([ids.Entry, ids.TakeProfit], rig.Sent.Select(sent => sent.ClientOrderId));
        rig.Quote(10.10m, 10.12m).Answer(ReportKind.Accepted, ids.TakeProfit).Fill(ids.TakeProfit, Side.Sell, 10.10m, 4m, liquidity: Liquidity.Taker);
        Assert.Equal(2, rig.Sent.Count);      // nothing is left for it so far
        Assert.Equal(Quantity.Zero, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Sell]);

        rig.Fill(ids.Entry, Side.Buy, 9.99m, 6m, liquidity: Liquidity.Taker);
        OrderCommand sent = rig.Sent[^1];
        Assert.Equal((3, CommandKind.Submit, ids.StopLoss, OrderType.Market, Quantity.Units(6)), (rig.Sent.Count, sent.Kind, sent.ClientOrderId, sent.Type, sent.Quantity));
    }

    // ---- where the venue does it

    [Fact]
    public void A_venue_that_knows_it_all_is_told_it_all()
    {
        using EngineRig rig = ARig(VenueFeatures.All);
        BracketIds ids = SubmitBracket(rig, 5m);
        Assert.Equal([ids.Entry, ids.StopLoss, ids.TakeProfit], rig.Sent.Select(sent => sent.ClientOrderId));
        Assert.Equal([Contingency.OneTriggersOther, Contingency.OneUpdatesOther, Contingency.OneUpdatesOther], rig.Sent.Select(sent => sent.Contingency));
        Assert.Single(rig.Sent.Select(sent => sent.ListId).Distinct());
        Assert.All(rig.Sent.Skip(1), exit => Assert.Equal((OrderFlags.ReduceOnly, Side.Sell, Quantity.Units(5)), (exit.Flags, exit.Side, exit.Quantity)));
        Assert.Equal((OrderType.Stop, 9.90m, TriggerSource.Last), (rig.Sent[1].Type, rig.Sent[1].TriggerPrice.ToDecimal(), rig.Sent[1].TriggerSource));

        rig.Answer(ReportKind.Accepted, ids.StopLoss, leaves: 5m);
        rig.Answer(ReportKind.Replaced, ids.StopLoss, ReasonCode.ListDone, leaves: 2m);      // by the venue itself
        Assert.True(_context.TryOrder(ids.StopLoss, out WorkingOrder stop));
        Assert.Equal((OrderStatus.Open, Quantity.Units(2)), (stop.Status, stop.Leaves));
        rig.Answer(ReportKind.Triggered, ids.StopLoss);
        Assert.Equal(OrderStatus.Triggered, Last.To);
        rig.Fill(ids.StopLoss, Side.Sell, 9.90m, 2m);
        Assert.Equal((OrderStatus.Triggered, OrderStatus.Filled), (Last.From, Last.To));
    }

    [Fact]
    public void What_needs_something_that_is_missing_is_held_with_its_whole_list()
    {
        using EngineRig rig = ARig(VenueFeatures.All & ~VenueFeatures.Stops);
        BracketIds ids = SubmitBracket(rig, 5m);
        Assert.Equal(ids.Entry, Assert.Single(rig.Sent).ClientOrderId);
        using EngineRig other = ARig(VenueFeatures.All & ~VenueFeatures.ReduceOnly);
        Submit(other, Stop(Side.Sell, 9.90m));
        Assert.Single(other.Sent);
        Submit(other, Stop(Side.Sell, 9.90m) with { ReduceOnly = true });
        Assert.Equal(OrderStatus.Held, other.Changes[^1].To);
    }

    [Fact]
    public void A_price_that_nobody_here_watches_is_unsupported()
    {
        using EngineRig rig = ARig();
        Submit(rig, Stop(Side.Buy, 10.05m) with { TriggerSource = TriggerSource.Mark });
        Assert.Equal((OrderStatus.Refused, ReasonCode.Unsupported), (Last.To, Last.Reason));
    }

    private OrderEvent Last => _strategy.Changes[^1];

    private EngineRig ARig(VenueFeatures features = VenueFeatures.None, RiskLimits? limits = null)
    {
        EngineRig rig = new(_strategy, limits, features: features);
        _strategy.Start = context =>
        {
            _context = context;
            context.SetPeriodicTimer(new Duration(2), 0);
        };
        rig.Define().Quote(10.00m, 10.02m);
        return rig;
    }

    private void Do(EngineRig rig, Action<StrategyContext> action)
    {
        _strategy.Timer = (context, _) => action(context);
        rig.Reach(new Timestamp(rig.Now.Nanos + 10));
        _strategy.Timer = null;
    }

    private ClientOrderId Submit(EngineRig rig, OrderIntent intent)
    {
        ClientOrderId id = default;
        Do(rig, context => id = context.Submit(intent));
        return id;
    }

    private BracketIds SubmitBracket(EngineRig rig, decimal quantity)
    {
        BracketIds ids = default;
        Do(rig, context => ids = context.SubmitBracket(new Bracket(Limit(Side.Buy, 9.99m, quantity)) { StopTrigger = Price.From(9.90m), TakeProfit = Price.From(10.10m) }));
        return ids;
    }

    private (ClientOrderId Limit, ClientOrderId Stop) SubmitOneCancelsOther(EngineRig rig)
    {
        (ClientOrderId, ClientOrderId) ids = default;
        Do(rig, context => ids = context.SubmitOneCancelsOther(Limit(Side.Sell, 10.10m, 2m), Stop(Side.Sell, 9.90m, 2m)));
        return ids;
    }

    private void Buy(EngineRig rig, decimal quantity)
    {
        ClientOrderId id = Submit(rig, Limit(Side.Buy, 10.02m, quantity));
        rig.Answer(ReportKind.Accepted, id).Fill(id, Side.Buy, 10.02m, quantity, liquidity: Liquidity.Taker);
    }

    private static OrderIntent Limit(Side side, decimal price, decimal quantity) => new(EngineRig.Crude, side, Quantity.From(quantity), Price.From(price));

    private static OrderIntent Stop(Side side, decimal trigger, decimal quantity = 1m) =>
        new(EngineRig.Crude, side, Quantity.From(quantity), Price.None) { Type = OrderType.Stop, TriggerPrice = Price.From(trigger) };

    private static OrderIntent Trailing(Side side, decimal offset) =>
        new(EngineRig.Crude, side, Quantity.Units(1), Price.None) { Type = OrderType.Trailing, TrailOffset = Price.From(offset) };
}
