using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Tests.Engine.Loop;

/// <summary>All that the venue has, compared with all that we believe. Each begins with an accepted buy of 5 at 9.99.</summary>
public class ReconciliationTests
{
    [Fact]
    public void At_the_start_nothing_may_grow_before_the_venue_has_told_what_it_has()
    {
        using RecoveryRig rig = new(new RecoveryOptions { ReconcileAtStart = true }, isAccepted: false);
        Assert.Equal((CommandKind.Snapshot, ReasonCode.OnlyReducing, false), (rig.Question.Kind, rig.Strategy.Changes[^1].Reason, rig.Rig.Engine.IsReconciled));
        rig.Snapshot();
        Assert.True(rig.Rig.Engine.IsReconciled);
        Assert.Equal([ReconciliationStage.Asked, ReconciliationStage.Done], rig.Rig.Reconciliations.Select(reconciliation => reconciliation.Stage));
        Assert.Equal([TradingMode.ReduceOnly, TradingMode.Normal], rig.Rig.Modes.Select(mode => mode.To));
        rig.Ask(context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m)));
        Assert.Single(rig.Rig.Sent);
    }

    [Fact]
    public void What_agrees_makes_no_difference()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)]);
        Assert.Empty(rig.Rig.Differences);
        Assert.Equal((ReconciliationTrigger.Operator, 1, 0), (rig.Rig.Reconciliations[^1].Trigger, rig.Rig.Reconciliations[^1].Orders, rig.Rig.Reconciliations[^1].Differences));
    }

    [Fact]
    public void A_missed_execution_is_booked()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Lose();
        rig.Snapshot(() => rig.Fill(2m, number: 2), [Theirs(rig, OrderStatus.PartiallyFilled, 2m, 3m)], position: 2m, executionCount: 1);
        Assert.Equal((2m, OrderStatus.PartiallyFilled), (rig.Position, rig.Live.Status));
        Assert.Equal([DifferenceKind.ExecutionMissed], rig.Rig.Differences.Select(difference => difference.Kind));
        Assert.True(rig.Rig.Engine.IsReconciled);
    }

    [Fact]
    public void An_order_that_the_venue_no_longer_has_is_asked_about_by_name()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Lose();      // its end
        rig.Snapshot();
        Assert.Equal((OrderStatus.Unknown, CommandKind.Query), (rig.Live.Status, rig.Question.Kind));
        Assert.Equal(DifferenceKind.OrderGone, Assert.Single(rig.Rig.Differences).Kind);
        rig.Found(OrderStatus.Canceled, leaves: 0m);
        Assert.False(rig.IsLive);
    }

    [Fact]
    public void The_venues_word_holds_where_an_order_differs()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open, leaves: 3m, price: 9.97m)]);
        Assert.Equal((9.97m, Quantity.Units(3), OrderStatus.Open), (rig.Live.Price.ToDecimal(), rig.Live.Leaves, rig.Live.Status));
        Assert.Equal((DifferenceKind.OrderDiffers, Quantity.Units(5), Quantity.Units(3)), (rig.Rig.Differences[^1].Kind, rig.Rig.Differences[^1].Ours, rig.Rig.Differences[^1].Theirs));
    }

    [Fact]
    public void A_snapshot_that_reports_have_overtaken_does_not_bring_the_past_back()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        long asOf = rig.Number;
        VenueOrder before = Theirs(rig, OrderStatus.Open);
        rig.Fill(2m);
        rig.Snapshot(orders: [before], number: asOf);
        Assert.Equal((OrderStatus.PartiallyFilled, Quantity.Units(3), 2m), (rig.Live.Status, rig.Live.Leaves, rig.Position));
        Assert.Empty(rig.Rig.Differences);
    }

    [Fact]
    public void An_order_that_ended_while_the_answer_travelled_is_not_taken_back()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        long asOf = rig.Number;
        VenueOrder before = Theirs(rig, OrderStatus.Open);
        rig.Report(ReportKind.Canceled);
        rig.Snapshot(orders: [before], number: asOf);
        Assert.False(rig.IsLive);
        Assert.Empty(rig.Rig.Differences);
    }

    [Fact]
    public void An_order_of_ours_that_should_be_over_is_taken_back_and_canceled()
    {
        using RecoveryRig rig = new();
        VenueOrder lives = Theirs(rig, OrderStatus.Open);
        rig.Report(ReportKind.Canceled);      // a lie
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(orders: [lives]);
        Assert.Equal(DifferenceKind.OrderUnexpected, Assert.Single(rig.Rig.Differences).Kind);
        Assert.Equal((OrderStatus.PendingCancel, CommandKind.Cancel), (rig.Live.Status, rig.Rig.Sent[^1].Kind));
    }

    [Fact]
    public void An_order_of_others_is_adopted_and_counts_against_the_accounts_limits()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open), ByHand(rig)]);
        ExternalOrder adopted = Assert.Single(rig.Rig.Engine.ExternalOrders.Live);
        Assert.Equal((77UL, Quantity.Units(4)), (adopted.VenueOrderId, adopted.Leaves));
        Assert.Equal((Quantity.Units(9), Quantity.Units(5)), (rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy], rig.Rig.Engine.Orders.Exposure[0, EngineRig.Crude, Side.Buy]));
        Assert.Equal(DifferenceKind.OrderExternal, Assert.Single(rig.Rig.Differences).Kind);
        rig.Rig.Operate(OperatorAction.Kill);
        Assert.Contains(rig.Rig.Sent, command => command.Kind == CommandKind.Cancel && command.VenueOrderId == 77);
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)]);
        Assert.Empty(rig.Rig.Engine.ExternalOrders.Live);
        Assert.Equal(Quantity.Units(5), rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
    }

    [Fact]
    public void A_position_that_no_execution_explains_is_adopted_as_external()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        decimal equity = rig.Rig.Engine.Account.Equity;
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)], position: -3m);
        Assert.Equal((0m, -3m), (rig.Position, rig.Rig.Engine.Account.External.Quantity(EngineRig.Crude).ToDecimal()));
        Assert.Equal((DifferenceKind.PositionDiffers, Quantity.Zero, Quantity.Units(-3)), (rig.Rig.Differences[^1].Kind, rig.Rig.Differences[^1].Ours, rig.Rig.Differences[^1].Theirs));
        Assert.True(Math.Abs(rig.Rig.Engine.Account.Equity - equity) <= 0.03m);      // adopted at the market: half the spread
    }

    [Fact]
    public void What_makes_no_sense_in_a_snapshot_keeps_nobody_from_being_reconciled()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        VenueOrder elsewhere = ByHand(rig);
        elsewhere.Header.Instrument = new InstrumentId(99);
        VenueOrder negative = ByHand(rig) with { Leaves = new Quantity(-1) };
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open), elsewhere, negative]);
        Assert.True(rig.Rig.Engine.IsReconciled);
        Assert.Empty(rig.Rig.Engine.ExternalOrders.Live);
        Assert.Equal(2, rig.Rig.Engine.Orders.Anomalies.Malformed);
    }

    [Fact]
    public void A_doubt_that_comes_while_an_answer_travels_is_asked_about_after_it()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)]);
        Assert.Equal((2, false), (rig.Rig.Questions.Count, rig.Rig.Engine.IsReconciled));
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)]);
        Assert.True(rig.Rig.Engine.IsReconciled);
    }

    [Fact]
    public void A_position_is_not_adopted_while_an_order_may_explain_it()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Lose();
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.PartiallyFilled, 2m, 3m)], position: 2m);      // without the execution
        Assert.Equal((0m, false, CommandKind.Query), (rig.Rig.Engine.Account.External.Quantity(EngineRig.Crude).ToDecimal(), rig.Rig.Engine.IsReconciled, rig.Question.Kind));
        rig.Fill(2m, number: 2);
        rig.Found(OrderStatus.PartiallyFilled, cumulative: 2m, leaves: 3m);
        rig.Pass(1.1);
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.PartiallyFilled, 2m, 3m)], position: 2m);
        Assert.Equal((2m, true, OrderStatus.PartiallyFilled), (rig.Position, rig.Rig.Engine.IsReconciled, rig.Live.Status));
        Assert.DoesNotContain(rig.Rig.Differences, difference => difference.Kind == DifferenceKind.PositionDiffers);
    }

    [Fact]
    public void Executions_after_the_snapshot_are_no_difference_of_positions()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        long asOf = rig.Number;
        VenueOrder before = Theirs(rig, OrderStatus.Open);
        rig.Fill(2m);
        rig.Snapshot(orders: [before], number: asOf, position: 0m);
        Assert.Empty(rig.Rig.Differences);
        Assert.Equal((2m, 0m), (rig.Position, rig.Rig.Engine.Account.External.Quantity(EngineRig.Crude).ToDecimal()));
    }

    [Fact]
    public void A_snapshot_of_which_parts_are_missing_is_asked_for_again()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Snapshot(missing: 1);
        Assert.Equal((ReconciliationStage.Failed, false), (rig.Rig.Reconciliations[^1].Stage, rig.Rig.Engine.IsReconciled));
        rig.Pass(1.1);
        Assert.Equal((2, 2), (rig.Rig.Questions.Count, rig.Rig.Reconciliations[^1].Attempt));
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)]);
        Assert.True(rig.Rig.Engine.IsReconciled);
    }

    [Fact]
    public void A_snapshot_that_never_comes_is_asked_for_again_with_back_off()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Reconcile);
        rig.Pass(30);
        Assert.Equal([0, 3, 7, 13, 23], rig.Rig.Questions.Select(question => Math.Round((question.Header.EventTime - rig.Rig.Questions[0].Header.EventTime).Nanos / 1e9)));
    }

    [Fact]
    public void A_lost_connection_leaves_open_requests_in_doubt_and_everything_reduce_only()
    {
        using RecoveryRig rig = new();
        rig.Ask(context => context.Cancel(rig.Order));
        rig.Connect(false);
        Assert.Equal((OrderStatus.Unknown, ReasonCode.Disconnected, false), (rig.Live.Status, rig.Live.DoubtReason, rig.Rig.Engine.IsReconciled));
        rig.Pass(3);
        Assert.Empty(rig.Rig.Questions);      // nobody would hear them
        rig.Connect(true);
        Assert.Equal([CommandKind.Query, CommandKind.Snapshot], rig.Rig.Questions.Select(question => question.Kind));
        Assert.Equal(ReconciliationTrigger.Reconnect, rig.Rig.Reconciliations[^1].Trigger);
    }

    [Fact]
    public void A_gap_in_the_venues_numbers_leads_to_a_reconciliation_unless_it_closes()
    {
        using RecoveryRig rig = new();
        rig.Fill(1m, number: 3);
        rig.Fill(1m, number: 2);      // only overtaken
        rig.Pass(2);
        Assert.Empty(rig.Rig.Questions);
        rig.Fill(1m, number: 5);
        rig.Pass(1.1);
        Assert.Equal((CommandKind.Snapshot, AnomalyKind.ReportLost), (rig.Question.Kind, rig.Rig.Anomalies[^1].Kind));
        rig.Snapshot(() => rig.Fill(1m, number: 4), [Theirs(rig, OrderStatus.PartiallyFilled, 4m, 1m)], position: 4m, number: 5, executionCount: 1);
        Assert.Equal((4m, true), (rig.Position, rig.Rig.Engine.IsReconciled));
        rig.Pass(10);
        Assert.Single(rig.Rig.Questions);
    }

    [Fact]
    public void By_the_clock_the_venue_is_asked_while_everybody_goes_on_trading()
    {
        using RecoveryRig rig = new(new RecoveryOptions { ReconcileEvery = Duration.FromMilliseconds(30_000) });
        rig.Pass(31);
        Assert.Equal((CommandKind.Snapshot, true), (rig.Question.Kind, rig.Rig.Engine.IsReconciled));
        rig.Snapshot(orders: [Theirs(rig, OrderStatus.Open)]);
        rig.Pass(30);
        Assert.Equal(2, rig.Rig.Questions.Count);
        Assert.True(rig.Question.Since > rig.Rig.Questions[0].Since);      // what was told is not asked for again
    }

    private static VenueOrder Theirs(RecoveryRig rig, OrderStatus status, decimal cumulative = 0m, decimal leaves = 5m, decimal price = 9.99m) =>
        rig.AVenueOrder(status, cumulative, leaves, price, request: 0, rig.Rig.Now, number: 0);

    private static VenueOrder ByHand(RecoveryRig rig) =>
        rig.AVenueOrder(OrderStatus.Open, 0m, 4m, 9.90m, request: 0, rig.Rig.Now, number: 0, order: ClientOrderId.None, venueOrder: 77);
}
