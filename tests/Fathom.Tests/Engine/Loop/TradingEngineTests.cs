using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Orders;
using Fathom.Market.Books.Bars;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Engine.Loop;

public class TradingEngineTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void A_step_takes_exactly_one_whole_message()
    {
        using EngineRig rig = new(_strategy);
        byte[] two = new byte[128];
        two[0] = (byte)MessageType.MarketByOrder;
        two[1] = 8;
        Assert.Throws<InvariantException>(() => rig.Engine.Step(two));
    }

    [Fact]
    public void The_clock_never_goes_back_and_a_missing_time_does_not_move_it()
    {
        using EngineRig rig = new(_strategy);
        rig.Define();
        Timestamp late = rig.Now;
        rig.Now = new Timestamp(5);
        rig.State(TradingState.Continuous);
        Assert.Equal(late, rig.Engine.Clock);
        TradingStateChanged timeless = new() { Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 1, EngineRig.Crude, Timestamp.None, Timestamp.None) };
        rig.Step(in timeless);
        Assert.Equal(late, rig.Engine.Clock);
        Assert.Equal(3, rig.Engine.InputCount);
        Assert.Equal(0, rig.Engine.MarketDataCount);
    }

    [Fact]
    public void What_comes_before_the_start_builds_the_books_and_wakes_nobody()
    {
        Timestamp start = new(1_006_000_000);      // each input moves the clock by a millisecond
        AttentiveStrategy attentive = new();
        using EngineRig rig = new([new NamedStrategy("scripted", _strategy), new NamedStrategy("attentive", attentive)], start: start);
        rig.Define().Quote(10.00m, 10.02m);                 // inputs 1, and 2 to 4
        Assert.Empty(_strategy.Calls);
        Assert.Equal((0, Timestamp.None), (rig.Engine.MarketDataCount, rig.Engine.Summarize().First));

        rig.Quote(10.00m, 10.02m);                          // 5, 6 and 7: the start lies at the second
        Assert.Equal(["OnStart", "OnBook"], _strategy.Calls);
        Assert.Equal((2, start), (rig.Engine.MarketDataCount, rig.Engine.Summarize().First));
        Assert.Contains("OnQuote", attentive.Calls);        // nobody was told of the mark before
        rig.Engine.Stop();
        Assert.Single(rig.Engine.Summarize().Days);
    }

    [Fact]
    public void A_run_begins_and_ends_with_the_first_and_last_times_that_were_stated()
    {
        using EngineRig rig = new(_strategy);
        TradingStateChanged timeless = new() { Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 1, EngineRig.Crude, Timestamp.None, Timestamp.None) };
        rig.Step(in timeless);
        Assert.Equal((Timestamp.None, Timestamp.None), (rig.Engine.Summarize().First, rig.Engine.Summarize().Last));
        rig.Define();
        Timestamp first = rig.Now;
        rig.Step(in timeless);
        rig.State(TradingState.Continuous);
        Assert.Equal((first, rig.Now), (rig.Engine.Summarize().First, rig.Engine.Summarize().Last));
    }

    [Fact]
    public void A_message_of_an_instrument_that_was_not_defined_stops_the_engine()
    {
        using EngineRig rig = new(_strategy);
        Assert.Throws<InvariantException>(() => rig.Quote(10.00m, 10.02m));
    }

    [Fact]
    public void Outputs_are_numbered_and_carry_their_cause()
    {
        using EngineRig rig = new(_strategy);
        ClientOrderId order = default;
        _strategy.Book = (context, _) =>
        {
            order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m));
        };
        rig.Define().Quote(10.00m, 10.02m);                 // inputs 1, and 2 to 4
        rig.Fill(order, Side.Buy, 9.99m, 1m);               // 5
        // The mark at the first order, two commands with their orders; the fill, the position, the equity, the order.
        Assert.Equal([1L, 1, 2, 3, 4, 5, 2, 3, 6], rig.Outputs.Select(output => output.Sequence));
        Assert.Equal([4L, 4, 4, 4, 4, 5, 5, 5, 5], rig.Outputs.Select(output => output.Cause));
        Assert.Equal([-1, 0, 1, 2, 3, 0, -1, -2, 1], rig.Outputs.Select(output => output.IndexInStep));
        Assert.Equal(2, rig.Outputs.Count(output => output.Parent.IsNone));
    }

    [Fact]
    public void The_mark_is_the_last_good_mid_while_a_side_is_empty_or_the_book_is_crossed()
    {
        using EngineRig rig = new(_strategy);
        rig.Define(multiplier: 100m).Quote(10.00m, 10.02m);
        rig.Fill(new ClientOrderId(1, 1), Side.Buy, 10.00m, 1m);
        Assert.Equal(1m, rig.Engine.Account.Unrealized);
        rig.Quote(null, 10.02m);
        rig.Quote(10.00m, null);
        rig.Quote(10.50m, 10.02m);
        Assert.Equal(1m, rig.Engine.Account.Unrealized);
        rig.Quote(10.04m, 10.04m);
        Assert.Equal(4m, rig.Engine.Account.Unrealized);
    }

    [Fact]
    public void The_mark_stands_while_the_book_is_stale()
    {
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        rig.Fill(new ClientOrderId(1, 1), Side.Buy, 10.00m, 1m);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.01m, isLast: true, BookFlags.MaybeBadBook);
        Assert.Equal(0.01m, rig.Engine.Account.Unrealized);
    }

    [Fact]
    public void Absurd_fills_of_strangers_are_counted_and_stop_nothing()
    {
        using EngineRig rig = new(_strategy);
        InstrumentId spot = new(1), euro = new(2);
        rig.Define().Define(spot, kind: InstrumentKind.Spot).Define(euro, currency: "EUR").Quote(10.00m, 10.02m);
        foreach (InstrumentId instrument in new[] { EngineRig.Crude, spot, euro })
            foreach (Side side in new[] { Side.Buy, Side.Buy, Side.Sell, Side.Sell })
                rig.Fill(new ClientOrderId(9, 9), side, 9_223_372_036m, 9_223_372_036m, fee: 9_223_372_036m, instrument: instrument);
        rig.Fill(new ClientOrderId(9, 9), Side.Buy, 10.00m, 2m);
        rig.Engine.Stop();
        Assert.Equal(12, rig.Engine.Summarize().UnvaluedFillCount);
        Assert.Equal(1_000.02m, rig.Engine.Account.Equity);
    }

    [Fact]
    public void A_fill_after_the_end_and_a_fill_of_a_stranger_move_their_positions()
    {
        using EngineRig rig = new(_strategy);
        ClientOrderId order = default;
        _strategy.Book = (context, _) => order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        rig.Define().Quote(10.00m, 10.02m);
        rig.Answer(ReportKind.Accepted, order).Answer(ReportKind.Canceled, order);
        rig.Fill(order, Side.Buy, 9.99m, 1m, fee: 0.25m);
        rig.Fill(new ClientOrderId(9, 9), Side.Sell, 10.00m, 4m);
        rig.Fill(new ClientOrderId(9, 9), Side.Sell, 10.00m, 4m, execution: 2);      // repeated
        rig.Engine.Stop();

        RunSummary summary = rig.Engine.Summarize();
        Assert.Equal(Quantity.Units(1), rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude));
        Assert.Equal(Quantity.Units(-4), rig.Engine.Account.External.Quantity(EngineRig.Crude));
        Assert.Equal((1L, 1L, 1L), (summary.Anomalies.FilledAfterClose, summary.Anomalies.UnknownOrder, summary.Anomalies.RepeatedExecution));
        Assert.Equal(["strategy", "external"], summary.Strategies.Select(owner => owner.Name));
        Assert.Equal(TradingEngine.ExternalStrategy, rig.Fills[1].Output.Strategy);
        Assert.Equal(2, summary.FillCount);
        Assert.Equal(summary.Totals!.Value.Start + summary.Totals!.Value.Realized + summary.Totals!.Value.Unrealized - summary.Totals!.Value.Fees, summary.Totals!.Value.Equity);
        Assert.Equal(0.25m, summary.Totals!.Value.Fees);
    }

    [Fact]
    public void Two_strategies_on_one_account_have_their_own_positions_and_orders_and_are_woken_in_config_order()
    {
        ScriptedStrategy second = new();
        List<string> woken = [];
        using EngineRig rig = Two(_strategy, second);
        ClientOrderId buy = default, sell = default;
        _strategy.Book = (context, _) => { woken.Add("first"); if (buy.IsNone) buy = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 3m)); };
        second.Book = (context, _) =>
        {
            woken.Add("second");
            Assert.False(context.TryOrder(buy, out WorkingOrder _));
            Assert.False(context.TryWorking(EngineRig.Crude, Side.Buy, out WorkingOrder _));
            Assert.True(context.QueueAhead(buy).IsNone);
            if (sell.IsNone) sell = context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.03m, 1m));
        };
        rig.Define().Quote(10.00m, 10.02m);
        rig.Fill(buy, Side.Buy, 9.99m, 2m).Fill(sell, Side.Sell, 10.03m, 1m).Quote(10.00m, 10.02m);

        Assert.Equal(["first", "second", "first", "second"], woken);
        Assert.Equal((Quantity.Units(2), Quantity.Units(-1)), (rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude), rig.Engine.Account.Strategy(1).Quantity(EngineRig.Crude)));
        Assert.Equal([0, 1], rig.Commands.Select(command => (int)command.Output.Strategy));
        Assert.Equal([(0, 2L), (1, -1L)], rig.Positions.Select(position => ((int)position.Output.Strategy, position.Quantity.Nanos / Quantity.Scale)));
        Assert.Equal((2, 2), (_strategy.Changes.Count + second.Changes.Count, _strategy.Calls.Concat(second.Calls).Count(call => call == "OnFill")));
        RunSummary summary = rig.Engine.Summarize();
        Assert.All(summary.Strategies, owner => Assert.Null(owner.Failure));
        Assert.Equal(["first", "second"], summary.Strategies.Select(owner => owner.Name));
        Assert.Equal(summary.Totals!.Value.Realized + summary.Totals!.Value.Unrealized, summary.Strategies.Sum(owner => owner.Totals!.Value.Realized + owner.Totals!.Value.Unrealized));
    }

    [Fact]
    public void A_strategy_cannot_cancel_or_replace_anothers_order()
    {
        ScriptedStrategy second = new();
        using EngineRig rig = Two(_strategy, second);
        ClientOrderId order = default;
        _strategy.Book = (context, _) => order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        second.Book = (context, _) => { context.Cancel(order); context.Replace(order, Price.From(9m), Quantity.Units(1)); };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal([ReasonCode.UnknownOrder, ReasonCode.UnknownOrder], second.Changes.Select(change => change.Reason));
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void A_halted_strategy_does_not_stop_the_other()
    {
        ScriptedStrategy second = new();
        using EngineRig rig = Two(_strategy, second);
        _strategy.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        second.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m));
        rig.Define().Quote(10.00m, 10.02m);
        _strategy.Book = (_, _) => throw new InvalidOperationException("no idea");
        rig.Quote(10.00m, 10.02m).Quote(10.00m, 10.02m);
        Assert.Equal([CommandKind.Submit, CommandKind.Submit, CommandKind.Cancel, CommandKind.Submit, CommandKind.Submit], rig.Sent.Select(command => command.Kind));
        Assert.Equal([0, 1, 0, 1, 1], rig.Sent.Select(command => (int)command.Output.Strategy));
        Assert.Equal([true, false], rig.Engine.Summarize().Strategies.Select(owner => owner.Failure is not null));
    }

    [Fact]
    public void Each_strategy_has_its_own_name_and_there_is_one()
    {
        Assert.Throws<ArgumentException>(() => new EngineRig([new NamedStrategy("one", _strategy), new NamedStrategy("one", new ScriptedStrategy())]));
        Assert.Throws<ArgumentException>(() => new EngineRig([]));
    }

    [Fact]
    public void A_time_that_is_reached_wakes_every_strategy_that_is_due_in_config_order()
    {
        ScriptedStrategy second = new();
        List<string> woken = [];
        using EngineRig rig = Two(_strategy, second);
        foreach ((ScriptedStrategy strategy, string name) in new[] { (second, "second"), (_strategy, "first") })
        {
            strategy.Start = context => { context.SetTimer(context.Clock + new Duration(name == "first" ? 20 : 10), 1); context.SetTimer(context.Clock + new Duration(30), 2); };
            strategy.Timer = (_, timer) => woken.Add($"{name} {timer.Tag}");
        }
        rig.Define();
        Assert.Equal(rig.Now + new Duration(10), rig.Engine.NextWake);
        rig.Reach(rig.Now + new Duration(25));
        Assert.Equal(["first 1", "second 1"], woken);
        rig.Reach(rig.Now + new Duration(5));
        Assert.Equal(["first 2", "second 2"], woken[2..]);
    }

    [Fact]
    public void An_input_without_a_time_before_all_others_starts_nothing()
    {
        AttentiveStrategy strategy = new();
        using EngineRig rig = new(strategy);
        InstrumentDefinition assumed = new() { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, Timestamp.None, Timestamp.None), MultiplierNanos = Price.Scale };
        rig.Step(in assumed);
        MarketByOrder trade = new()
        {
            Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, EngineRig.Crude, Timestamp.None, Timestamp.None),
            Price = Price.From(1m),
            Quantity = Quantity.Units(1),
            Action = BookAction.Trade,
            Side = Side.Buy,
            Flags = BookFlags.Last,
        };
        rig.Step(in trade);
        Assert.Empty(strategy.Calls);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(["OnStart", "OnQuote", "OnBook", "OnFeatures"], strategy.Calls);
    }

    [Fact]
    public void A_summary_counts_what_happened()
    {
        using EngineRig rig = new(_strategy);
        List<ClientOrderId> orders = [];
        _strategy.Book = (context, _) =>
        {
            orders.Add(context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)));
            orders.Add(context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.03m)));
        };
        rig.Define().Quote(10.00m, 10.02m);
        rig.Answer(ReportKind.Rejected, orders[0], ReasonCode.WouldCross).Fill(orders[1], Side.Sell, 10.03m, 1m);
        RunSummary summary = rig.Engine.Summarize();
        Assert.Equal((6L, 3L), (summary.InputCount, summary.MarketDataCount));
        Assert.Equal((2L, 2L, 0L, 1L, 1L, 0), (summary.OrderCount, summary.CommandCount, summary.RefusedCount, summary.RejectedCount, summary.FillCount, summary.LiveOrderCount));
        Assert.Equal((new Timestamp(1_001_000_000), rig.Now), (summary.First, summary.Last));
        Assert.Equal(ReasonCode.WouldCross, _strategy.Changes[0].Reason);
    }

    [Fact]
    public void An_engine_without_inputs_has_nothing_to_say()
    {
        using EngineRig rig = new(_strategy);
        rig.Engine.Stop();
        RunSummary summary = rig.Engine.Summarize();
        Assert.True(summary.First.IsNone && summary.Last.IsNone);
        Assert.Equal(1_000m, summary.Totals!.Value.Equity);
        Assert.Empty(_strategy.Calls);
        Assert.Throws<InvariantException>(() => rig.Define());
    }

    [Fact]
    public void Positions_equal_the_sum_of_executions_and_no_reservation_leaks_over_random_venues()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            using EngineRig rig = new(_strategy, new Fathom.Engine.Risk.RiskLimits { PositionMax = Quantity.Units(20) });
            _strategy.Book = (context, _) =>
            {
                for (int i = random.Next(3); i > 0; i--)
                    context.Submit(ScriptedStrategy.Limit(random.Next(2) == 0 ? Side.Buy : Side.Sell, 10m, random.Next(-1, 8)));
                if (rig.Sent.Count > 0) context.Cancel(rig.Sent[random.Next(rig.Sent.Count)].ClientOrderId);
            };
            rig.Define();
            for (int step = 0; step < 150; step++) Disturb(rig, random);

            long executed = rig.Fills.Sum(fill => fill.Side.Sign() * fill.Quantity.Nanos);
            Assert.True(executed == rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude).Nanos, $"seed {seed}");
            foreach (OrderCommand order in rig.Sent.Where(command => command.Kind == CommandKind.Submit)) rig.Answer(ReportKind.Canceled, order.ClientOrderId);
            _strategy.Book = null;
            Assert.True(rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy].IsZero && rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Sell].IsZero, $"seed {seed}");
            Assert.Equal(0, rig.Engine.Orders.LiveCount);
            Assert.True(rig.Engine.Queue.IsIdle(EngineRig.Crude), $"seed {seed}");
            Assert.Equal(Enumerable.Range(1, rig.Commands.Count).Select(number => (long)number), rig.Commands.Select(command => command.Approval));
            rig.Engine.Stop();
        }
    }

    [Fact]
    public void Nothing_is_allocated_per_message_after_warm_up()
    {
        Quoter quoter = new() { Requote = 1 };
        QuietVenue venue = new();
        Busy busy = new();
        EngineOptions options = new()
        {
            Currency = EngineRig.Code("USD"),
            Cash = 1_000_000m,
            Strategies = [new NamedStrategy("quoter", quoter), new NamedStrategy("busy", busy)],
            TradeWindow = new Duration(500),
            EquityInterval = new Duration(100),
        };
        using TradingEngine engine = new(options, venue, [venue]);
        TakeMessage step = engine.Step;
        Play(engine, step, venue, rounds: 3_000);

        long allocated = Allocated.AtLeast(() => Play(engine, step, venue, rounds: 3_000));
        Assert.True(engine.Summarize().FillCount > 1_000, "the market must move and fill");
        Assert.True(busy.Bars > 1_000, "bars must close");
        Assert.True(busy.Timers > 1_000 && busy.Trades > 1_000 && double.IsFinite(busy.Sum), "every callback must come");
        Assert.True(engine.History.CountOf(MessageType.EquityEvent) > 1_000 && engine.History.CountOf(MessageType.QuoteEvent) > 1_000, "events must be published");
        Assert.True(allocated == 0, $"{allocated} bytes a round");
    }

    [Fact]
    public void Targets_and_signals_allocate_nothing_after_warm_up()
    {
        QuietVenue venue = new();
        EngineOptions options = new()
        {
            Currency = EngineRig.Code("USD"),
            Cash = 1_000_000m,
            Strategies = [new NamedStrategy("mover", new Mover()), new NamedStrategy("a", new Signaller(3)), new NamedStrategy("b", new Signaller(5))],
            Aggregators = [new AggregatorOptions { Id = "blend", Method = AggregatorMethod.Vote, Strategies = ["a", "b"], Urgency = TargetUrgency.Normal }],
        };
        using TradingEngine engine = new(options, venue, [venue]);
        TakeMessage step = engine.Step;
        Play(engine, step, venue, rounds: 3_000);

        long allocated = Allocated.AtLeast(() => Play(engine, step, venue, rounds: 3_000));
        RunSummary summary = engine.Summarize();
        Assert.True(summary.Strategies[0].FillCount > 500 && summary.Strategies[3].FillCount > 500 && summary.Anomalies.Total == 0, $"{string.Join("; ", summary.Strategies)}, {summary.Anomalies}");
        Assert.True(allocated == 0, $"{allocated} bytes a round");
    }

    [Fact]
    public void States_adjustments_and_adaptive_limits_allocate_nothing_after_warm_up()
    {
        QuietVenue venue = new();
        EngineOptions options = new()
        {
            Currency = EngineRig.Code("USD"),
            Cash = 100_000m,
            Limits = new Fathom.Engine.Risk.RiskLimits { PositionMax = Quantity.Units(40) },
            Strategies = [new NamedStrategy("quoter", new Quoter { Requote = 1 }), new NamedStrategy("mover", new Mover())],
            States = new StateOptions
            {
                Position = new StateThresholds(20_000_000, 400_000_000, 1_000_000_000),
                Drawdown = new StateThresholds(1_000, 900_000_000, 1_000_000_000),
                Volatility = new StateThresholds(1_100_000_000, 9_000_000_000, 10_000_000_000),
                Hold = new Duration(20),
            },
            Adaptive = new AdaptiveOptions { Floor = 0.9m, LossFull = 0.01m, VolatilityFrom = 1m, Recovery = new Duration(500) },
            CutsToLimits = true,
        };
        using TradingEngine engine = new(options, venue, [venue]);
        TakeMessage step = engine.Step;
        Play(engine, step, venue, rounds: 3_000);

        long allocated = Allocated.AtLeast(() => Play(engine, step, venue, rounds: 3_000));
        (long states, long adjustments) = (engine.History.CountOf(MessageType.RiskStateEvent), engine.History.CountOf(MessageType.AdjustmentEvent));
        Assert.True(states > 200 && adjustments > 200 && engine.Summarize().FillCount > 500, $"{states} changes of state, {adjustments} adjustments, {engine.Summarize().FillCount} fills");
        Assert.True(allocated == 0, $"{allocated} bytes a round");
    }

    [Fact]
    public void At_an_honest_venue_no_position_ever_exceeds_the_limit()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            using EngineRig rig = new(_strategy, new Fathom.Engine.Risk.RiskLimits { PositionMax = Quantity.Units(9) });
            _strategy.Book = (context, _) =>
            {
                context.Submit(ScriptedStrategy.Limit(random.Next(2) == 0 ? Side.Buy : Side.Sell, 10m, random.Next(1, 8)));
                if (rig.Sent.Count > 0) context.Cancel(rig.Sent[random.Next(rig.Sent.Count)].ClientOrderId);
            };
            rig.Define();
            long largest = 0;
            for (int step = 0; step < 200; step++)
            {
                if (random.Next(3) == 0) rig.Quote(10.00m, 10.02m);
                else AnswerHonestly(rig, random);
                long held = rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude).Nanos;
                largest = Math.Max(largest, Math.Abs(held));
                Assert.True(Math.Abs(held) <= Quantity.Units(9).Nanos, $"seed {seed}, step {step}: {held}");
            }
            Assert.True(rig.Engine.Orders.Anomalies.Total == 0 && largest > 0, $"seed {seed}");
        }
    }

    private static EngineRig Two(ScriptedStrategy first, ScriptedStrategy second) => new([new NamedStrategy("first", first), new NamedStrategy("second", second)]);

    /// <summary>Any answer to a live order that a sound venue may give: fills before acknowledgements and after cancels were sent included.</summary>
    private static void AnswerHonestly(EngineRig rig, Random random)
    {
        if (rig.Sent.Count == 0) return;
        OrderCommand sent = rig.Sent[random.Next(rig.Sent.Count)];
        if (!rig.Engine.Orders.TryFind(sent.ClientOrderId, out Fathom.Engine.Orders.Order? order)) return;
        if (random.Next(2) == 0) rig.Fill(order.Id, order.Side, 10m, random.Next(1, (int)order.Leaves.ToDecimal() + 1));
        else if (AnyAnswer(random) is var kind && IsHonest(kind, order)) rig.Answer(kind, order.Id);
    }

    private static bool IsHonest(ReportKind kind, Fathom.Engine.Orders.Order order) => kind switch
    {
        ReportKind.CancelRejected => order.IsCancelSent,
        ReportKind.Rejected => !order.IsAccepted && order.Cumulative.IsZero,
        _ => true,
    };

    private static ReportKind AnyAnswer(Random random)
    {
        ReportKind kind = (ReportKind)random.Next(1, 7);
        return kind == ReportKind.Filled ? ReportKind.Accepted : kind;
    }

    private static void Disturb(EngineRig rig, Random random)
    {
        List<OrderCommand> orders = rig.Sent;
        if (orders.Count == 0 || random.Next(3) == 0)
        {
            rig.Quote(10.00m, 10.02m);
            return;
        }
        OrderCommand order = orders[random.Next(orders.Count)];
        if (order.Kind != CommandKind.Submit) return;
        ulong? repeated = random.Next(6) == 0 ? (ulong)random.Next(1, 30) : null;
        if (random.Next(2) == 0) rig.Fill(order.ClientOrderId, order.Side, 10m, random.Next(1, 4), 0.1m, repeated);
        else rig.Answer(AnyAnswer(random), order.ClientOrderId);
    }

    /// <summary>A tape that wanders, and a venue that accepts, cancels, and fills every order when the tape has moved on.</summary>
    private static void Play(TradingEngine engine, TakeMessage step, QuietVenue venue, int rounds)
    {
        InstrumentDefinition definition = venue.Definition();
        step(Messages.AsBytes(in definition));
        for (int round = 0; round < rounds; round++)
        {
            venue.NextEvent(step);
            while (venue.TryAnswer(out OrderReport report)) step(Messages.AsBytes(in report));
            while (engine.NextWake <= venue.Now)
            {
                TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, 0, InstrumentId.None, venue.Now, venue.Now) };
                step(Messages.AsBytes(in reached));
            }
        }
    }

    /// <summary>Uses every callback, asks for places in the queue, and moves one order to and fro.</summary>
    /// <summary>Goes from long to short and back, by each urgency in turn.</summary>
    private sealed class Mover : Strategy
    {
        private int _events;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            int turn = ++_events / 4;
            if (_events % 4 == 0) context.Target(book.Instrument, Quantity.Units(turn % 5 - 2), (TargetUrgency)(turn % 3));
            if (_events % 50 == 0) context.WithdrawTarget(book.Instrument);
        }
    }

    private sealed class Signaller(int period) : Strategy
    {
        private int _events;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (++_events % period == 0) context.Signal(book.Instrument, (Side)(_events % 3), Quantity.Units(2), confidence: 0.5);
        }
    }

    private sealed class Busy : Strategy
    {
        public long Timers { get; private set; }
        public long Trades { get; private set; }
        public long Bars { get; private set; }
        public double Sum { get; private set; }

        public override void OnStart(StrategyContext context)
        {
            context.SetPeriodicTimer(new Duration(7), tag: 1);
            foreach (string spec in (string[])["10ns", "quote:20ns", "2t", "quote:5t", "20v", "10000$"]) context.SubscribeBars(BarSpec.Parse(spec));
        }

        public override void OnBar(StrategyContext context, in Bar bar) => Bars += context.Bars(bar.Instrument, bar.Spec)[0].Count > 0 ? 1 : 0;

        public override void OnQuote(StrategyContext context, in BestPrices prices) => context.SetTimer(context.Clock + new Duration(3), tag: 2);

        public override void OnTrade(StrategyContext context, in MarketByOrder trade) => Trades++;

        public override void OnFeatures(StrategyContext context, InstrumentFeatures features)
        {
            double value = features.WeightedMid + features.Imbalance + features.TradeImbalance;
            if (double.IsFinite(value)) Sum += value;
            if (features.Bid.IsNone) return;
            bool isLive = context.TryWorking(features.Instrument, Side.Buy, out WorkingOrder order);
            if (isLive && !context.QueueAhead(order.Id).IsNone) Sum++;
            if (!isLive) context.Submit(new OrderIntent(features.Instrument, Side.Buy, Quantity.Units(1), features.Bid));
            else if (order.Status == OrderStatus.Open && order.Price != features.Bid) context.Replace(order.Id, features.Bid, order.Quantity);
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            Timers++;
            if (Timers % 5 == 0) context.ClearTimers(2);
        }
    }
}
