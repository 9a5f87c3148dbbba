using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>What becomes of an order whose venue does not answer, contradicts itself or answers late. Each begins with a buy of 5 at 9.99 that was sent.</summary>
public class OrderRecoveryTests
{
    [Fact]
    public void An_order_that_is_not_answered_in_time_is_unknown_and_asked_about()
    {
        using RecoveryRig rig = new(isAccepted: false);
        rig.Pass(9.9);
        Assert.Equal((OrderStatus.PendingNew, 0), (rig.Live.Status, rig.Rig.Questions.Count));
        rig.Pass(0.2);
        Assert.Equal((OrderStatus.Unknown, ReasonCode.Unanswered), (rig.Live.Status, rig.Live.DoubtReason));
        Assert.Equal((CommandKind.Query, rig.Order), (rig.Question.Kind, rig.Question.ClientOrderId));
        Assert.Equal((AnomalyKind.OrderStuck, 1L), (rig.Rig.Anomalies[^1].Kind, rig.Rig.Engine.Orders.Anomalies.Stuck));
        Assert.Equal((OrderStatus.PendingNew, OrderStatus.Unknown, ReasonCode.Unanswered), (rig.Strategy.Changes[^1].From, rig.Strategy.Changes[^1].To, rig.Strategy.Changes[^1].Reason));
        Assert.Equal((1, Quantity.Units(5)), (rig.Rig.Engine.Orders.UnknownCount, rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]));
    }

    [Fact]
    public void The_venues_word_settles_it()
    {
        using RecoveryRig rig = new(isAccepted: false);
        rig.Pass(11);
        rig.Lose();      // the acknowledgement
        rig.Found(OrderStatus.Open);
        Assert.Equal((OrderStatus.Open, 0), (rig.Live.Status, rig.Rig.Engine.Orders.UnknownCount));
        Assert.Equal((OrderStatus.Unknown, OrderStatus.Open, ReasonCode.Settled), (rig.Strategy.Changes[^1].From, rig.Strategy.Changes[^1].To, rig.Strategy.Changes[^1].Reason));
    }

    [Fact]
    public void An_order_that_the_venue_does_not_know_has_failed_once_it_can_no_longer_arrive()
    {
        using RecoveryRig rig = new(isAccepted: false);
        Timestamp sent = rig.Rig.Sent[0].Header.EventTime;
        Assert.Equal(sent + new RecoveryOptions().CommandLifetime, rig.Rig.Sent[0].ValidUntil);
        rig.Pass(11);
        rig.Found(OrderStatus.None, leaves: 0m, at: rig.Rig.Sent[0].ValidUntil);      // as of a moment at which it may still be on its way
        Assert.Equal(OrderStatus.Unknown, rig.Live.Status);
        rig.Pass(1.1);                                                                  // the back-off
        Assert.Equal(2, rig.Rig.Questions.Count);
        rig.Found(OrderStatus.None, leaves: 0m, at: rig.Rig.Sent[0].ValidUntil + new Duration(1));
        Assert.False(rig.IsLive);
        Assert.Equal((OrderStatus.Unknown, OrderStatus.Failed), (rig.Strategy.Changes[^1].From, rig.Strategy.Changes[^1].To));
        Assert.Equal(Quantity.Zero, rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
    }

    [Theory]
    [InlineData(OrderStatus.Canceled, OrderStatus.Canceled)]
    [InlineData(OrderStatus.Expired, OrderStatus.Expired)]
    [InlineData(OrderStatus.Rejected, OrderStatus.Rejected)]
    public void An_end_that_nobody_told_is_found(OrderStatus found, OrderStatus expected)
    {
        using RecoveryRig rig = new(isAccepted: false);
        rig.Pass(11);
        rig.Found(found, leaves: 0m);
        Assert.Equal((false, expected), (rig.IsLive, rig.Strategy.Changes[^1].To));
    }

    [Fact]
    public void A_cancel_that_was_lost_leaves_the_order_as_it_was()
    {
        using RecoveryRig rig = new();
        rig.Ask(context => context.Cancel(rig.Order));
        rig.Pass(5.1);
        Assert.Equal((OrderStatus.Unknown, CommandKind.Query), (rig.Live.Status, rig.Question.Kind));
        rig.Found(OrderStatus.Open, at: rig.Rig.Now);
        Assert.Equal(OrderStatus.Open, rig.Live.Status);
    }

    [Fact]
    public void A_cancel_that_may_still_arrive_is_not_held_for_lost()
    {
        using RecoveryRig rig = new();
        rig.Ask(context => context.Cancel(rig.Order));
        Timestamp until = rig.Rig.Sent[^1].ValidUntil;
        rig.Pass(5.1);
        rig.Found(OrderStatus.Open, at: until);
        Assert.Equal(OrderStatus.Unknown, rig.Live.Status);
    }

    [Fact]
    public void A_replacement_whose_answer_was_lost_is_seen_in_the_order_that_is_found()
    {
        using RecoveryRig rig = new();
        rig.Ask(context => context.Replace(rig.Order, Price.From(9.98m), Quantity.Units(8)));
        rig.Pass(5.1);
        rig.Lose();
        rig.Found(OrderStatus.Open, leaves: 8m, price: 9.98m);
        Assert.Equal((OrderStatus.Open, 9.98m, Quantity.Units(8)), (rig.Live.Status, rig.Live.Price.ToDecimal(), rig.Live.Quantity));
        Assert.Equal(Quantity.Units(8), rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
    }

    [Fact]
    public void An_answer_that_knows_of_executions_that_did_not_come_settles_nothing()
    {
        using RecoveryRig rig = new(isAccepted: false);
        rig.Pass(11);
        rig.Found(OrderStatus.PartiallyFilled, cumulative: 2m, leaves: 3m);
        Assert.Equal(OrderStatus.Unknown, rig.Live.Status);
        rig.Pass(1.1);
        rig.Fill(2m);
        rig.Found(OrderStatus.PartiallyFilled, cumulative: 2m, leaves: 3m);
        Assert.Equal((OrderStatus.PartiallyFilled, 2m), (rig.Live.Status, rig.Position));
    }

    [Fact]
    public void An_answer_that_a_newer_report_has_overtaken_is_old_news()
    {
        using RecoveryRig rig = new(isAccepted: false);
        rig.Pass(11);
        rig.Lose();
        rig.Report(ReportKind.Accepted);      // number 2
        rig.Found(OrderStatus.None, leaves: 0m, number: 1);
        Assert.True(rig.IsLive);
    }

    [Fact]
    public void Questions_are_asked_again_ever_more_rarely_and_then_a_reconciliation_helps()
    {
        using RecoveryRig rig = new(new RecoveryOptions { QueryAttempts = 3 }, isAccepted: false);
        rig.Pass(10.1);
        List<double> times = [.. rig.Rig.Questions.Select(question => Seconds(question, rig))];
        rig.Pass(100);
        OrderCommand[] queries = [.. rig.Rig.Questions.Where(question => question.Kind == CommandKind.Query)];
        Assert.Equal([10, 13, 17, 23, 33, 51, 85], queries.Select(question => Math.Round(Seconds(question, rig))));      // two seconds without an answer, then one and two of waiting
        Assert.Contains(rig.Rig.Anomalies, anomaly => anomaly.Kind == AnomalyKind.OrderUnsettled);
        Assert.Equal(OrderStatus.Unknown, rig.Live.Status);
        Assert.Contains(rig.Rig.Questions, question => question.Kind == CommandKind.Snapshot);      // what is left to the reconciliation
        Assert.Single(rig.Rig.Anomalies, anomaly => anomaly.Kind == AnomalyKind.OrderUnsettled);
        Assert.Single(times);
    }

    [Fact]
    public void A_late_rejection_of_an_order_that_the_venue_has_accepted_is_not_believed()
    {
        using RecoveryRig rig = new();
        rig.Report(ReportKind.Rejected);
        Assert.Equal((OrderStatus.Unknown, AnomalyKind.Illegal), (rig.Live.Status, rig.Rig.Anomalies[^1].Kind));
        rig.Wake();
        rig.Found(OrderStatus.Open);
        Assert.Equal(OrderStatus.Open, rig.Live.Status);
    }

    [Fact]
    public void A_second_submission_of_one_name_that_the_venue_rejects_ends_nothing()
    {
        using RecoveryRig rig = new(isAccepted: false);
        rig.Report(ReportKind.Rejected, ReasonCode.DuplicateOrder, number: 2);      // the acknowledgement, number 1, is late
        Assert.Equal(OrderStatus.Unknown, rig.Live.Status);
    }

    [Fact]
    public void An_end_waits_for_the_executions_that_it_speaks_of()
    {
        using RecoveryRig rig = new();
        rig.Report(ReportKind.Canceled, cumulative: 2m, number: 3);      // the fill, number 2, is late
        Assert.Equal((OrderStatus.Unknown, Quantity.Units(5)), (rig.Live.Status, rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]));
        rig.Fill(2m, number: 2);
        Assert.Equal((false, OrderStatus.CanceledAfterPartialFill, 2m), (rig.IsLive, rig.Strategy.Changes[^1].To, rig.Position));
        Assert.Equal(0, rig.Rig.Engine.Orders.UnknownCount);
    }

    [Fact]
    public void An_older_word_changes_nothing()
    {
        using RecoveryRig rig = new();
        rig.Ask(context => context.Cancel(rig.Order));
        rig.Report(ReportKind.CancelRejected, ReasonCode.MarketClosed, number: 5);
        rig.Ask(context => context.Cancel(rig.Order));
        rig.Report(ReportKind.CancelRejected, ReasonCode.MarketClosed, number: 4);
        Assert.Equal((OrderStatus.PendingCancel, 1L), (rig.Live.Status, rig.Rig.Engine.Orders.Anomalies.Late));
    }

    [Fact]
    public void An_execution_after_the_end_moves_the_position_and_the_strategy_may_only_reduce()
    {
        using RecoveryRig rig = new();
        rig.Report(ReportKind.Canceled);
        rig.Fill(2m);
        Assert.Equal((2m, AnomalyKind.FilledAfterClose), (rig.Position, rig.Rig.Anomalies[^1].Kind));
        Assert.Equal((TradingMode.ReduceOnly, AnomalyKind.FilledAfterClose), (rig.Rig.Engine.Modes.Of(0), rig.Rig.Modes[^1].Anomaly));
        int sent = rig.Rig.Sent.Count;
        rig.Ask(context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m, 1m)));
        Assert.Equal((sent, ReasonCode.OnlyReducing), (rig.Rig.Sent.Count, rig.Strategy.Changes[^1].Reason));
        rig.Ask(context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m, 2m)));
        Assert.Equal(sent + 1, rig.Rig.Sent.Count);
        rig.Ask(context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.06m, 1m)));      // with the other it would be too much
        Assert.Equal((sent + 1, ReasonCode.OnlyReducing), (rig.Rig.Sent.Count, rig.Strategy.Changes[^1].Reason));
        rig.Rig.Operate(OperatorAction.Resume);
        rig.Ask(context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m, 1m)));
        Assert.Equal((sent + 2, TradingMode.Normal), (rig.Rig.Sent.Count, rig.Rig.Engine.Modes.Of(0)));
    }

    [Fact]
    public void An_order_that_is_over_and_lives_at_the_venue_is_taken_back_and_canceled()
    {
        using RecoveryRig rig = new();
        rig.Report(ReportKind.Canceled);       // a lie
        rig.Fill(1m);
        Assert.Equal((CommandKind.Query, rig.Order), (rig.Question.Kind, rig.Question.ClientOrderId));
        rig.Found(OrderStatus.PartiallyFilled, cumulative: 1m, leaves: 4m);
        Assert.Equal((OrderStatus.PendingCancel, Quantity.Units(4)), (rig.Live.Status, rig.Live.Leaves));
        Assert.Equal((CommandKind.Cancel, rig.Order), (rig.Rig.Sent[^1].Kind, rig.Rig.Sent[^1].ClientOrderId));
        Assert.Equal(Quantity.Units(4), rig.Rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
        rig.Report(ReportKind.Canceled, cumulative: 1m);
        Assert.False(rig.IsLive);
    }

    [Fact]
    public void After_the_kill_switch_a_cancel_that_the_venue_does_not_do_is_sent_again()
    {
        using RecoveryRig rig = new();
        rig.Rig.Operate(OperatorAction.Kill);
        rig.Report(ReportKind.CancelRejected, ReasonCode.RateLimited);
        Assert.Equal(1, rig.Rig.Sent.Count(command => command.Kind == CommandKind.Cancel));
        rig.Pass(1.1);
        Assert.Equal(2, rig.Rig.Sent.Count(command => command.Kind == CommandKind.Cancel));
        rig.Pass(5.1);                                    // not answered
        rig.Found(OrderStatus.Open);                      // it was lost
        rig.Pass(0.1);
        Assert.Equal(3, rig.Rig.Sent.Count(command => command.Kind == CommandKind.Cancel));
    }

    [Fact]
    public void A_bust_moves_the_position_back_and_counts_once()
    {
        using RecoveryRig rig = new();
        rig.Fill(5m, execution: 7);
        decimal realized = rig.Rig.Engine.Account.Realized;
        for (int i = 0; i < 2; i++) Change(rig, id: 8, original: 7, 5m, 0m);
        Assert.Equal((0m, realized, 1L), (rig.Position, rig.Rig.Engine.Account.Realized, rig.Rig.Engine.Orders.Anomalies.Busted));
        Assert.Equal((AnomalyKind.Busted, new ExecutionId(0, 7)), (rig.Rig.Anomalies[^1].Kind, rig.Rig.Anomalies[^1].ExecutionId));
        rig.Fill(5m, execution: 7);       // repeated
        Assert.Equal(0m, rig.Position);
    }

    [Fact]
    public void A_bust_that_overtakes_its_execution_leaves_nothing_of_it()
    {
        using RecoveryRig rig = new();
        Change(rig, id: 8, original: 7, 5m, 0m);
        rig.Fill(5m, execution: 7);
        Assert.Equal(0m, rig.Position);
    }

    [Fact]
    public void A_correction_puts_what_is_right_in_the_place_of_what_was_wrong()
    {
        using RecoveryRig rig = new();
        rig.Fill(5m, execution: 7);
        Change(rig, id: 8, original: 7, 5m, 3m);
        Assert.Equal((3m, 1L), (rig.Position, rig.Rig.Engine.Orders.Anomalies.Corrected));
    }

    [Fact]
    public void Executions_and_what_changes_them_come_to_the_same_in_any_order()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            using RecoveryRig rig = new();
            int[] order = [.. Enumerable.Range(0, 4)];
            random.Shuffle(order);
            foreach (int message in order)
            {
                for (int times = random.Next(1, 3); times > 0; times--)
                {
                    if (message == 0) rig.Fill(2m, execution: 7);
                    else if (message == 1) Change(rig, id: 8, original: 7, 2m, 3m);
                    else if (message == 2) Change(rig, id: 9, original: 8, 3m, 1m);
                    else rig.Fill(1m, execution: 6);
                }
            }
            Assert.True(rig.Position == 2m, $"seed {seed}: {rig.Position}");                       // 1 as corrected twice, and 1
            Assert.True(rig.Live.Cumulative == Quantity.Units(3), $"seed {seed}: {rig.Live.Cumulative}");      // as it was filled
        }
    }

    [Fact]
    public void A_correction_is_told_when_both_of_its_sides_are_booked()
    {
        using RecoveryRig rig = new();
        rig.Fill(4m, execution: 7);
        List<decimal> seen = [];
        rig.Strategy.Fill = (context, _) => seen.Add(context.Position(EngineRig.Crude).ToDecimal());
        Change(rig, id: 8, original: 7, 4m, 3m);
        Assert.Equal([3m, 3m], seen);
    }

    [Fact]
    public void An_unknown_order_that_was_asked_to_end_is_not_asked_for_ever()
    {
        using RecoveryRig rig = new(limits: new RiskLimits { SelfMatch = SelfMatch.CancelResting });
        rig.Ask(context => context.Cancel(rig.Order));
        rig.Pass(5.1);
        rig.Ask(context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 9.99m, 1m) with { PostOnly = false }));      // through our own bid
        Assert.Equal((OrderStatus.Unknown, Side.Sell), (rig.Live.Status, rig.Rig.Sent[^1].Side));
    }

    [Fact]
    public void While_only_reductions_leave_a_live_order_may_become_smaller()
    {
        using RecoveryRig rig = new();
        rig.Connect(false);
        rig.Ask(context => context.Replace(rig.Order, Price.From(9.99m), Quantity.Units(3)));
        Assert.Equal(CommandKind.Replace, rig.Rig.Sent[^1].Kind);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void A_quantity_that_makes_no_sense_changes_nothing(long leaves)
    {
        using RecoveryRig rig = new(isAccepted: false);
        OrderReport report = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, EngineRig.VenueNumber, EngineRig.Crude, rig.Rig.Now, rig.Rig.Now),
            ClientOrderId = rig.Order,
            Kind = ReportKind.Accepted,
            Leaves = new Quantity(leaves),
            LastPrice = Price.None,
            QueueAhead = Quantity.None,
        };
        rig.Rig.Step(in report);
        Assert.Equal((OrderStatus.PendingNew, 1L), (rig.Live.Status, rig.Rig.Engine.Orders.Anomalies.Malformed));
    }

    [Fact]
    public void Requests_that_are_answered_want_no_waking()
    {
        using RecoveryRig rig = new();
        Assert.True(rig.Rig.Engine.NextWake.IsNone);
        rig.Ask(context => context.Cancel(rig.Order));
        Assert.False(rig.Rig.Engine.NextWake.IsNone);
        rig.Report(ReportKind.Canceled);
        Assert.True(rig.Rig.Engine.NextWake.IsNone);
    }

    private static void Change(RecoveryRig rig, ulong id, ulong original, decimal old, decimal now)
    {
        ExecutionChanged change = new()
        {
            Header = MessageHeader.Create<ExecutionChanged>(MessageType.ExecutionChanged, EngineRig.VenueNumber, EngineRig.Crude, rig.Rig.Now, rig.Rig.Now),
            ClientOrderId = rig.Order,
            ExecutionId = new ExecutionId(0, id),
            Original = new ExecutionId(0, original),
            OldPrice = Price.From(9.99m),
            OldQuantity = Quantity.From(old),
            NewPrice = now == 0m ? Price.None : Price.From(9.99m),
            NewQuantity = Quantity.From(now),
            Side = Side.Buy,
        };
        rig.Rig.Step(in change);
    }

    private static double Seconds(OrderCommand question, RecoveryRig rig) => (question.Header.EventTime.Nanos - rig.Rig.Sent[0].Header.EventTime.Nanos) / 1e9;
}
