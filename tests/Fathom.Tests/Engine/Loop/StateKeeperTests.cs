using Fathom.Domain.Messages;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

public class StateKeeperTests
{
    private const long Percent = 10_000_000;
    private static readonly RiskLimits Ten = new() { PositionMax = Quantity.Units(10) };
    private static readonly StateOptions ByPosition = new() { Position = Percents(50, 80, 100), Hold = Duration.FromMilliseconds(1_000) };

    private static readonly StateOptions ByLoss = new() { Drawdown = Percents(1, 2, 3), OverLimit = OverLimitAction.Liquidate };

    private readonly ScriptedStrategy _strategy = new();
    private readonly List<ClientOrderId> _ids = [];

    [Fact]
    public void A_critical_position_is_told_and_the_orders_that_would_enlarge_it_end()
    {
        using EngineRig rig = Rig(ByPosition);
        Want(rig, (Side.Buy, 9.99m, 5m), (Side.Buy, 9.98m, 2m), (Side.Buy, 9.97m, 3m), (Side.Sell, 10.05m, 4m), (Side.Sell, 10.06m, 5m));
        rig.AcceptAll();
        rig.Fill(_ids[0], Side.Buy, 9.99m, 5m);
        RiskStateEvent[] warning = [.. rig.RiskStates];
        Assert.Equal([(ushort.MaxValue, PositionState.Warning), ((ushort)0, PositionState.Warning)], warning.Select(change => (change.Output.Strategy, change.To)));
        Assert.All(warning, change => Assert.Equal((EngineRig.Crude, RiskMeasure.Position, 50 * Percent, 50 * Percent), (change.Header.Instrument, change.Measure, change.Found, change.Threshold)));
        Assert.DoesNotContain(rig.Sent, command => command.Kind == CommandKind.Cancel);

        rig.RiskStates.Clear();
        rig.Fill(_ids[2], Side.Buy, 9.97m, 3m);
        Assert.Equal([PositionState.Critical, PositionState.Critical], rig.RiskStates.Select(change => change.To));
        // The rest of the buys goes; of the sells 4 reduce, and 5 more would turn the position of 8 around.
        Assert.Equal([_ids[1], _ids[4]], rig.Sent.Where(command => command.Kind == CommandKind.Cancel).Select(command => command.ClientOrderId));
        Assert.All(rig.Sent.Where(command => command.Kind == CommandKind.Cancel), command => Assert.Equal(ReasonCode.StateReducesOnly, command.Reason));
    }

    [Fact]
    public void What_the_gate_says_of_a_state_is_there_for_orders_that_pass_it_too()
    {
        using EngineRig rig = Rig(ByPosition);
        Hold(rig, 9m);
        foreach (OrderFlags flags in (OrderFlags[])[OrderFlags.None, OrderFlags.ReduceOnly])
        {
            OrderCommand sell = rig.Sent[0], buy = rig.Sent[0];
            (sell.Side, sell.Quantity, sell.Flags, sell.ClientOrderId) = (Side.Sell, Quantity.Units(2), flags, default);
            (buy.Quantity, buy.ClientOrderId) = (Quantity.Units(1), default);
            Assert.Equal(new RuleVerdict(RiskRule.State, RiskScope.Instrument, IsPassed: true, 80 * Percent, 90 * Percent), VerdictOf(rig, in sell));
            Assert.Equal(new RuleVerdict(RiskRule.State, RiskScope.Instrument, IsPassed: false, 80 * Percent, 90 * Percent), VerdictOf(rig, in buy));
        }
    }

    private static RuleVerdict VerdictOf(EngineRig rig, in OrderCommand command)
    {
        List<RuleVerdict> verdicts = [];
        rig.Engine.Gate.Explain(in command, isChild: false, isQuote: false, verdicts);
        return verdicts.Single(verdict => verdict.Rule == RiskRule.State);
    }

    [Fact]
    public void While_a_state_is_critical_only_what_reduces_is_approved()
    {
        using EngineRig rig = Rig(ByPosition);
        Hold(rig, 9m);
        Assert.Equal([new RiskStateSnapshot(null, EngineRig.Crude, PositionState.Critical, RiskMeasure.Position, 80 * Percent, 90 * Percent),
            new RiskStateSnapshot(0, EngineRig.Crude, PositionState.Critical, RiskMeasure.Position, 80 * Percent, 90 * Percent)], rig.Engine.TakeSnapshot().Risk.States);
        rig.Changes.Clear();
        Want(rig, (Side.Buy, 9.90m, 1m));
        OrderEvent refused = rig.Changes[^1];
        Assert.Equal((ReasonCode.StateReducesOnly, 80 * Percent, 90 * Percent, RiskScope.Instrument), (refused.Reason, refused.Limit, refused.Found, refused.Scope));
        Want(rig, (Side.Sell, 10.05m, 6m));
        Assert.Equal(OrderStatus.PendingNew, rig.Changes[^1].To);
        Want(rig, (Side.Sell, 10.06m, 5m));      // three of it reduce
        Assert.Equal((OrderStatus.PendingNew, Quantity.Units(3)), (rig.Changes[^1].To, rig.Sent[^1].Quantity));
        Want(rig, (Side.Sell, 10.07m, 1m));
        Assert.Equal(ReasonCode.StateReducesOnly, rig.Changes[^1].Reason);
    }

    [Fact]
    public void A_state_comes_back_at_the_time_at_which_the_engine_wanted_to_be_woken()
    {
        using EngineRig rig = Rig(ByPosition);
        ClientOrderId sale = Hold(rig, 6m);
        Assert.Equal(Timestamp.None, rig.Engine.NextWake);
        Want(rig, (Side.Sell, 10.05m, 2m));
        rig.AcceptAll();
        rig.Fill(_ids[^1], Side.Sell, 10.05m, 2m);
        Timestamp due = rig.Engine.Clock + Duration.FromMilliseconds(1_000);
        Assert.Equal(due, rig.Engine.NextWake);
        rig.RiskStates.Clear();
        rig.Reach(due);
        Assert.Equal([(PositionState.Warning, PositionState.Normal), (PositionState.Warning, PositionState.Normal)], rig.RiskStates.Select(change => (change.From, change.To)));
        Assert.All(rig.RiskStates, change => Assert.Equal((40 * Percent, 45 * Percent, due), (change.Found, change.Threshold, change.Header.ReceiveTime)));
        Assert.Equal((Timestamp.None, PositionState.Normal), (rig.Engine.NextWake, rig.Engine.States!.Of(0, EngineRig.Crude)));
        _ = sale;
    }

    [Fact]
    public void The_states_of_a_strategy_and_of_the_account_follow_the_marks()
    {
        StateOptions options = new() { Drawdown = Percents(2, 5, 50) };
        using EngineRig rig = Rig(options, new RiskLimits());
        Hold(rig, 100m);      // bought at 10
        Want(rig, (Side.Buy, 9.00m, 5m), (Side.Sell, 11.00m, 5m));
        rig.Quote(9.80m, 9.82m);      // 19 of 1,000
        Assert.Empty(rig.RiskStates);
        rig.Quote(9.70m, 9.72m);
        Assert.Equal([(ushort.MaxValue, InstrumentId.None, RiskMeasure.Drawdown), ((ushort)0, InstrumentId.None, RiskMeasure.Drawdown)],
            rig.RiskStates.Select(change => (change.Output.Strategy, change.Header.Instrument, change.Measure)));
        rig.Quote(9.40m, 9.42m);
        Assert.Equal((PositionState.Critical, PositionState.Critical), (rig.Engine.States!.OfOwner(-1), rig.Engine.States.OfOwner(0)));
        Assert.Equal(_ids[^2], Assert.Single(rig.Sent, command => command.Kind == CommandKind.Cancel).ClientOrderId);
    }

    [Fact]
    public void A_limit_that_tightens_below_the_position_lets_it_only_be_reduced_and_sends_nothing()
    {
        using EngineRig rig = new(_strategy, Ten, cash: 100m, more: options => options with { Adaptive = new AdaptiveOptions { Floor = 0.2m, LossFull = 0.2m } });
        rig.Define().Quote(10.00m, 10.02m);
        Hold(rig, 9m);
        int sent = rig.Sent.Count;
        rig.Quote(8.00m, 8.02m);      // a loss of nearly a fifth
        long factor = rig.Engine.Adaptive!.FactorNanos(EngineRig.Crude);
        Assert.InRange(factor, 20 * Percent, 40 * Percent);
        Assert.Equal([new LimitFactorSnapshot(InstrumentId.None, factor), new LimitFactorSnapshot(EngineRig.Crude, factor)], rig.Engine.TakeSnapshot().Risk.LimitFactors);
        Assert.Equal(sent, rig.Sent.Count);
        Want(rig, (Side.Buy, 7.90m, 1m));
        Assert.Equal((ReasonCode.PositionLimit, Quantity.Units(10).Nanos / 1_000 * (rig.Engine.Adaptive.FactorNanos(EngineRig.Crude) / 1_000_000)), (rig.Changes[^1].Reason, rig.Changes[^1].Limit));
        Want(rig, (Side.Sell, 8.10m, 9m));
        Assert.Equal(OrderStatus.PendingNew, rig.Changes[^1].To);
    }

    [Theory]
    [InlineData(OverLimitAction.Reduce)]
    [InlineData(OverLimitAction.Liquidate)]
    public void With_states_a_tightened_limit_closes_the_excess_only_where_that_is_configured(OverLimitAction action)
    {
        using EngineRig rig = new(_strategy, Ten, cash: 100m,
            more: options => options with { Adaptive = new AdaptiveOptions { Floor = 0.5m, LossFull = 0.2m }, States = ByPosition with { Position = Percents(80, 95, 100), OverLimit = action } });
        rig.Define().Quote(10.00m, 10.02m);
        Hold(rig, 9m);
        Assert.Equal(PositionState.Warning, rig.Engine.States!.Of(0, EngineRig.Crude));
        int sent = rig.Sent.Count;
        rig.Quote(7.00m, 7.02m);
        Assert.Equal(PositionState.OverLimit, rig.Engine.States.Of(0, EngineRig.Crude));
        OrderCommand[] orders = [.. rig.Sent.Skip(sent)];
        if (action == OverLimitAction.Reduce)
        {
            Assert.Empty(orders);
            return;
        }
        // Down to 0.9 of the limit of 5: four lots stay.
        OrderCommand order = Assert.Single(orders);
        Assert.Equal((Side.Sell, OrderType.Limit, TimeInForce.ImmediateOrCancel), (order.Side, order.Type, order.TimeInForce));
        Assert.InRange(order.Quantity.Nanos, 1, Quantity.Units(5).Nanos);
        for (int i = 0; i < 20 && rig.Engine.Account.Held(EngineRig.Crude) > Quantity.Units(4).Nanos; i++) FillNewest(rig);
        Assert.Equal(Quantity.Units(4).Nanos, rig.Engine.Account.Held(EngineRig.Crude));
        rig.Quote(7.00m, 7.03m).Quote(7.00m, 7.02m);
        Assert.Equal(Quantity.Units(4).Nanos, rig.Engine.Account.Held(EngineRig.Crude));
    }

    [Fact]
    public void An_account_over_its_losses_is_liquidated_altogether_and_over_a_position_as_far_as_it_has_to()
    {
        ScriptedStrategy other = new();
        using EngineRig rig = new([new NamedStrategy("one", _strategy), new NamedStrategy("two", other)], Ten, cash: 10_000m,
            more: options => options with { States = ByPosition with { Position = Percents(50, 90, 100), OverLimit = OverLimitAction.Liquidate, Release = 0.2m } });
        rig.Define().Quote(10.00m, 10.02m);
        Hold(rig, 7m);
        other.Book = (context, _) =>
        {
            other.Book = null;
            _ids.Add(context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.95m, 3m)));
        };
        rig.Quote(10.00m, 10.02m).AcceptAll();
        int sent = rig.Sent.Count;
        rig.Fill(_ids[^1], Side.Buy, 9.95m, 3m);      // 10 of 10: the account's goes down to 8, by the first strategy's 2
        Assert.Equal(PositionState.OverLimit, rig.Engine.States!.OfPosition(-1, EngineRig.Crude));
        OrderCommand order = Assert.Single(rig.Sent.Skip(sent));
        Assert.Equal(((ushort)0, Side.Sell), (order.Output.Strategy, order.Side));
        for (int i = 0; i < 20 && rig.Engine.Account.Held(EngineRig.Crude) > Quantity.Units(8).Nanos; i++) FillNewest(rig);
        Assert.Equal((Quantity.Units(5), Quantity.Units(3)), (rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude), rig.Engine.Account.Strategy(1).Quantity(EngineRig.Crude)));
    }

    [Fact]
    public void A_session_roll_ends_no_liquidation_that_a_state_asks_for()
    {
        using EngineRig monday = Rig(ByLoss, new RiskLimits());
        Hold(monday, 100m);
        monday.Quote(9.60m, 9.62m);
        Assert.Single(monday.Engine.Summarize().Liquidations);
        monday.Answer(ReportKind.Rejected, monday.Sent[^1].ClientOrderId, ReasonCode.RateLimited);      // nothing is live any more

        using EngineRig tuesday = new(new ScriptedStrategy(), new RiskLimits(), more: options => options with { States = ByLoss }) { Now = monday.Now };
        CarryOver.Roll.Of(monday.Engine).StepInto(tuesday.Engine);
        tuesday.Quote(9.60m, 9.62m).Quote(9.60m, 9.62m);
        LiquidationSummary goesOn = Assert.Single(tuesday.Engine.Summarize().Liquidations);
        Assert.Equal((ReasonCode.Liquidation, Quantity.Units(100), Quantity.Zero), (goesOn.Reason, goesOn.Start, goesOn.Keep));
    }

    [Fact]
    public void What_is_filled_behind_a_liquidation_of_everything_goes_too()
    {
        InstrumentId other = new(1);
        using EngineRig rig = Rig(ByLoss, new RiskLimits());
        rig.Define(other).Quote(10.00m, 10.02m, other);
        Hold(rig, 100m);
        _strategy.Book = (context, _) =>
        {
            _strategy.Book = null;
            _ids.Add(context.Submit(new OrderIntent(other, Side.Buy, Quantity.Units(3), Price.From(9.99m))));
        };
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 1.00m, isLast: true);
        rig.AcceptAll().Quote(9.60m, 9.62m);
        Assert.Equal(EngineRig.Crude, Assert.Single(rig.Engine.Summarize().Liquidations).Instrument);
        rig.Fill(_ids[^1], Side.Buy, 9.99m, 3m, instrument: other);      // outruns the cancel
        Assert.Equal([EngineRig.Crude, other], rig.Engine.Summarize().Liquidations.Select(liquidation => liquidation.Instrument));
    }

    [Fact]
    public void Turned_off_again_a_kill_switch_does_not_end_what_a_state_asks_for()
    {
        using EngineRig rig = Rig(ByLoss, new RiskLimits());
        Hold(rig, 100m);
        rig.Operate(OperatorAction.Kill, flattens: true);
        rig.Quote(9.60m, 9.62m);      // over its losses, while its position is closed already
        Assert.Equal(ReasonCode.KillSwitch, Assert.Single(rig.Engine.Summarize().Liquidations).Reason);
        rig.Operate(OperatorAction.Rearm);
        LiquidationSummary goesOn = rig.Engine.Summarize().Liquidations[^1];
        Assert.Equal((ReasonCode.Liquidation, true), (goesOn.Reason, goesOn.Ended.IsNone));
    }

    [Fact]
    public void What_a_kill_switch_forbade_is_closed_once_it_is_off()
    {
        using EngineRig rig = Rig(ByLoss, new RiskLimits());
        Hold(rig, 100m);
        rig.Operate(OperatorAction.Kill);
        rig.Quote(9.60m, 9.62m);
        LiquidationSummary forbidden = Assert.Single(rig.Engine.Summarize().Liquidations);
        Assert.Equal((ReasonCode.KillSwitch, false), (forbidden.RejectReason, forbidden.Ended.IsNone));
        rig.Quote(9.59m, 9.61m);
        Assert.Single(rig.Engine.Summarize().Liquidations);
        rig.Operate(OperatorAction.Rearm);
        Assert.Equal((2, true), (rig.Engine.Summarize().Liquidations.Count, rig.Engine.Summarize().Liquidations[^1].Ended.IsNone));
        Assert.Equal(Side.Sell, rig.Sent[^1].Side);
    }

    [Fact]
    public void Where_nothing_is_configured_nothing_is_judged()
    {
        using EngineRig rig = new(_strategy, Ten);
        rig.Define().Quote(10.00m, 10.02m);
        Hold(rig, 10m);
        Assert.Empty(rig.RiskStates);
        Assert.Null(rig.Engine.States);
        Assert.Null(rig.Engine.Adaptive);
    }

    // ---- what tests say

    private EngineRig Rig(StateOptions states, RiskLimits? limits = null)
    {
        EngineRig rig = new(_strategy, limits ?? Ten, more: options => options with { States = states });
        return rig.Define().Quote(10.00m, 10.02m);
    }

    /// <summary>What the strategy asks for at the next event.</summary>
    private void Want(EngineRig rig, params (Side Side, decimal Price, decimal Quantity)[] orders)
    {
        _strategy.Book = (context, _) =>
        {
            _strategy.Book = null;
            foreach ((Side side, decimal price, decimal quantity) in orders) _ids.Add(context.Submit(ScriptedStrategy.Limit(side, price, quantity)));
        };
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 1.00m, isLast: true);
    }

    private ClientOrderId Hold(EngineRig rig, decimal quantity)
    {
        Want(rig, (Side.Buy, 9.99m, quantity));
        rig.AcceptAll();
        rig.Fill(_ids[^1], Side.Buy, 10m, quantity);
        return _ids[^1];
    }

    /// <summary>The newest order of an emergency is filled, and time passes to the next.</summary>
    private static void FillNewest(EngineRig rig)
    {
        OrderCommand order = rig.Sent[^1];
        if (rig.Engine.Orders.TryFind(order.ClientOrderId, out _))
        {
            rig.Answer(ReportKind.Accepted, order.ClientOrderId);
            rig.Fill(order.ClientOrderId, order.Side, order.Price.ToDecimal(), order.Quantity.ToDecimal());
        }
        if (!rig.Engine.NextWake.IsNone) rig.Reach(Timestamp.Max(rig.Engine.NextWake, rig.Now));
    }

    private static StateThresholds Percents(int warning, int critical, int overLimit) => new(warning * Percent, critical * Percent, overLimit * Percent);
}
