using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>The strategy contract, sentence by sentence.</summary>
public class StrategySessionTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void Starts_before_the_first_input_is_applied_and_stops_after_the_last()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Start = context =>
        {
            Assert.Equal(0, context.InstrumentCount);
            Assert.Equal(new Timestamp(1_001_000_000), context.Clock);
        };
        rig.Define().Quote(10.00m, 10.02m);
        rig.Engine.Stop();
        rig.Engine.Stop();
        Assert.Equal(["OnStart", "OnBook", "OnStop"], _strategy.Calls);
    }

    [Fact]
    public void The_book_is_shown_once_per_venue_event_and_instrument()
    {
        using EngineRig rig = new(_strategy);
        InstrumentId other = new(1);
        List<int> seen = [];
        _strategy.Book = (_, book) => seen.Add(book.Instrument.Index);
        rig.Define().Define(other).Quote(10.00m, 10.02m);      // three messages, one event
        rig.Quote(5m, 6m, other);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 9.99m, isLast: false);
        rig.Tape(other, BookAction.Add, Side.Buy, 4m, isLast: true);
        rig.Tape(EngineRig.Crude, BookAction.Trade, Side.Buy, 9.99m, isLast: true);
        Assert.Equal([0, 1, 1, 0], seen);
    }

    [Fact]
    public void Wants_take_effect_after_the_callback_and_the_id_is_there_at_once()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) =>
        {
            ClientOrderId id = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            Assert.Equal(1ul, id.Sequence);
            Assert.False(context.TryOrder(id, out WorkingOrder _));
            Assert.Empty(rig.Commands);
            _strategy.Book = (later, _) =>
            {
                Assert.True(later.TryOrder(id, out WorkingOrder order));
                Assert.Equal(OrderStatus.PendingNew, order.Status);
                Assert.True(later.TryWorking(EngineRig.Crude, Side.Buy, out WorkingOrder _));
                Assert.False(later.TryWorking(EngineRig.Crude, Side.Sell, out WorkingOrder _));
            };
        };
        rig.Define().Quote(10.00m, 10.02m).Quote(10.00m, 10.02m);
        Assert.Null(Failure(rig));
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void What_was_approved_is_sent_before_the_step_returns()
    {
        using EngineRig rig = new(_strategy);
        ClientOrderId id = default;
        _strategy.Book = (context, _) => id = context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.03m, 2m) with { UserTag = 42 });
        rig.Define().Quote(10.00m, 10.02m);

        OrderCommand sent = Assert.Single(rig.Sent);
        Assert.Equal(CommandKind.Submit, sent.Kind);
        Assert.Equal(id, sent.ClientOrderId);
        Assert.Equal(1, sent.Approval);
        Assert.Equal(rig.Now, sent.Header.EventTime);
        Assert.Equal((Side.Sell, Price.From(10.03m), Quantity.Units(2), 42ul), (sent.Side, sent.Price, sent.Quantity, sent.UserTag));
        Assert.Equal((OrderType.Limit, TimeInForce.GoodTillCancel, true), (sent.Type, sent.TimeInForce, sent.IsPostOnly));
        Assert.Equal(OrderStatus.PendingNew, Assert.Single(rig.Changes).To);
        Assert.Empty(_strategy.Changes);      // not told what it has just asked for
    }

    [Fact]
    public void A_refusal_comes_back_in_a_following_round_of_the_same_input()
    {
        using EngineRig rig = new(_strategy, new RiskLimits { PositionMax = Quantity.Units(1) });
        _strategy.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 2m));
        _strategy.Order = (context, change) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 1m));
        rig.Define().Quote(10.00m, 10.02m);

        OrderEvent refused = Assert.Single(_strategy.Changes);
        Assert.Equal((OrderStatus.Refused, ReasonCode.PositionLimit), (refused.To, refused.Reason));
        Assert.Equal((Quantity.Units(1).Nanos, Quantity.Units(2).Nanos), (refused.Limit, refused.Found));
        Assert.Equal(Quantity.Units(1), Assert.Single(rig.Sent).Quantity);
        Assert.Equal(refused.Output.Cause, rig.Sent[0].Output.Cause);
        Assert.Equal(1, rig.Engine.Summarize().RefusedCount);
    }

    [Fact]
    public void More_than_64_rounds_for_one_input_halt_the_strategy()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 0m));
        _strategy.Order = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 0m));
        rig.Define().Quote(10.00m, 10.02m).Quote(10.00m, 10.02m);
        Assert.Equal(64, _strategy.Changes.Count);
        Assert.Contains("64 rounds", Failure(rig)!.Message);
    }

    [Fact]
    public void Sixty_four_rounds_are_allowed()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 0m));
        _strategy.Order = (context, _) =>
        {
            if (_strategy.Changes.Count < 64) context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 0m));
        };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal(64, _strategy.Changes.Count);
        Assert.Null(Failure(rig));
    }

    [Fact]
    public void An_exception_halts_the_strategy_drops_its_wants_and_cancels_its_orders()
    {
        using EngineRig rig = new(_strategy);
        ClientOrderId order = default;
        _strategy.Book = (context, _) => order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        rig.Define().Quote(10.00m, 10.02m);
        _strategy.Book = (context, _) =>
        {
            context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m));
            throw new InvalidOperationException("no idea");
        };
        rig.Quote(10.00m, 10.02m);

        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        Assert.Equal(order, rig.Sent[1].ClientOrderId);
        StrategyFailure failure = Failure(rig)!;
        Assert.Equal("InvalidOperationException: no idea", failure.Message);
        Assert.Equal((StrategyCallback.OnBook, rig.Engine.InputCount, rig.Now), (failure.Callback, failure.Input, failure.Time));
        Assert.Equal((MessageType.MarketByOrder, EngineRig.Crude), (failure.InputType, failure.Instrument));
        Assert.Contains(nameof(StrategySessionTests), failure.Details);

        int calls = _strategy.Calls.Count;
        rig.Fill(order, Side.Buy, 9.99m, 1m).Quote(10.00m, 10.02m);
        rig.Engine.Stop();
        Assert.Equal(calls, _strategy.Calls.Count);      // never called again,
        Assert.Equal(Quantity.Units(1), rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude));      // but its money goes on being counted
    }

    [Fact]
    public void A_broken_law_of_ours_is_not_the_strategys_failure()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (_, _) => Invariant.Require(false, "one and one are two");
        rig.Define();
        Assert.Throws<InvariantException>(() => rig.Quote(10.00m, 10.02m));
    }

    [Fact]
    public void Asking_for_an_instrument_that_is_not_defined_halts_the_strategy_and_not_the_engine()
    {
        foreach (InstrumentId unknown in new[] { InstrumentId.None, new InstrumentId(5), new InstrumentId(int.MaxValue) })
            foreach (Action<StrategyContext> ask in new Action<StrategyContext>[] { context => context.Instrument(unknown), context => context.Book(unknown) })
            {
                ScriptedStrategy strategy = new() { Book = (context, _) => ask(context) };
                using EngineRig rig = new(strategy);
                rig.Define().Quote(10.00m, 10.02m);
                Assert.Contains(nameof(ArgumentOutOfRangeException), Failure(rig)!.Message);
            }
    }

    [Fact]
    public void A_cancel_of_what_is_not_live_comes_back_with_its_reason()
    {
        using EngineRig rig = new(_strategy);
        ClientOrderId order = default;
        _strategy.Book = (context, _) => order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        rig.Define().Quote(10.00m, 10.02m);
        _strategy.Book = (context, _) => { context.Cancel(order); context.Cancel(new ClientOrderId(1, 1)); };
        rig.Fill(order, Side.Buy, 9.99m, 1m).Quote(10.00m, 10.02m);
        Assert.Equal([ReasonCode.None, ReasonCode.TooLate, ReasonCode.UnknownOrder], _strategy.Changes.Select(change => change.Reason));
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void A_cancel_leaves_once_however_often_it_is_asked_for()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) =>
        {
            ClientOrderId order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.Cancel(order);
            context.Cancel(order);
        };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        Assert.Equal([OrderStatus.PendingNew, OrderStatus.PendingCancel], rig.Changes.Select(change => change.To));
    }

    [Fact]
    public void A_fill_is_told_before_the_change_of_status_and_after_the_position_moved()
    {
        using EngineRig rig = new(_strategy);
        ClientOrderId order = default;
        _strategy.Book = (context, _) => order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 2m));
        rig.Define().Quote(10.00m, 10.02m);
        _strategy.Fill = (context, fill) =>
        {
            Assert.Equal(Quantity.Units(2), context.Position(EngineRig.Crude));
            Assert.Equal(Quantity.Units(2), fill.Position);
            Assert.False(context.TryOrder(order, out _));
        };
        rig.Fill(order, Side.Buy, 9.99m, 2m);
        Assert.Equal(["OnFill", "OnOrder"], _strategy.Calls[^2..]);
        Assert.Null(Failure(rig));
    }

    [Fact]
    public void An_intent_is_refused_while_a_ladder_stands_and_until_its_quotes_are_gone()
    {
        using EngineRig rig = new(_strategy);
        QuoteLadder ladder = new QuoteLadder().Add(Side.Buy, 1, Quantity.Units(1));
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => { context.Quote(EngineRig.Crude, ladder); context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m)); });
        OrderEvent refused = Assert.Single(_strategy.Changes);
        Assert.Equal((OrderStatus.Refused, ReasonCode.OtherWantsStand, Side.Sell), (refused.To, refused.Reason, refused.Side));
        rig.AcceptAll();
        Ask(rig, context => { context.WithdrawQuotes(EngineRig.Crude); context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m)); });
        Assert.Equal(ReasonCode.OtherWantsStand, _strategy.Changes[^1].Reason);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m)));
        Assert.Equal([(CommandKind.Submit, Side.Buy), (CommandKind.Cancel, Side.Buy), (CommandKind.Submit, Side.Sell)], rig.Sent.Select(command => (command.Kind, command.Side)));
    }

    [Fact]
    public void A_ladder_is_refused_while_an_intents_order_lives_and_other_instruments_do_not_matter()
    {
        using EngineRig rig = new(_strategy);
        InstrumentId other = new(1);
        QuoteLadder ladder = new QuoteLadder().Add(Side.Sell, 1, Quantity.Units(1));
        rig.Define().Define(other).Quote(10.00m, 10.02m).Quote(10.00m, 10.02m, other);
        ClientOrderId order = default;
        Ask(rig, context => { order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)); context.Quote(EngineRig.Crude, ladder); context.Quote(other, ladder); });
        OrderEvent refused = Assert.Single(_strategy.Changes);
        Assert.Equal((ReasonCode.OtherWantsStand, EngineRig.Crude, true), (refused.Reason, refused.Header.Instrument, refused.ClientOrderId.IsNone));
        Assert.Equal([(EngineRig.Crude, Side.Buy), (other, Side.Sell)], rig.Sent.Select(command => (command.Header.Instrument, command.Side)));
        rig.Answer(ReportKind.Canceled, order);
        Ask(rig, context => context.Quote(EngineRig.Crude, ladder));
        Assert.Equal((EngineRig.Crude, Side.Sell), (rig.Sent[^1].Header.Instrument, rig.Sent[^1].Side));
    }

    [Fact]
    public void A_ladders_order_cannot_be_replaced_by_hand()
    {
        using EngineRig rig = new(_strategy);
        QuoteLadder ladder = new QuoteLadder().Add(Side.Buy, 1, Quantity.Units(1));
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => context.Quote(EngineRig.Crude, ladder));
        rig.AcceptAll();
        Ask(rig, context => context.Replace(rig.Sent[0].ClientOrderId, Price.From(9.00m), Quantity.Units(1)));
        Assert.Equal(ReasonCode.OtherWantsStand, _strategy.Changes[^1].Reason);
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void What_is_handed_over_is_a_copy_and_the_last_one_of_a_callback_stands()
    {
        using EngineRig rig = new(_strategy);
        QuoteLadder ladder = new();
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context =>
        {
            context.Quote(EngineRig.Crude, ladder.Add(Side.Buy, 5, Quantity.Units(1)));
            context.Quote(EngineRig.Crude, ladder.Clear().Add(Side.Buy, 1, Quantity.Units(1)));
            ladder.Clear();
        });
        Assert.Equal(10.00m, Assert.Single(rig.Sent).Price.ToDecimal());
    }

    [Fact]
    public void A_failure_pulls_the_ladders_too()
    {
        using EngineRig rig = new(_strategy);
        QuoteLadder ladder = new QuoteLadder().Add(Side.Buy, 1, Quantity.Units(1));
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => context.Quote(EngineRig.Crude, ladder));
        rig.AcceptAll();
        Ask(rig, _ => throw new InvalidOperationException("no idea"));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId).Quote(10.05m, 10.07m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
    }

    [Fact]
    public void A_timer_comes_once_at_its_time_and_one_for_the_past_with_the_next_input()
    {
        using EngineRig rig = new(_strategy);
        List<TimerEvent> seen = [];
        _strategy.Timer = (_, timer) => seen.Add(timer);
        rig.Define();
        Timestamp due = rig.Now + Duration.FromMilliseconds(50), past = new(5);
        Ask(rig, context => { context.SetTimer(due, tag: 8); context.SetTimer(past, tag: 9); });
        Assert.Equal(past, rig.Engine.NextWake);
        rig.Reach(rig.Now);
        Assert.Equal(due, rig.Engine.NextWake);
        rig.Reach(due).Reach(due);
        Assert.Equal([new TimerEvent(9, past, 0), new TimerEvent(8, due, 0)], seen);
        Assert.True(rig.Engine.NextWake.IsNone);
    }

    [Fact]
    public void A_periodic_timer_begins_one_period_from_now_and_counts_what_it_missed()
    {
        using EngineRig rig = new(_strategy);
        List<TimerEvent> seen = [];
        _strategy.Timer = (_, timer) => seen.Add(timer);
        rig.Define();
        Ask(rig, context => context.SetPeriodicTimer(new Duration(100), tag: 3));
        Timestamp set = rig.Now;
        Assert.Equal(set + new Duration(100), rig.Engine.NextWake);
        rig.Reach(set + new Duration(100)).Reach(set + new Duration(450));
        Assert.Equal([new TimerEvent(3, set + new Duration(100), 0), new TimerEvent(3, set + new Duration(200), 2)], seen);
        Ask(rig, context => context.ClearTimers(3));
        Assert.True(rig.Engine.NextWake.IsNone);
        Ask(rig, context => context.SetPeriodicTimer(Duration.Zero, tag: 3));
        Assert.Contains(nameof(ArgumentOutOfRangeException), Failure(rig)!.Message);
    }

    [Fact]
    public void A_timer_set_at_the_start_counts_from_the_first_time_that_is_stated()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Start = context => context.SetPeriodicTimer(Duration.FromMilliseconds(1_000), tag: 1);
        InstrumentDefinition assumed = new() { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, Timestamp.None, Timestamp.None) };
        rig.Step(in assumed);
        Assert.True(rig.Engine.NextWake.IsNone);
        Assert.Empty(_strategy.Calls);
        rig.Define();
        Assert.Equal(rig.Now + Duration.FromMilliseconds(1_000), rig.Engine.NextWake);
    }

    [Fact]
    public void What_is_wanted_at_the_start_does_not_wait_for_the_end_of_the_first_event()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Start = context =>
        {
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.SetTimer(context.Clock + new Duration(1), tag: 1);
        };
        InstrumentDefinition assumed = new()
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, Timestamp.None, Timestamp.None),
            Tick = Price.From(0.01m),
            Lot = Quantity.Units(1),
            MultiplierNanos = Price.Scale,
        };
        rig.Step(in assumed);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 9.98m, isLast: false);
        Assert.Equal(CommandKind.Submit, Assert.Single(rig.Sent).Kind);
        Assert.Equal(rig.Now + new Duration(1), rig.Engine.NextWake);
    }

    [Fact]
    public void From_a_kill_on_nothing_but_cancels_leaves_not_even_in_the_same_input()
    {
        AttentiveStrategy killer = new(), other = new();
        using EngineRig rig = new([new NamedStrategy("killer", killer), new NamedStrategy("other", other)]);
        rig.Define().Quote(10.00m, 10.02m);
        other.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.97m));
        rig.Quote(10.01m, 10.03m).AcceptAll();
        killer.Quote = (context, _) =>
        {
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.Kill();
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m));
        };
        rig.Sent.Clear();
        rig.Quote(10.00m, 10.02m);

        Assert.True(rig.Engine.KillSwitch.IsOn);
        Assert.Equal([(CommandKind.Submit, 0), (CommandKind.Cancel, 0), (CommandKind.Cancel, 1)], rig.Sent.Select(command => (command.Kind, (int)command.Output.Strategy)));
        Assert.Equal(ReasonCode.KillSwitch, Assert.Single(killer.Changes).Reason);
        Assert.Equal(ReasonCode.KillSwitch, other.Changes[^1].Reason);
    }

    [Fact]
    public void The_operator_kills_and_rearms()
    {
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)));
        rig.AcceptAll().Operate(OperatorAction.Kill).Operate(OperatorAction.Kill);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)));
        Assert.Equal(ReasonCode.KillSwitch, _strategy.Changes[^1].Reason);
        rig.Operate(OperatorAction.Rearm);
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)));
        Assert.Equal(CommandKind.Submit, rig.Sent[^1].Kind);
        Assert.Equal(3, rig.Sent.Count);
    }

    [Fact]
    public void A_halted_strategy_is_not_woken()
    {
        using EngineRig rig = new(_strategy);
        rig.Define();
        Ask(rig, context => context.SetTimer(context.Clock + new Duration(1), tag: 1));
        Ask(rig, _ => throw new InvalidOperationException("no idea"));
        Assert.True(rig.Engine.NextWake.IsNone);
        rig.Reach(rig.Now + new Duration(5));
        Assert.DoesNotContain("OnTimer", _strategy.Calls);
    }

    [Fact]
    public void A_strategy_that_overrides_nothing_runs()
    {
        using EngineRig rig = new(new Idle());
        rig.Define().Quote(10.00m, 10.02m);
        rig.Engine.Stop();
        Assert.Null(Failure(rig));
    }

    /// <summary>Lets the strategy ask in an event that changes nothing.</summary>
    private void Ask(EngineRig rig, Action<StrategyContext> ask)
    {
        _strategy.Book = (context, _) => ask(context);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        _strategy.Book = null;
    }

    private static StrategyFailure? Failure(EngineRig rig) => rig.Engine.Summarize().Strategies[0].Failure;

    private sealed class Idle : Strategy;
}
