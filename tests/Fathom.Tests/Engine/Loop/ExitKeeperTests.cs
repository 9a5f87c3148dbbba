using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Exits of a position sentence by sentence, between a market and a venue that the test writes. The book is 10.00 to 10.02, a tick a cent.</summary>
public class ExitKeeperTests
{
    private static readonly ExitOptions s_pair = new() { StopLoss = PriceDistance.OfTicks(5), TakeProfit = PriceDistance.OfTicks(10) };

    private readonly ScriptedStrategy _strategy = new();
    private StrategyContext _context = null!;

    // ---- a stop and a profit

    [Fact]
    public void A_position_is_protected_in_the_step_in_which_it_was_opened()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        Assert.Equal(3, rig.Sent.Count);
        OrderCommand stop = rig.Sent[1], profit = rig.Sent[2];
        Assert.Equal((OrderType.Stop, Side.Sell, 9.97m, 3m, ReasonCode.StopLoss, true), (stop.Type, stop.Side, stop.TriggerPrice.ToDecimal(), stop.Quantity.ToDecimal(), stop.Reason, stop.IsReduceOnly));
        Assert.Equal((OrderType.Limit, Side.Sell, 10.12m, 3m, ReasonCode.TakeProfit, true), (profit.Type, profit.Side, profit.Price.ToDecimal(), profit.Quantity.ToDecimal(), profit.Reason, profit.IsReduceOnly));
        Assert.Equal([ReasonCode.StopLoss, ReasonCode.TakeProfit], rig.Changes.Where(change => change.To == OrderStatus.PendingNew).Skip(1).Select(change => change.Reason));
        List<OrderOrigin> origins = [];
        foreach (WorkingOrder order in _context.WorkingOrders(EngineRig.Crude)) origins.Add(order.Origin);
        Assert.Equal([OrderOrigin.Exit, OrderOrigin.Exit], origins);
        Assert.False(_context.TryWorking(EngineRig.Crude, Side.Sell, out _));      // they are not the strategy's own
    }

    [Fact]
    public void A_short_position_is_protected_from_above()
    {
        using EngineRig rig = ARig(new ExitOptions { StopLoss = PriceDistance.OfBps(30), TakeProfit = PriceDistance.OfBps(30) });
        Open(rig, Side.Sell, 10m, 1m);
        Assert.Equal((Side.Buy, 10.03m), (rig.Sent[1].Side, rig.Sent[1].TriggerPrice.ToDecimal()));
        Assert.Equal((Side.Buy, 9.97m), (rig.Sent[2].Side, rig.Sent[2].Price.ToDecimal()));
    }

    [Fact]
    public void Quantity_and_levels_follow_what_is_added()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll();
        Open(rig, Side.Buy, 10.06m, 1m);
        Assert.Equal([CommandKind.Replace, CommandKind.Replace], rig.Sent.Skip(4).Select(sent => sent.Kind));
        Assert.Equal((4m, 9.98m), (rig.Sent[4].Quantity.ToDecimal(), rig.Sent[4].TriggerPrice.ToDecimal()));      // from 10.03
        Assert.Equal((4m, 10.13m), (rig.Sent[5].Quantity.ToDecimal(), rig.Sent[5].Price.ToDecimal()));
        rig.Answer(ReportKind.Replaced, rig.Sent[1].ClientOrderId, leaves: 4m).Answer(ReportKind.Replaced, rig.Sent[2].ClientOrderId, leaves: 4m);
        Assert.Equal(6, rig.Sent.Count);
    }

    [Fact]
    public void What_waits_is_cut_here_and_what_rests_by_the_venue()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll().Fill(rig.Sent[2].ClientOrderId, Side.Sell, 10.12m, 1m);
        OrderCommand cut = Assert.Single(rig.Sent.Skip(3));
        Assert.Equal((rig.Sent[1].ClientOrderId, CommandKind.Replace, 2m), (cut.ClientOrderId, cut.Kind, cut.Quantity.ToDecimal()));
        rig.Answer(ReportKind.Replaced, rig.Sent[1].ClientOrderId, leaves: 2m);
        rig.Fill(rig.Sent[2].ClientOrderId, Side.Sell, 10.12m, 2m);      // flat
        Assert.Equal((rig.Sent[1].ClientOrderId, CommandKind.Cancel), (rig.Sent[^1].ClientOrderId, rig.Sent[^1].Kind));
        rig.Answer(ReportKind.Canceled, rig.Sent[1].ClientOrderId, ReasonCode.Requested);
        Assert.Equal((5, 0), (rig.Sent.Count, rig.Engine.Orders.LiveCount));
    }

    [Fact]
    public void A_position_that_turns_has_exits_of_its_own()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 1m);
        rig.AcceptAll();
        Open(rig, Side.Sell, 10.00m, 3m);
        Assert.Equal([(CommandKind.Cancel, Side.Sell), (CommandKind.Submit, Side.Buy), (CommandKind.Submit, Side.Buy)], rig.Sent.Skip(4).Select(sent => (sent.Kind, sent.Side)));
        Assert.All(rig.Sent.Skip(5), sent => Assert.Equal(2m, sent.Quantity.ToDecimal()));
    }

    [Fact]
    public void A_stop_that_was_met_and_found_too_little_goes_on_at_the_next_event()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        ClientOrderId stop = rig.Sent[1].ClientOrderId, profit = rig.Sent[2].ClientOrderId;
        rig.AcceptAll().Answer(ReportKind.Triggered, stop);
        Assert.Equal((profit, CommandKind.Cancel), (rig.Sent[^1].ClientOrderId, rig.Sent[^1].Kind));
        rig.Fill(stop, Side.Sell, 9.90m, 1m).Answer(ReportKind.Canceled, profit, ReasonCode.Requested).Answer(ReportKind.Canceled, stop, ReasonCode.NoLiquidity);
        int sent = rig.Sent.Count;
        rig.Quote(10.00m, 10.02m);      // whatever the price does meanwhile
        OrderCommand close = Assert.Single(rig.Sent.Skip(sent));
        Assert.Equal((OrderType.Market, TimeInForce.ImmediateOrCancel, 2m, ReasonCode.StopLoss), (close.Type, close.TimeInForce, close.Quantity.ToDecimal(), close.Reason));
        rig.Answer(ReportKind.Canceled, close.ClientOrderId, ReasonCode.NoLiquidity);
        Assert.Equal(sent + 1, rig.Sent.Count);
        rig.Quote(9.80m, 9.82m);
        rig.Fill(rig.Sent[^1].ClientOrderId, Side.Sell, 9.80m, 2m);
        Assert.Equal((sent + 2, 0), (rig.Sent.Count, rig.Engine.Orders.LiveCount));
    }

    // ---- trails

    [Fact]
    public void A_trail_begins_at_the_average_price_and_never_becomes_looser()
    {
        using EngineRig rig = ARig(new ExitOptions { Trailing = PriceDistance.OfTicks(4), StopLoss = PriceDistance.OfTicks(3) }, features: VenueFeatures.None);
        Open(rig, Side.Buy, 10.02m, 2m);
        Assert.Single(rig.Sent);      // held here
        Assert.Equal(9.99m, Trigger(rig));
        rig.Trade(Side.Buy, 10.10m, 1m);
        Assert.Equal(10.06m, Trigger(rig));
        Open(rig, Side.Buy, 10.00m, 8m);      // a lower average does not move it
        Assert.Equal((10.06m, 10m), (Trigger(rig), Exits(rig).Single().Quantity.ToDecimal()));
        rig.Trade(Side.Sell, 10.05m, 1m);
        Assert.Equal((OrderType.Market, 10m, ReasonCode.TrailingStop), (rig.Sent[^1].Type, rig.Sent[^1].Quantity.ToDecimal(), rig.Sent[^1].Reason));
    }

    [Fact]
    public void A_trail_at_the_venue_keeps_its_offset_and_its_best_stated_trigger()
    {
        using EngineRig rig = ARig(new ExitOptions { Trailing = PriceDistance.OfBps(100) });
        Open(rig, Side.Buy, 10.02m, 2m);
        Assert.Equal((OrderType.Trailing, 9.92m, 0.10m), (rig.Sent[1].Type, rig.Sent[1].TriggerPrice.ToDecimal(), rig.Sent[1].TrailOffset.ToDecimal()));
        rig.AcceptAll();
        Open(rig, Side.Buy, 9.00m, 2m);
        Assert.Equal((CommandKind.Replace, 4m, 9.92m, 0.10m), (rig.Sent[^1].Kind, rig.Sent[^1].Quantity.ToDecimal(), rig.Sent[^1].TriggerPrice.ToDecimal(), rig.Sent[^1].TrailOffset.ToDecimal()));
    }

    // ---- time

    [Fact]
    public void When_its_time_is_up_a_position_is_closed_until_it_is_gone()
    {
        using EngineRig rig = ARig(s_pair with { TimeStop = Duration.FromMilliseconds(60_000) });
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll();
        Timestamp due = rig.Engine.NextWake;
        rig.Reach(due);
        OrderCommand cancel = Assert.Single(rig.Sent.Skip(3));
        Assert.Equal((rig.Sent[2].ClientOrderId, CommandKind.Cancel), (cancel.ClientOrderId, cancel.Kind));      // the profit goes first: two would close it twice
        rig.Answer(ReportKind.Canceled, cancel.ClientOrderId, ReasonCode.Requested);
        OrderCommand close = rig.Sent[^1];
        Assert.Equal((OrderType.Market, 3m, ReasonCode.TimeStop, true), (close.Type, close.Quantity.ToDecimal(), close.Reason, close.IsReduceOnly));
        rig.Answer(ReportKind.Accepted, close.ClientOrderId).Answer(ReportKind.Canceled, close.ClientOrderId, ReasonCode.NoLiquidity);
        int sent = rig.Sent.Count;
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(sent + 1, rig.Sent.Count);
        rig.Fill(rig.Sent[^1].ClientOrderId, Side.Sell, 10.00m, 3m);
        Assert.Equal((rig.Sent[1].ClientOrderId, CommandKind.Cancel), (rig.Sent[^1].ClientOrderId, rig.Sent[^1].Kind));      // the stop stood until then
    }

    [Fact]
    public void Adding_to_a_position_does_not_make_it_younger()
    {
        using EngineRig rig = ARig(new ExitOptions { TimeStop = Duration.FromMilliseconds(60_000) });
        Open(rig, Side.Buy, 10.02m, 3m);
        Timestamp due = rig.Engine.NextWake;
        rig.Now = new Timestamp(due.Nanos - 1_000_000_000);
        Open(rig, Side.Buy, 10.02m, 2m);
        Assert.Equal(due, rig.Engine.NextWake);
        rig.Reach(due);
        Assert.Equal((OrderType.Market, 5m), (rig.Sent[^1].Type, rig.Sent[^1].Quantity.ToDecimal()));
    }

    [Fact]
    public void Nothing_is_closed_while_the_market_does_not_trade()
    {
        using EngineRig rig = ARig(new ExitOptions { TimeStop = Duration.FromMilliseconds(60_000) });
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.State(TradingState.Halted).Reach(rig.Engine.NextWake);
        Assert.Single(rig.Sent);
        Assert.True(rig.Engine.NextWake.IsNone || rig.Engine.NextWake > rig.Engine.Clock);
        rig.State(TradingState.Continuous);
        Assert.Equal(OrderType.Market, rig.Sent[^1].Type);
    }

    // ---- who else wants something

    [Fact]
    public void A_target_does_not_go_back_in_until_another_one_is_stated()
    {
        using EngineRig rig = ARig(s_pair);
        _context.Target(EngineRig.Crude, Quantity.Units(3));
        rig.Quote(10.00m, 10.02m);
        rig.AcceptAll().Fill(rig.Sent[^1].ClientOrderId, Side.Buy, 10.02m, 3m).AcceptAll();
        ClientOrderId stop = rig.Sent.First(sent => sent.Type == OrderType.Stop).ClientOrderId;
        rig.Fill(stop, Side.Sell, 9.97m, 3m);
        int sent = rig.Sent.Count;
        _context.Target(EngineRig.Crude, Quantity.Units(3));      // the same again
        rig.Quote(9.90m, 9.92m).Quote(10.00m, 10.02m);
        Assert.DoesNotContain(rig.Sent.Skip(sent), order => order.Kind == CommandKind.Submit);
        _context.Target(EngineRig.Crude, Quantity.Units(-2));
        rig.Quote(9.90m, 9.92m);
        Assert.Equal((Side.Sell, 2m), (rig.Sent[^1].Side, rig.Sent[^1].Quantity.ToDecimal()));
    }

    [Fact]
    public void The_strategy_may_order_beside_its_exits_but_not_take_them_away()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll();
        ClientOrderId stop = rig.Sent[1].ClientOrderId;
        _context.Cancel(stop);
        _context.Replace(stop, Price.None, Quantity.Units(1));
        ClientOrderId own = _context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m, 3m));
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(own, Assert.Single(rig.Sent.Skip(3)).ClientOrderId);
        Assert.Equal([((long)WantKind.Cancel, (long)WantKind.Exit), ((long)WantKind.Replace, (long)WantKind.Exit)],
            _strategy.Changes.Where(change => change.Reason == ReasonCode.OtherWantsStand).Select(change => (change.Limit, change.Found)));
    }

    [Fact]
    public void Exits_stay_when_the_strategy_is_halted_and_go_on()
    {
        using EngineRig rig = ARig(s_pair);
        ClientOrderId entry = Submit(rig, Side.Buy, 5m);
        rig.AcceptAll().Fill(entry, Side.Buy, 10.02m, 3m).AcceptAll();
        _strategy.Book = (_, _) => throw new InvalidOperationException("a mistake");
        rig.Quote(10.00m, 10.02m);
        Assert.NotNull(rig.Engine.Summarize().Strategies[0].Failure);
        Assert.Equal((entry, CommandKind.Cancel), (rig.Sent[^1].ClientOrderId, rig.Sent[^1].Kind));
        rig.Fill(entry, Side.Buy, 10.02m, 2m);      // too late for the cancel
        Assert.Equal([5m, 5m], rig.Sent.TakeLast(2).Select(sent => sent.Quantity.ToDecimal()));
    }

    [Fact]
    public void The_kill_switch_takes_exits_along_and_they_come_back_when_it_is_off()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll().Operate(OperatorAction.Kill);
        Assert.Equal([CommandKind.Cancel, CommandKind.Cancel], rig.Sent.Skip(3).Select(sent => sent.Kind));
        rig.Answer(ReportKind.Canceled, rig.Sent[1].ClientOrderId, ReasonCode.Requested).Answer(ReportKind.Canceled, rig.Sent[2].ClientOrderId, ReasonCode.Requested);
        rig.Quote(9.99m, 10.01m);
        Assert.Equal((5, Timestamp.None), (rig.Sent.Count, rig.Engine.NextWake));      // nobody looks at it meanwhile
        rig.Operate(OperatorAction.Rearm);
        Assert.Equal([OrderType.Stop, OrderType.Limit], rig.Sent.Skip(5).Select(sent => sent.Type));
    }

    [Fact]
    public void What_a_liquidation_keeps_is_protected_as_soon_as_it_is_over()
    {
        using EngineRig rig = ARig(s_pair);
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll();
        rig.Engine.SessionOf(0).Liquidate(EngineRig.Crude, Quantity.Units(2), ReasonCode.Liquidation);
        rig.Quote(10.00m, 10.02m);
        rig.Answer(ReportKind.Canceled, rig.Sent[1].ClientOrderId, ReasonCode.Requested).Answer(ReportKind.Canceled, rig.Sent[2].ClientOrderId, ReasonCode.Requested);
        OrderCommand sale = rig.Sent[^1];
        int sent = rig.Sent.Count;
        rig.Answer(ReportKind.Accepted, sale.ClientOrderId).Fill(sale.ClientOrderId, Side.Sell, 10.00m, 1m);
        Assert.Equal([(OrderType.Stop, 2m), (OrderType.Limit, 2m)], rig.Sent.Skip(sent).Select(command => (command.Type, command.Quantity.ToDecimal())));
    }

    [Fact]
    public void A_session_roll_carries_the_orders_and_what_is_kept_is_found_from_them()
    {
        ExitOptions options = new() { StopLoss = PriceDistance.OfTicks(5), Trailing = PriceDistance.OfBps(40), TakeProfit = PriceDistance.OfTicks(10), TimeStop = Duration.FromMilliseconds(60_000) };
        using EngineRig monday = ARig(options, features: VenueFeatures.None);
        Open(monday, Side.Buy, 10.02m, 3m);
        monday.AcceptAll().Trade(Side.Buy, 10.10m, 1m);
        Timestamp due = monday.Engine.NextWake;
        Assert.Equal(10.06m, Trigger(monday));

        using EngineRig tuesday = new([new NamedStrategy("strategy", _strategy) { Exits = options }], features: VenueFeatures.None) { Now = monday.Now };
        CarryOver.Roll.Of(monday.Engine).StepInto(tuesday.Engine);
        tuesday.Quote(10.05m, 10.07m);
        Assert.Empty(tuesday.Sent);      // what rests is as it is to be
        Assert.Equal((10.06m, due), (Trigger(tuesday), tuesday.Engine.NextWake));
        tuesday.Fill(Submit(tuesday, Side.Buy, 1m), Side.Buy, 10.08m, 1m, execution: 50);
        Assert.Equal((4m, 10.06m), (Exits(tuesday).Single(exit => exit.Price.IsNone).Quantity.ToDecimal(), Trigger(tuesday)));
        Assert.Equal((CommandKind.Replace, 4m), (tuesday.Sent[^1].Kind, tuesday.Sent[^1].Quantity.ToDecimal()));
    }

    [Fact]
    public void A_carried_position_without_orders_is_protected_when_the_run_begins()
    {
        using EngineRig monday = ARig(new ExitOptions());
        Open(monday, Side.Buy, 10.02m, 3m);
        using EngineRig tuesday = new([new NamedStrategy("strategy", _strategy) { Exits = s_pair }]) { Now = monday.Now };
        CarryOver.Roll.Of(monday.Engine).StepInto(tuesday.Engine);
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal([OrderType.Stop, OrderType.Limit], tuesday.Sent.Select(sent => sent.Type));
    }

    // ---- what fails

    [Fact]
    public void A_rejected_exit_is_tried_again_with_growing_pauses_and_told()
    {
        using EngineRig rig = ARig(new ExitOptions { StopLoss = PriceDistance.OfTicks(5) });
        Open(rig, Side.Buy, 10.02m, 3m);
        List<Duration> pauses = [];
        for (int i = 0; i < 10; i++)
        {
            rig.Answer(ReportKind.Rejected, rig.Sent[^1].ClientOrderId, ReasonCode.Unavailable);
            if (rig.Engine.NextWake.IsNone) break;
            pauses.Add(rig.Engine.NextWake - rig.Engine.Clock);
            rig.Reach(rig.Engine.NextWake);
        }
        Assert.Equal([100L, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600], pauses.Select(pause => pause.Nanos / 1_000_000));
        Assert.Equal(11, rig.Sent.Count);
        Assert.Equal([.. Enumerable.Repeat(LogLevel.Warning, 9), LogLevel.Error], rig.Entries.Select(entry => entry.Level));

        Open(rig, Side.Buy, 10.02m, 1m);      // something moved
        Assert.Equal((OrderType.Stop, 4m), (rig.Sent[^1].Type, rig.Sent[^1].Quantity.ToDecimal()));
    }

    [Fact]
    public void A_refused_exit_is_a_failure_too()
    {
        using EngineRig rig = ARig(new ExitOptions { StopLoss = PriceDistance.OfTicks(5) }, limits: new RiskLimits { QuantityMax = Quantity.Units(2) });
        Open(rig, Side.Buy, 10.02m, 2m);
        rig.AcceptAll();
        Open(rig, Side.Buy, 10.02m, 1m);
        Assert.Equal(LogLevel.Warning, Assert.Single(rig.Entries).Level);
        Assert.Equal(2m, Exits(rig).Single().Quantity.ToDecimal());      // what there is stays
        Assert.Contains(_strategy.Changes, change => change.Reason == ReasonCode.QuantityLimit);
    }

    [Fact]
    public void A_held_stop_of_one_strategy_among_several_protects_its_own_position()
    {
        ScriptedStrategy other = new();
        _strategy.Start = context => _context = context;
        using EngineRig rig = new([new NamedStrategy("strategy", _strategy) { Exits = s_pair }, new NamedStrategy("other", other)]);
        rig.Define().Quote(10.00m, 10.02m);
        Open(rig, Side.Buy, 10.02m, 3m);
        rig.AcceptAll();
        Assert.Equal([OrderStatus.Held, OrderStatus.Open], Exits(rig).Select(order => order.Status));
        rig.Trade(Side.Sell, 9.90m, 1m);
        OrderCommand close = rig.Sent[^1];
        Assert.Contains(rig.Sent, sent => sent.Type == OrderType.Market && sent.Reason == ReasonCode.StopLoss && sent.Quantity == Quantity.Units(3));
        Assert.Equal(CommandKind.Cancel, close.Kind);      // the profit goes
    }

    private EngineRig ARig(ExitOptions exits, VenueFeatures features = VenueFeatures.All, RiskLimits? limits = null)
    {
        _strategy.Start = context => _context = context;
        EngineRig rig = new([new NamedStrategy("strategy", _strategy) { Exits = exits }], limits, features: features);
        return rig.Define().Quote(10.00m, 10.02m);
    }

    private ClientOrderId Submit(EngineRig rig, Side side, decimal quantity)
    {
        ClientOrderId id = _context.Submit(new OrderIntent(EngineRig.Crude, side, Quantity.From(quantity), Price.From(side == Side.Buy ? 10.03m : 9.99m)));
        rig.Quote(10.00m, 10.02m);
        return id;
    }

    private void Open(EngineRig rig, Side side, decimal price, decimal quantity) => rig.Fill(Submit(rig, side, quantity), side, price, quantity);

    private List<WorkingOrder> Exits(EngineRig rig)
    {
        List<WorkingOrder> exits = [];
        foreach (WorkingOrder order in rig.Engine.Orders.Working(0, EngineRig.Crude))
            if (order.Origin == OrderOrigin.Exit) exits.Add(order);
        return exits;
    }

    private decimal Trigger(EngineRig rig) =>
        rig.Engine.Orders.TryFind(Exits(rig).Single(exit => exit.Price.IsNone).Id, out Order? order) ? order.TriggerPrice.ToDecimal() : throw new InvalidOperationException("no stop");
}
