using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Loop.CarryOver;

namespace Fathom.Tests.Engine.Loop;

public class TradingEngineCarryOverTests
{
    private readonly ScriptedStrategy _strategy = new(), _next = new();
    private ClientOrderId _order;

    [Fact]
    public void An_execution_of_the_session_before_is_recognised_and_the_next_one_is_booked()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 1m, execution: 1).Fill(_order, Side.Buy, 9.99m, 1m, execution: 3);
        using EngineRig tuesday = Next(monday);
        tuesday.Fill(_order, Side.Buy, 9.99m, 1m, execution: 3).Fill(_order, Side.Buy, 9.99m, 1m, execution: 1);
        Assert.Equal(2, tuesday.Engine.Orders.Anomalies.RepeatedExecution);
        Assert.Equal(Quantity.Units(2), Held(tuesday));
        tuesday.Fill(_order, Side.Buy, 9.99m, 1m, execution: 2).Fill(_order, Side.Buy, 9.99m, 1m, execution: 2);
        Assert.Equal(Quantity.Units(3), Held(tuesday));
        Assert.Equal(3, tuesday.Engine.Orders.Anomalies.RepeatedExecution);
        Assert.Equal(0, tuesday.Engine.Orders.Anomalies.Overfilled);
    }

    [Fact]
    public void A_thousand_executions_whose_ids_are_no_numbers_are_all_recognised()
    {
        SeenExecutions seen = new(), next = new();
        Fathom.Domain.Values.ExecutionId[] ids = [.. Enumerable.Range(1, 1_000).Select(number => new ExecutionId((ulong)(number % 3), (ulong)number * 7))];
        foreach (ExecutionId id in ids) Assert.True(seen.TryAdd(id));
        next.Restore(seen.AllUpTo, seen.Others());
        Assert.All(ids, id => Assert.False(next.TryAdd(id)));

        using EngineRig monday = WithOrder();
        for (int i = 0; i < 300; i++) monday.Fill(_order, Side.Buy, 9.99m, 0.001m, execution: (ulong)(1_000 + 2 * i));
        using EngineRig tuesday = Next(monday);
        Quantity held = Held(tuesday);
        for (int i = 0; i < 300; i++) tuesday.Fill(_order, Side.Buy, 9.99m, 0.001m, execution: (ulong)(1_000 + 2 * i));
        Assert.Equal((held, 300L), (Held(tuesday), tuesday.Engine.Orders.Anomalies.RepeatedExecution));
    }

    [Fact]
    public void Names_of_orders_and_approvals_go_on_though_the_configuration_is_another()
    {
        using EngineRig monday = WithOrder();
        using EngineRig tuesday = Next(monday, configuration: "another");
        _next.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
        tuesday.Quote(10.00m, 10.02m);
        OrderCommand sent = Assert.Single(tuesday.Sent);
        Assert.Equal((_order.High, _order.Sequence + 1), (sent.ClientOrderId.High, sent.ClientOrderId.Sequence));
        Assert.Equal(monday.Sent[^1].Approval + 1, sent.Approval);
        Assert.Equal(monday.Outputs.Max(output => output.Sequence) + 1, tuesday.Outputs.Where(output => output.IndexInStep >= 0).Min(output => output.Sequence));
        Assert.True(tuesday.Engine.Orders.IsOurs(_order));
    }

    [Fact]
    public void The_kill_switch_stays_on()
    {
        using EngineRig monday = WithOrder();
        monday.Operate(OperatorAction.Kill);
        using EngineRig tuesday = Next(monday);
        Assert.Equal(monday.Engine.KillSwitch.Since, tuesday.Engine.KillSwitch.Since);
        _next.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
        tuesday.Quote(10.00m, 10.02m);
        Assert.Empty(tuesday.Sent);
        Assert.Equal(ReasonCode.KillSwitch, tuesday.Changes[^1].Reason);
    }

    [Fact]
    public void Each_kill_switch_stays_as_it_is_until_somebody_says_why_not()
    {
        using EngineRig monday = WithOrder();
        monday.Operate(OperatorAction.Kill, strategy: 0, reason: "of the strategy").Operate(OperatorAction.Kill, instrument: EngineRig.Crude, flattens: true, reason: "of crude");
        using EngineRig tuesday = Next(monday);
        Assert.Equal(monday.Engine.KillSwitch.Active, tuesday.Engine.KillSwitch.Active);
        Assert.Equal(["of the strategy", "of crude"], tuesday.Engine.KillSwitch.Active.Select(kill => kill.Reason));
        Assert.Empty(tuesday.Kills);      // nobody turned one on here
        tuesday.Operate(OperatorAction.Rearm, strategy: 0).Operate(OperatorAction.Rearm, instrument: EngineRig.Crude, reason: "");
        Assert.False(tuesday.Engine.KillSwitch.IsOnFor(0, new InstrumentId(1)));
        Assert.True(tuesday.Engine.KillSwitch.IsOnFor(0, EngineRig.Crude));
    }

    [Fact]
    public void What_an_earlier_session_was_told_to_close_is_closed_in_the_next()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 1m);
        monday.State(TradingState.Halted).Operate(OperatorAction.Kill, flattens: true);
        using EngineRig tuesday = Next(monday);
        tuesday.State(TradingState.Continuous).Quote(10.00m, 10.02m);
        Assert.Equal((Side.Sell, ReasonCode.Liquidation), (tuesday.Sent[^1].Side, tuesday.Sent[^1].Reason));
    }

    [Fact]
    public void What_left_in_the_window_still_counts_for_the_order_rate()
    {
        RiskLimits limits = new() { OrderRateMax = new OrderRate(1, Duration.FromMilliseconds(50)) };
        using EngineRig monday = WithOrder(limits);
        using EngineRig tuesday = Next(monday, limits);
        _next.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal(ReasonCode.OrderRateLimit, tuesday.Changes[^1].Reason);
        tuesday.Now += Duration.FromMilliseconds(60);
        tuesday.Quote(10.00m, 10.03m);
        Assert.Single(tuesday.Sent);
    }

    [Fact]
    public void The_days_loss_counts_from_the_morning_and_the_peak_from_the_account_s_beginning()
    {
        RiskLimits limits = new() { DailyLossMax = 10m };
        using EngineRig monday = WithOrder(limits);
        monday.Fill(_order, Side.Buy, 9.99m, 4m).Quote(11.00m, 11.02m).Quote(10.00m, 10.02m);
        using EngineRig tuesday = Next(monday, limits);
        tuesday.Quote(7.00m, 7.02m);
        Assert.Equal(tuesday.Engine.Account.Start - tuesday.Engine.Account.Equity, tuesday.Engine.Account.Money[0].Ledger.DayLoss);
        _next.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 6.90m));
        tuesday.Quote(7.00m, 7.02m);
        Assert.Equal(ReasonCode.DailyLossLimit, tuesday.Changes[^1].Reason);
        decimal peak = 1_000m + 4 * (11.01m - 9.99m), now = 1_000m + 4 * (7.01m - 9.99m);
        Assert.Equal((double)((peak - now) / peak), tuesday.Engine.Account.Curve.DrawdownMax, 12);
    }

    [Fact]
    public void The_keepers_find_a_ladders_and_a_targets_orders_when_they_are_stated_again()
    {
        void Ladder(StrategyContext context) => context.Quote(EngineRig.Crude, new QuoteLadder().Add(Side.Buy, Price.From(9.95m), Quantity.Units(2)));
        AssertFound(rig => rig.Quote(10.00m, 10.02m), Ladder, OrderOrigin.Ladder);
        AssertFound(rig => rig.Quote(10.00m, 10.02m), context => context.Target(EngineRig.Crude, Quantity.Units(2), TargetUrgency.Passive), OrderOrigin.Target);

        void AssertFound(Func<EngineRig, EngineRig> market, Action<StrategyContext> want, OrderOrigin origin)
        {
            ScriptedStrategy first = new() { Book = (context, _) => want(context) }, second = new() { Book = (context, _) => want(context) };
            using EngineRig monday = new(first);
            market(monday.Define()).AcceptAll();
            OrderCommand sent = Assert.Single(monday.Sent);
            using EngineRig tuesday = new(second) { Now = monday.Now };
            Roll.Of(monday.Engine).StepInto(tuesday.Engine);
            market(market(tuesday));
            Assert.Empty(tuesday.Sent);
            Assert.True(tuesday.Engine.Orders.TryFind(sent.ClientOrderId, out Order? order) && order.Origin == origin && order.Status == OrderStatus.Open);
        }
    }

    [Fact]
    public void The_tape_of_before_builds_the_books_wakes_nobody_and_does_not_move_what_a_position_is_worth()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 4m).Quote(10.00m, 10.02m);
        Timestamp evening = monday.Now;
        using EngineRig tuesday = Next(monday);
        tuesday.Now = new Timestamp(1_000_000_000);
        tuesday.Quote(5.00m, 5.02m);
        Assert.Empty(_next.Calls);
        Assert.Equal(monday.Engine.Account.Equity, tuesday.Engine.Account.Equity);
        Assert.Equal(0, tuesday.Engine.MarketDataCount);
        tuesday.Quote(9.00m, 9.02m);
        tuesday.Now = evening;
        tuesday.Trade(Side.Buy, 9.02m, 1m);      // the books are what they are when the run begins
        Assert.Equal(["OnStart", "OnBook"], _next.Calls);
        Assert.Equal(1, tuesday.Engine.MarketDataCount);
        Assert.Equal(monday.Engine.Account.Equity - 4m, tuesday.Engine.Account.Equity);
        Assert.Equal(4 / 1_000.08, tuesday.Engine.Account.Curve.DrawdownMax, 12);
    }

    [Fact]
    public void A_report_begins_the_run_whatever_its_time()
    {
        using EngineRig monday = WithOrder();
        using EngineRig tuesday = Next(monday);
        tuesday.Now = new Timestamp(1_000_000_000);
        tuesday.Fill(_order, Side.Buy, 9.99m, 1m);
        Assert.Equal(["OnStart", "OnFill", "OnOrder"], _next.Calls);
        Assert.Equal(monday.Engine.Clock, tuesday.Engine.Clock);
    }

    [Fact]
    public void Its_due_orders_are_seen_to_when_the_run_has_begun()
    {
        using EngineRig monday = new(_strategy, features: VenueFeatures.All & ~(VenueFeatures.Stops | VenueFeatures.Expiry));
        _strategy.Book = (context, _) => context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(1), Price.None)
        { Type = OrderType.Stop, TriggerPrice = Price.From(12m), TimeInForce = TimeInForce.GoodTillDate, ExpireTime = monday.Now + Duration.FromMilliseconds(100) });
        monday.Define().Quote(10.00m, 10.02m);
        Timestamp end = monday.Changes[^1].DecisionTime;
        using EngineRig tuesday = new(_next, features: VenueFeatures.All & ~(VenueFeatures.Stops | VenueFeatures.Expiry)) { Now = monday.Now + Duration.FromMilliseconds(1_000) };
        Roll.Of(monday.Engine).StepInto(tuesday.Engine);
        Assert.True(tuesday.Engine.NextWake.IsNone);
        tuesday.Quote(10.00m, 10.02m);
        Assert.True(tuesday.Engine.NextWake < tuesday.Now && tuesday.Engine.NextWake > end);
        tuesday.Reach(tuesday.Now);
        Assert.Equal((OrderStatus.Expired, 0), (tuesday.Changes[^1].To, tuesday.Engine.Orders.LiveCount));
    }

    [Fact]
    public void Fills_of_the_sessions_before_are_not_this_sessions()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 1m);
        using EngineRig tuesday = Next(monday);
        Assert.Equal(0, tuesday.Engine.Summarize().Strategies[0].FillCount);
        tuesday.Fill(_order, Side.Buy, 9.99m, 1m, execution: 2);
        Assert.Equal((1L, 1L), (tuesday.Engine.Summarize().Strategies[0].FillCount, tuesday.Engine.Summarize().FillCount));
        Assert.Equal(2, tuesday.Engine.Account.Strategy(0).Fills);
    }

    [Fact]
    public void What_is_unanswered_is_in_doubt_when_it_would_have_been_and_the_venue_is_asked()
    {
        using EngineRig monday = Unanswered();
        Timestamp due = monday.Engine.NextWake;
        using EngineRig tuesday = Next(monday);
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal(due, tuesday.Engine.NextWake);
        tuesday.Reach(due);
        Assert.True(tuesday.Engine.Orders.TryFind(_order, out Order? order) && order.IsInDoubt);
        Assert.Equal((CommandKind.Query, _order), (tuesday.Questions[^1].Kind, tuesday.Questions[^1].ClientOrderId));
    }

    [Fact]
    public void A_doubt_goes_on_with_the_question_that_is_out()
    {
        using EngineRig monday = Unanswered();
        monday.Reach(monday.Engine.NextWake);
        OrderCommand question = monday.Questions[^1];
        Assert.Equal((CommandKind.Query, 1), (question.Kind, monday.Engine.Orders.UnknownCount));
        Timestamp due = monday.Engine.NextWake;
        using EngineRig tuesday = Next(monday);
        Assert.Equal(1, tuesday.Engine.Orders.UnknownCount);
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal(due, tuesday.Engine.NextWake);
        Timestamp late = monday.Now + Duration.FromMilliseconds(60_000);      // the venue can no longer get it
        VenueOrder nothing = new() { Header = MessageHeader.Create<VenueOrder>(MessageType.VenueOrder, EngineRig.VenueNumber, EngineRig.Crude, late, tuesday.Now), Request = question.Approval, ClientOrderId = _order, Status = OrderStatus.None };
        tuesday.Step(in nothing);
        Assert.Equal((OrderStatus.Failed, 0, 0), (tuesday.Changes[^1].To, tuesday.Engine.Orders.UnknownCount, tuesday.Engine.Orders.LiveCount));
    }

    [Fact]
    public void A_strategy_that_may_only_reduce_may_do_no_more_in_the_next_session()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 5m);      // one too many
        Assert.Equal(AnomalyKind.Overfilled, monday.Engine.Modes.AnomalyOf(0));
        using EngineRig tuesday = Next(monday);
        _next.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal(ReasonCode.OnlyReducing, tuesday.Changes[^1].Reason);
        tuesday.Operate(OperatorAction.Resume).Quote(10.00m, 10.03m);
        Assert.Equal(AnomalyKind.None, tuesday.Engine.Modes.AnomalyOf(0));
        Assert.Single(tuesday.Sent);
    }

    [Fact]
    public void A_session_that_ended_in_doubt_of_the_venue_is_followed_by_one_that_asks_first()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(new ClientOrderId(1, 1), Side.Buy, 9.99m, 2m);      // nobody's of ours
        Assert.False(monday.Engine.IsReconciled);
        using EngineRig tuesday = Next(monday);
        Assert.False(tuesday.Engine.IsReconciled);
        Assert.Equal((2, 1L), (tuesday.Engine.Account.External.Quantity(EngineRig.Crude).Nanos / Quantity.Scale, tuesday.Engine.Account.External.Fills));
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal(CommandKind.Snapshot, Assert.Single(tuesday.Questions).Kind);
        using EngineRig sound = WithOrder(), after = Next(sound);
        after.Quote(10.00m, 10.02m);
        Assert.True(after.Engine.IsReconciled);
        Assert.Empty(after.Questions);
    }

    [Fact]
    public void Live_orders_of_others_go_on_counting_and_end_by_the_kill_switch()
    {
        using EngineRig monday = WithOrder();
        VenueOrder theirs = new()
        {
            Header = MessageHeader.Create<VenueOrder>(MessageType.VenueOrder, EngineRig.VenueNumber, EngineRig.Crude, monday.Now, monday.Now),
            VenueOrderId = 77,
            Sequence = 3,
            Price = Price.From(9.5m),
            Quantity = Quantity.Units(6),
            Leaves = Quantity.Units(6),
            Side = Side.Buy,
            Status = OrderStatus.Open,
        };
        monday.Engine.ExternalOrders.Adopt(in theirs);
        using EngineRig tuesday = Next(monday);
        Assert.Equal(Quantity.Units(10), tuesday.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
        Assert.Equal((77UL, EngineRig.VenueNumber, 3L), Assert.Single(tuesday.Engine.ExternalOrders.Live.Select(order => (order.VenueOrderId, order.Source, order.LastSequence))));
        tuesday.Quote(10.00m, 10.02m).Operate(OperatorAction.Kill);
        Assert.Contains(tuesday.Sent, command => command.Kind == CommandKind.Cancel && command.VenueOrderId == 77);
        Assert.True(Roll.Of(Next(monday).Engine).Bytes.AsSpan().SequenceEqual(Roll.Of(monday.Engine).Bytes));
    }

    [Fact]
    public void Half_a_block_one_that_was_altered_or_a_second_one_stops_the_engine()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 1m);
        Roll roll = Roll.Of(monday.Engine);
        Fails(engine => engine.Step(roll.Inputs[1]), engine => engine.Step(roll.Inputs[^2]));      // without its beginning
        Fails(engine => engine.Step(roll.Inputs[0]), engine => engine.Step(roll.Inputs[^1]));      // its end only
        Fails(roll.StepInto, engine => engine.Step(roll.Inputs[0]));
        Fails(engine => engine.Step(roll.Inputs[0]), engine => Roll.Of(engine));
        for (int left = 1; left < roll.Inputs.Count - 1; left++)
        {
            int at = left;
            Fails(_ => { }, engine => StepAll(engine, roll.Inputs.Where((_, i) => i != at)));
            byte[] altered = [.. roll.Inputs[at]];
            altered[^1] ^= 1;
            Fails(_ => { }, engine => StepAll(engine, roll.Inputs.Select((input, i) => i == at ? altered : input)));
        }
        using EngineRig late = WithOrder();
        Assert.Throws<InvariantException>(() => roll.StepInto(late.Engine));

        static void StepAll(Fathom.Engine.Loop.TradingEngine engine, IEnumerable<byte[]> inputs)
        {
            foreach (byte[] input in inputs) engine.Step(input);
        }
    }

    /// <summary>A roll that says what cannot be is our own doing: the account's laws are held over it.</summary>
    [Fact]
    public void An_account_that_breaks_its_laws_is_not_taken_on()
    {
        using EngineRig monday = WithOrder();
        monday.Fill(_order, Side.Buy, 9.99m, 1m);
        Roll roll = Roll.Of(monday.Engine);
        int at = roll.Inputs.FindIndex(input => Messages.Header(input).Type == MessageType.CarriedHolding);
        byte[] bytes = [.. roll.Bytes];
        int offset = roll.Inputs.Take(at).Sum(input => input.Length);
        MemoryMarshal.AsRef<CarriedHolding>(bytes.AsSpan(offset)).Cost += 1;
        CarryOverEnds ends = Fathom.Engine.Loop.CarryOver.CarryOverWriter.EndOf(bytes.AsSpan(0, bytes.Length - roll.Inputs[^1].Length), (uint)roll.Inputs.Count);
        Messages.AsBytes(in ends).CopyTo(bytes.AsSpan(bytes.Length - roll.Inputs[^1].Length));
        using EngineRig tuesday = new(_next);
        Assert.Throws<InvariantException>(() => Fathom.Engine.Loop.CarryOver.CarryOverBlock.Parse("a file", bytes).StepInto(tuesday.Engine.Step));
    }

    private void Fails(Action<Fathom.Engine.Loop.TradingEngine> before, Action<Fathom.Engine.Loop.TradingEngine> broken)
    {
        using EngineRig rig = new(_next);
        try
        {
            before(rig.Engine);
        }
        catch (InvariantException)
        {
            return;
        }
        Assert.Throws<InvariantException>(() => broken(rig.Engine));
    }

    /// <summary>A buy of 4 at 9.99 that the venue has.</summary>
    private EngineRig WithOrder(RiskLimits? limits = null) => Unanswered(limits).AcceptAll();

    /// <summary>A buy of 4 at 9.99 of which the venue has said nothing.</summary>
    private EngineRig Unanswered(RiskLimits? limits = null)
    {
        EngineRig rig = new(_strategy, limits);
        _order = ClientOrderId.None;
        _strategy.Book = (context, _) =>
        {
            if (_order.IsNone) _order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 4m));
        };
        return rig.Define().Quote(10.00m, 10.02m);
    }

    private EngineRig Next(EngineRig rig, RiskLimits? limits = null, string configuration = "test")
    {
        EngineRig next = new(_next, limits, configuration: configuration) { Now = rig.Now };
        Roll.Of(rig.Engine).StepInto(next.Engine);
        return next;
    }

    private static Quantity Held(EngineRig rig) => rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude);
}
