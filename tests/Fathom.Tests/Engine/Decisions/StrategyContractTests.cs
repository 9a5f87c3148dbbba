using System.Reflection;
using System.Runtime.CompilerServices;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Market.Books.Bars;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Engine.Decisions;

/// <summary>The contract between the engine and a strategy, sentence by sentence: what stands above a test is the sentence that it holds. All of it is seen from outside; the finer points are with
/// the types that keep them. The market is 10.00 to 10.02.</summary>
public class StrategyContractTests
{
    private static readonly InstrumentId Crude = EngineRig.Crude;

    private readonly ScriptedStrategy _a = new(), _b = new();

    // ---- one contract

    /// <summary>One contract; other styles are thin adapters on it.</summary>
    [Fact]
    public void Every_strategy_that_comes_with_the_engine_is_of_the_one_contract()
    {
        Type[] library = [.. typeof(Fathom.Strategies.Library.Quoter).Assembly.GetExportedTypes().Where(type => type.Namespace == "Fathom.Strategies.Library" && !(type.IsAbstract && type.IsSealed))];
        Assert.NotEmpty(library);
        Assert.All(library, type => Assert.True(type.IsSubclassOf(typeof(Strategy)), type.Name));
        Assert.Equal(typeof(Strategy), typeof(NamedStrategy).GetProperty(nameof(NamedStrategy.Strategy))!.PropertyType);
    }

    /// <summary>Callbacks OnStart, OnBook, OnTrade, OnQuote, OnBar, OnFeatures, OnSeries, OnOrder, OnFill, OnTimer, OnStop; OnPrediction comes with the models.</summary>
    [Fact]
    public void These_are_the_callbacks()
    {
        string[] callbacks = ["OnBar", "OnBook", "OnFeatures", "OnFill", "OnOrder", "OnQuote", "OnSeries", "OnStart", "OnStop", "OnTimer", "OnTrade"];
        IEnumerable<string> declared = typeof(Strategy).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name);
        Assert.Equal(callbacks, declared.Order(StringComparer.Ordinal));
        Assert.Equal(callbacks, Enum.GetNames<StrategyCallback>().Where(name => name != "None").Order(StringComparer.Ordinal));
    }

    /// <summary>Those not overridden cost nothing: nobody is woken for them. A spy that is woken next sees whether the strategy before it was.</summary>
    [Fact]
    public void Nobody_is_woken_for_a_callback_that_is_not_overridden()
    {
        Assert.Equal("", Woken(new Deaf()));
        Assert.Equal("quote", Woken(new OnlyQuote()));
        Assert.Equal("quote book", Woken(new OnlyBook()));
        Assert.Equal("quote book", Woken(new OnlyFeatures()));
        Assert.Equal("trade", Woken(new OnlyTrade()));
        Assert.Equal("series", Woken(new OnlySeries()));
        Assert.Equal("bar", Woken(new OnlyBar()));
    }

    // ---- what it may want

    /// <summary>A strategy wants things in one of four forms: order intents, signals (side, size, confidence), a quote ladder (levels as price, or ticks or bps from a named reference; size), or a
    /// target position.</summary>
    [Theory]
    [InlineData("intent", "Limit Buy 9.99 1")]
    [InlineData("signal", "Market Sell None 3")]
    [InlineData("ladder", "Limit Buy 9.95 1, Limit Buy 9.99 2, Limit Sell 10.03 3")]
    [InlineData("target", "Market Sell None 2")]
    public void A_strategy_wants_in_four_forms(string form, string sent)
    {
        using EngineRig rig = One();
        Ask(rig, _a, context => Want(context, form));
        Assert.Equal(sent, string.Join(", ", rig.Sent.OrderBy(command => command.Price).Select(command =>
            $"{command.Type} {command.Side} {(command.Price.IsNone ? "None" : command.Price.ToDecimal())} {command.Quantity.Nanos / Quantity.Scale}")));
    }

    // ---- when

    /// <summary>Per input: timers, reports, data. Order at equal time: timers, reports, market data, each by sequence. A step's output includes the next time it wants waking; the driver answers
    /// with TimeReached.</summary>
    [Fact]
    public void At_one_time_come_timers_then_reports_then_data_each_in_its_order()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing().Nothing();
        long decided = tape.Time - 2_000, next = decided + 1_000;
        List<(MessageType, Timestamp)> inputs = [];
        List<string> told = [];
        List<ClientOrderId> ids = [];
        _a.Book = (context, _) =>
        {
            told.Add($"book {context.Clock.Nanos - decided}");
            if (context.Clock.Nanos != decided) return;
            for (int i = 0; i < 2; i++) ids.Add(context.Submit(new OrderIntent(Tape.Instrument, Side.Buy, Quantity.Units(1), Price.From(91m))));
            foreach (ulong tag in (ulong[])[5, 4]) context.SetTimer(new Timestamp(next), tag);
        };
        _a.Timer = (_, timer) => told.Add($"timer {timer.Tag}");
        _a.Order = (_, change) => told.Add($"order {ids.IndexOf(change.ClientOrderId)} {change.To}");
        Drive(tape, new LatencyModel(Duration.Zero, new Duration(1_000), Duration.Zero), [new NamedStrategy("a", _a)], see: message => inputs.Add((Messages.Header(message).Type, Messages.Header(message).ReceiveTime)));
        Assert.Equal(["book -1000", "book 0", "timer 5", "timer 4", "order 0 Open", "order 1 Open", "book 1000"], told);
        Assert.Equal([MessageType.TimeReached, MessageType.OrderReport, MessageType.OrderReport, MessageType.MarketByOrder], inputs[^4..].Select(input => input.Item1));
        Assert.All(inputs[^4..], input => Assert.Equal(new Timestamp(next), input.Item2));
    }

    /// <summary>One OnBook per venue event and instrument; strategies in config order.</summary>
    [Fact]
    public void The_book_is_shown_once_per_event_and_instrument_to_the_strategies_in_their_order()
    {
        List<string> told = [];
        using EngineRig rig = Two();
        rig.Define(new InstrumentId(1));
        _b.Book = (_, book) => told.Add($"b {book.Instrument.Index}");
        _a.Book = (_, book) => told.Add($"a {book.Instrument.Index}");
        rig.Quote(10.00m, 10.02m).Quote(10.00m, 10.02m, new InstrumentId(1));      // three messages each
        Assert.Equal(["a 0", "b 0", "a 1", "b 1"], told);
    }

    // ---- effect

    /// <summary>Wants are collected and take effect after the callback; a want returns its client order id at once.</summary>
    [Fact]
    public void Wants_take_effect_after_the_callback_and_have_their_names_at_once()
    {
        using EngineRig rig = One();
        ClientOrderId first = default, second = default;
        Ask(rig, _a, context =>
        {
            first = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            second = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m));
            Assert.True(!first.IsNone && !second.IsNone && first != second);
            Assert.False(context.TryOrder(first, out WorkingOrder _) || context.TryWorking(Crude, Side.Buy, out WorkingOrder _));
            Assert.Empty(rig.Commands);
        });
        Assert.Equal([first, second], rig.Sent.Select(command => command.ClientOrderId));
        Ask(rig, _a, context => Assert.True(context.TryOrder(first, out WorkingOrder _)));
    }

    /// <summary>Refusals come back as OnOrder in a following step at the same time: after everybody has seen the input, and before the next one.</summary>
    [Fact]
    public void Refusals_come_back_in_a_following_step_at_the_same_time()
    {
        List<(string, Timestamp)> told = [];
        using EngineRig rig = Two(new RiskLimits { PositionMax = Quantity.Units(1) });
        _a.Book = (context, _) => { told.Add(("a sees", context.Clock)); context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 2m)); told.Add(("a goes on", context.Clock)); };
        _b.Book = (context, _) => told.Add(("b sees", context.Clock));
        _a.Order = (context, change) => told.Add(($"a is told {change.To} {change.Reason}", context.Clock));
        rig.Tape(Crude, BookAction.None, Side.None, null, isLast: true);
        Assert.Equal(["a sees", "a goes on", "b sees", "a is told Refused PositionLimit"], told.Select(one => one.Item1));
        Assert.All(told, one => Assert.Equal(rig.Now, one.Item2));
    }

    /// <summary>More than 64 such rounds for one input halt the strategy.</summary>
    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void More_than_64_rounds_for_one_input_halt_the_strategy(int rounds, bool isHalted)
    {
        using EngineRig rig = One();
        _a.Order = (context, _) => { if (_a.Changes.Count < rounds) context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 0m)); };
        Ask(rig, _a, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 0m)));
        Assert.Equal((64, isHalted), (_a.Changes.Count, rig.Engine.Summarize().Strategies[0].Failure is not null));
    }

    // ---- one owner

    /// <summary>One owner: per (strategy, instrument) intents, or a ladder, or a target; mixing is refused until the other is withdrawn. Another strategy and another instrument do not matter.</summary>
    [Theory]
    [InlineData("intent", "ladder")]
    [InlineData("intent", "target")]
    [InlineData("ladder", "intent")]
    [InlineData("ladder", "target")]
    [InlineData("passive", "intent")]
    [InlineData("passive", "ladder")]
    public void Mixing_is_refused_until_the_other_is_withdrawn(string stands, string asked)
    {
        InstrumentId other = new(1);
        using EngineRig rig = Two();
        rig.Define(other).Quote(10.00m, 10.02m, other);
        Ask(rig, _a, context => Want(context, stands));
        rig.AcceptAll();
        Ask(rig, _a, context => Want(context, asked));
        Assert.Equal((OrderStatus.Refused, ReasonCode.OtherWantsStand), (Assert.Single(_a.Changes, change => change.To == OrderStatus.Refused).To, _a.Changes[^1].Reason));

        Ask(rig, _a, context => Want(context, asked, other));
        Ask(rig, _b, context => Want(context, asked));
        Assert.DoesNotContain(OrderStatus.Refused, _b.Changes.Concat(_a.Changes.Where(change => change.Header.Instrument == other)).Select(change => change.To));

        OrderCommand[] own = [.. rig.Sent.Where(command => command.Output.Strategy == 0 && command.Header.Instrument == Crude && command.Kind == CommandKind.Submit)];
        Ask(rig, _a, context =>
        {
            if (stands == "ladder") context.WithdrawQuotes(Crude);
            else if (stands == "passive") context.WithdrawTarget(Crude);
            else context.Cancel(own[0].ClientOrderId);
        });
        foreach (OrderCommand order in own) rig.Answer(ReportKind.Canceled, order.ClientOrderId);
        int sent = rig.Sent.Count;
        Ask(rig, _a, context => Want(context, asked));
        Assert.Single(_a.Changes, change => change.To == OrderStatus.Refused);
        Assert.True(rig.Sent.Count > sent);
    }

    /// <summary>A ladder or target stands until replaced.</summary>
    [Fact]
    public void A_ladder_stands_until_replaced()
    {
        using EngineRig rig = One();
        Ask(rig, _a, context => context.Quote(Crude, new QuoteLadder().Add(Side.Buy, 2, Quantity.Units(1))));
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 9.99m, 1m);
        rig.AcceptAll().Quote(10.10m, 10.12m);
        Assert.Equal([(CommandKind.Submit, 9.99m), (CommandKind.Submit, 9.99m), (CommandKind.Replace, 10.09m)], rig.Sent.Select(command => (command.Kind, command.Price.ToDecimal())));
        rig.Answer(ReportKind.Replaced, rig.Sent[1].ClientOrderId);
        Ask(rig, _a, context => context.Quote(Crude, new QuoteLadder().Add(Side.Buy, 5, Quantity.Units(1))));
        Assert.Equal((CommandKind.Replace, 10.06m), (rig.Sent[^1].Kind, rig.Sent[^1].Price.ToDecimal()));
    }

    [Fact]
    public void A_target_stands_until_replaced()
    {
        using EngineRig rig = One();
        Ask(rig, _a, context => context.Target(Crude, Quantity.Units(2)));
        ClientOrderId first = rig.Sent[0].ClientOrderId;
        rig.AcceptAll().Fill(first, Side.Buy, 10.02m, 2m);
        rig.Fill(first, Side.Buy, 10.02m, 3m);      // more than was asked for: the target is held against it
        Assert.Equal([(Side.Buy, Quantity.Units(2)), (Side.Sell, Quantity.Units(3))], rig.Sent.Select(command => (command.Side, command.Quantity)));
        rig.AcceptAll().Fill(rig.Sent[1].ClientOrderId, Side.Sell, 10.00m, 3m);
        rig.Quote(10.00m, 10.02m).Operate(OperatorAction.Resume);      // after the surplus it may only reduce
        Ask(rig, _a, context => context.Target(Crude, Quantity.Units(-1)));
        Assert.Equal((3, Side.Sell, Quantity.Units(3)), (rig.Sent.Count, rig.Sent[^1].Side, rig.Sent[^1].Quantity));
    }

    /// <summary>It is pulled when the book is stale, halted or crossed.</summary>
    [Theory]
    [InlineData("passive", "stale")]
    [InlineData("passive", "halted")]
    [InlineData("passive", "crossed")]
    [InlineData("bid", "stale")]
    [InlineData("bid", "halted")]
    [InlineData("bid", "crossed")]
    public void It_is_pulled_when_the_book_is_stale_halted_or_crossed(string form, string trouble)
    {
        using EngineRig rig = One();
        Ask(rig, _a, context => Want(context, form));
        rig.AcceptAll();
        if (trouble == "stale") rig.Tape(Crude, BookAction.None, Side.None, null, isLast: true, BookFlags.MaybeBadBook);
        if (trouble == "halted") rig.State(TradingState.Halted);
        if (trouble == "crossed") rig.Quote(10.00m, 9.99m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        if (trouble == "halted") rig.State(TradingState.Continuous);
        else rig.Quote(10.00m, 10.02m);
        Assert.Equal((3, CommandKind.Submit), (rig.Sent.Count, rig.Sent[^1].Kind));      // it still stands
    }

    /// <summary>Signals of several strategies merge only where the config names an aggregator.</summary>
    [Theory]
    [InlineData(false, "0 Buy 5, 1 Sell 2")]
    [InlineData(true, "2 Buy 3")]
    public void Signals_merge_only_where_an_aggregator_is_named(bool isNamed, string sent)
    {
        AggregatorOptions net = new() { Id = "blend", Method = AggregatorMethod.Net, Strategies = ["a", "b"] };
        using EngineRig rig = new([new NamedStrategy("a", _a), new NamedStrategy("b", _b)], aggregators: isNamed ? [net] : []);
        rig.Define().Quote(10.00m, 10.02m);
        _a.Book = (context, _) => context.Signal(Crude, Side.Buy, Quantity.Units(5));
        _b.Book = (context, _) => context.Signal(Crude, Side.Sell, Quantity.Units(2));
        rig.Tape(Crude, BookAction.None, Side.None, null, isLast: true);
        Assert.Equal(sent, string.Join(", ", rig.Sent.Select(command => $"{command.Output.Strategy} {command.Side} {command.Quantity.Nanos / Quantity.Scale}")));
    }

    // ---- warm-up and state

    /// <summary>Warm-up: wants are refused with that reason, features and bars run.</summary>
    [Theory]
    [InlineData("intent")]
    [InlineData("signal")]
    [InlineData("ladder")]
    [InlineData("target")]
    public void While_it_warms_up_wants_are_refused_and_features_and_bars_run(string form)
    {
        AttentiveStrategy strategy = new() { Start = context => context.SubscribeBars(BarSpec.Parse("1t")) };
        double mid = double.NaN;
        strategy.Features = (_, features) => mid = features.WeightedMid;
        using EngineRig rig = new([new NamedStrategy("a", strategy) { Warmup = Duration.FromMilliseconds(1_000) }]);
        rig.Define().Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m);
        Ask(rig, strategy, context => { Assert.True(context.IsWarmingUp); Assert.Equal(1, context.Bars(Crude, BarSpec.Parse("1t")).Count); Want(context, form); });
        Assert.Equal((OrderStatus.Refused, ReasonCode.WarmUp, 0), (Assert.Single(strategy.Changes).To, strategy.Changes[0].Reason, rig.Sent.Count));
        Assert.Contains("OnBar", strategy.Calls);
        Assert.Equal(10.01, mid, 6);
        rig.Now += Duration.FromMilliseconds(1_000);
        Ask(rig, strategy, context => { Assert.False(context.IsWarmingUp); Want(context, form); });
        Assert.NotEmpty(rig.Sent);
    }

    /// <summary>State: fields are rebuilt by replay. Warm-up is the same in backtest and live: the engine does not know which it is, and decides the same on the same inputs wherever they come from.</summary>
    [Fact]
    public void The_same_inputs_make_the_same_strategy_with_the_same_decisions()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Tape tape = RandomTape.Create(new Random(seed), events: 300, instruments: 2, isHostile: seed % 2 == 0);
            List<byte[]> inputs = [];
            Counting driven = new(), replayed = new();
            string fingerprint = Drive(tape, new LatencyModel(new Duration(700), new Duration(900), Duration.Zero), Named(driven), message => inputs.Add(message.ToArray())).Fingerprint;
            using TradingEngine engine = new(Options(Named(replayed)), new NoVenue(), []);
            foreach (byte[] input in inputs) engine.Step(input);
            engine.Stop();
            Assert.True(fingerprint == engine.Fingerprint.ToString(), $"seed {seed}");
            Assert.Equal(driven.Seen, replayed.Seen);
            Assert.True(driven.Seen.Any(seen => seen.StartsWith("fill", StringComparison.Ordinal)) && driven.Seen.Any(seen => seen.Contains("WarmUp", StringComparison.Ordinal)), $"seed {seed}");
        }
        static NamedStrategy[] Named(Strategy strategy) => [new NamedStrategy("a", strategy) { Warmup = new Duration(50_000) }];
    }

    /// <summary>What must survive a session roll is in the context's key-value store.</summary>
    [Fact]
    public void What_is_stored_survives_the_session()
    {
        Carried carried = new();
        Timestamp evening;
        _a.Book = (context, _) => context.Store.Set("word", "kept");
        using (EngineRig monday = One())
        {
            evening = monday.Now;
            monday.Engine.Stop();
            monday.Engine.WriteCarryOver(carried);
        }
        string found = "";
        ScriptedStrategy next = new() { Start = context => Assert.True(context.Store.TryGet("word", out found)) };
        using EngineRig tuesday = new(next) { Now = evening };
        foreach (byte[] message in carried.Inputs) tuesday.Engine.Step(message);
        tuesday.Define().Quote(10.00m, 10.02m);
        Assert.Equal("kept", found);
    }

    // ---- timers and bars

    /// <summary>A step's output includes the next time it wants waking. A periodic timer that missed periods fires once with missed = n.</summary>
    [Fact]
    public void A_step_says_when_to_wake_and_a_periodic_timer_that_missed_periods_comes_once()
    {
        using EngineRig rig = One();
        List<TimerEvent> seen = [];
        _a.Timer = (_, timer) => seen.Add(timer);
        Ask(rig, _a, context => context.SetPeriodicTimer(new Duration(100), tag: 3));
        Timestamp first = rig.Now + new Duration(100);
        Assert.Equal(first, rig.Engine.NextWake);
        rig.Reach(first + new Duration(250));
        Assert.Equal([new TimerEvent(3, first, 2)], seen);
        Assert.Equal(first + new Duration(300), rig.Engine.NextWake);
    }

    /// <summary>Intervals are half-open. Bars are visible at their close only.</summary>
    [Fact]
    public void What_happens_at_a_bars_end_belongs_to_the_next_one_and_a_bar_is_seen_at_its_close_only()
    {
        Timestamp end = new(60_000_000_000);
        BarSpec minute = BarSpec.Parse("1m");
        List<(long, decimal)> closed = [];
        AttentiveStrategy strategy = new() { Start = context => context.SubscribeBars(minute), Bar = (context, bar) => closed.Add((context.Clock.Nanos, bar.Close.ToDecimal())) };
        int visible = -1;
        strategy.Book = (context, _) => visible = context.Bars(Crude, minute).Count;
        using EngineRig rig = new(strategy);
        rig.Define().Trade(Side.Buy, 10m, 1m);
        rig.Now = new Timestamp(end.Nanos - 1_000_001);
        rig.Trade(Side.Buy, 11m, 1m);                  // the last nanosecond
        Assert.Equal((0, 0), (closed.Count, visible));
        rig.Now = new Timestamp(end.Nanos - 1_000_000);
        rig.Trade(Side.Buy, 12m, 1m);                  // at the end
        Assert.Equal([(end.Nanos, 11m)], closed);
        Assert.Equal(1, visible);
    }

    // ---- ownership

    /// <summary>Orders, fills and positions belong to (account, strategy, instrument, position side). A strategy sees its own sub-position; the account is the sum plus external.</summary>
    [Fact]
    public void A_strategy_sees_its_own_and_the_account_is_the_sum_plus_external()
    {
        using EngineRig rig = Two();
        ClientOrderId a = Submit(rig, _a, Side.Buy, 9.99m, 3m), b = Submit(rig, _b, Side.Sell, 10.05m, 1m);
        rig.AcceptAll().Fill(a, Side.Buy, 9.99m, 2m).Fill(b, Side.Sell, 10.05m, 1m).Fill(new ClientOrderId(9, 9), Side.Sell, 10.00m, 4m);
        Ask(rig, _a, context => { Assert.Equal(Quantity.Units(2), context.Position(Crude)); Assert.True(context.TryOrder(a, out WorkingOrder _)); Assert.False(context.TryOrder(b, out WorkingOrder _)); });
        Ask(rig, _b, context => { Assert.Equal(Quantity.Units(-1), context.Position(Crude)); Assert.False(context.TryOrder(a, out WorkingOrder _)); });
        Assert.Equal((1, 1), (_a.Calls.Count(call => call == "OnFill"), _b.Calls.Count(call => call == "OnFill")));
        Assert.Equal([(0, PositionSide.Net, 2L), (1, PositionSide.Net, -1L), (-1, PositionSide.Net, -4L)],
            rig.Engine.Summarize().Positions.Select(position => (position.Strategy, position.Side, position.Quantity.Nanos / Quantity.Scale)));
    }

    /// <summary>Limits hold at both levels.</summary>
    [Theory]
    [InlineData(0, 4, ReasonCode.PositionLimit)]        // the strategy's own
    [InlineData(2, 2, ReasonCode.PositionLimit)]        // together with the other's
    [InlineData(2, 1, ReasonCode.None)]
    public void Limits_hold_for_the_strategy_and_for_the_account(int first, int second, ReasonCode reason)
    {
        using EngineRig rig = Two(new RiskLimits { PositionMax = Quantity.Units(3) });
        if (first > 0) Submit(rig, _a, Side.Buy, 9.99m, first);
        Submit(rig, _b, Side.Buy, 9.99m, second);
        Assert.Equal(reason, _b.Changes.Count == 0 ? ReasonCode.None : _b.Changes[0].Reason);
    }

    /// <summary>Reduce-only is judged on the sub-position and sent as such only when the account shrinks too.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(5, false)]
    public void Reduce_only_is_judged_on_the_own_position_and_sent_as_such_when_the_account_shrinks_too(int othersShort, bool isSent)
    {
        using EngineRig rig = Two();
        ClientOrderId held = Submit(rig, _a, Side.Buy, 9.99m, 3m);
        rig.AcceptAll().Fill(held, Side.Buy, 9.99m, 3m);
        if (othersShort > 0) rig.Fill(new ClientOrderId(9, 9), Side.Sell, 10.00m, othersShort);
        OrderIntent reduce = new(Crude, Side.Sell, Quantity.Units(2), Price.None) { Type = OrderType.Market, ReduceOnly = true };
        Ask(rig, _a, context => context.Submit(reduce));
        Assert.Equal((Quantity.Units(2), isSent), (rig.Sent[^1].Quantity, rig.Sent[^1].IsReduceOnly));
        Ask(rig, _b, context => context.Submit(reduce));
        Assert.Equal(ReasonCode.ReduceOnly, Assert.Single(_b.Changes).Reason);      // it holds nothing
    }

    /// <summary>An order that would meet one of the same account is refused or cancels it, by config.</summary>
    [Theory]
    [InlineData(SelfMatch.Refuse, "Submit a")]
    [InlineData(SelfMatch.CancelResting, "Submit a, Cancel a, Submit b")]
    public void An_order_that_would_meet_one_of_the_account_is_refused_or_cancels_it(SelfMatch rule, string sent)
    {
        using EngineRig rig = Two(new RiskLimits { SelfMatch = rule });
        Submit(rig, _a, Side.Buy, 9.99m, 1m);
        rig.AcceptAll();
        ClientOrderId meets = Submit(rig, _b, Side.Sell, 9.99m, 1m);
        Assert.Equal(sent, string.Join(", ", rig.Sent.Select(command => $"{command.Kind} {(command.ClientOrderId == meets ? "b" : "a")}")));
        Assert.Equal(rule == SelfMatch.Refuse ? [ReasonCode.WouldMeetOwn] : [], _b.Changes.Select(change => change.Reason));
    }

    /// <summary>Experiments that must not influence each other are lanes: one engine, portfolio and venue each over one reading of the data.</summary>
    [Fact]
    public void Two_engines_over_one_reading_are_each_as_if_alone()
    {
        ScriptedStrategy buys = new(), meets = new(), alone = new();
        foreach ((ScriptedStrategy strategy, Side side) in new[] { (buys, Side.Buy), (meets, Side.Sell), (alone, Side.Sell) }) strategy.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(side, 10.01m));
        using EngineRig first = new(buys), second = new(meets), control = new(alone);
        foreach (EngineRig rig in new[] { first, second }) rig.Define();
        for (int i = 0; i < 3; i++)
            foreach (EngineRig rig in new[] { first, second }) rig.Quote(10.00m, 10.02m);
        control.Define();
        for (int i = 0; i < 3; i++) control.Quote(10.00m, 10.02m);
        Assert.Equal(3, first.Sent.Count);
        Assert.Equal((3, control.Engine.Fingerprint.ToString()), (second.Sent.Count, second.Engine.Fingerprint.ToString()));
    }

    // ---- how it is done

    private EngineRig One() => new EngineRig(_a).Define().Quote(10.00m, 10.02m);

    private EngineRig Two(RiskLimits? limits = null) => new EngineRig([new NamedStrategy("a", _a), new NamedStrategy("b", _b)], limits).Define().Quote(10.00m, 10.02m);

    /// <summary>Runs an action in the strategy's next OnBook, and only there.</summary>
    private static void Ask(EngineRig rig, ScriptedStrategy strategy, Action<StrategyContext> action)
    {
        strategy.Book = (context, _) => action(context);
        rig.Tape(Crude, BookAction.None, Side.None, null, isLast: true);
        strategy.Book = null;
        Assert.All(rig.Engine.Summarize().Strategies, one => Assert.DoesNotContain("Assert.", one.Failure?.Message ?? "", StringComparison.Ordinal));      // the action may check things
    }

    private static ClientOrderId Submit(EngineRig rig, ScriptedStrategy strategy, Side side, decimal price, decimal quantity)
    {
        ClientOrderId id = default;
        Ask(rig, strategy, context => id = context.Submit(ScriptedStrategy.Limit(side, price, quantity)));
        return id;
    }

    private static void Want(StrategyContext context, string form, InstrumentId? of = null)
    {
        InstrumentId instrument = of ?? Crude;
        switch (form)
        {
            case "intent": context.Submit(new OrderIntent(instrument, Side.Buy, Quantity.Units(1), Price.From(9.99m))); break;
            case "signal": context.Signal(instrument, Side.Sell, Quantity.Units(3), confidence: 0.25); break;
            case "ladder":
                QuoteLadder ladder = new() { Reference = PriceReference.Mid };
                context.Quote(instrument, ladder.Add(Side.Buy, Price.From(9.95m), Quantity.Units(1)).Add(Side.Buy, 2, Quantity.Units(2)).AddBps(Side.Sell, 19.98, Quantity.Units(3)));
                break;
            case "bid": context.Quote(instrument, new QuoteLadder().Add(Side.Buy, 2, Quantity.Units(1))); break;
            case "target": context.Target(instrument, Quantity.Units(-2)); break;
            case "passive": context.Target(instrument, Quantity.Units(2), TargetUrgency.Passive); break;
        }
    }

    private static EngineOptions Options(IReadOnlyList<NamedStrategy> strategies) => new() { Currency = EngineRig.Code("USD"), Cash = 1_000_000m, Strategies = strategies };

    private static (RunSummary Run, string Fingerprint) Drive(Tape tape, LatencyModel latency, IReadOnlyList<NamedStrategy> strategies, InputStep see)
    {
        using SimulatedVenue venue = new(latency, FeeSchedule.None);
        using TradingEngine engine = new(Options(strategies), venue, []);
        BacktestDriver driver = new(tape.Source(), message => { see(message); engine.Step(message); }, venue, nextWake: () => engine.NextWake);
        driver.RunAll(null, CancellationToken.None);
        engine.Stop();
        RunSummary run = engine.Summarize();
        Assert.All(run.Strategies, strategy => Assert.Null(strategy.Failure));
        return (run, engine.Fingerprint.ToString());
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_sessions")]
    private static extern ref StrategySession[] Sessions(TradingEngine engine);

    /// <summary>On which of five inputs the strategy is woken: the spy, which comes after it in the same step, looks.</summary>
    private static string Woken(Strategy strategy)
    {
        List<string> woken = [];
        string input = "";
        Spy spy = new();
        using EngineRig rig = new([new NamedStrategy("watched", strategy), new NamedStrategy("spy", spy)]);
        rig.Step(Features.SeriesStoreTests.Definition(0, "sentiment"));
        rig.Define().Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m);
        spy.Look = () => { if (Sessions(rig.Engine)[0].WasWoken) woken.Add(input); };
        (string, Action)[] inputs =
        [
            ("quote", () => rig.Tape(Crude, BookAction.Add, Side.Buy, 10.01m, isLast: true)),
            ("book", () => rig.Tape(Crude, BookAction.Add, Side.Buy, 9.00m, isLast: true)),
            ("trade", () => rig.Trade(Side.Buy, 10.02m, 1m, isLast: false)),
            ("series", () => rig.Step(Features.SeriesStoreTests.Point(0, "CL", 7, 0.5, available: rig.Now.Nanos + 1))),
            ("bar", () => rig.Reach(new Timestamp(60_000_000_000))),
        ];
        foreach ((string name, Action step) in inputs)
        {
            (input, spy.Looks) = (name, 0);
            step();
            Assert.True(spy.Looks == 1, $"{name}: {spy.Looks}");
        }
        return string.Join(' ', woken);
    }

    private class Deaf : Strategy
    {
        public override void OnStart(StrategyContext context) => context.SubscribeBars(BarSpec.Parse("1m"));
    }

    private sealed class OnlyQuote : Deaf { public override void OnQuote(StrategyContext context, in BestPrices prices) { } }

    private sealed class OnlyBook : Deaf { public override void OnBook(StrategyContext context, IBookView book) { } }

    private sealed class OnlyFeatures : Deaf { public override void OnFeatures(StrategyContext context, InstrumentFeatures features) { } }

    private sealed class OnlyTrade : Deaf { public override void OnTrade(StrategyContext context, in MarketByOrder trade) { } }

    private sealed class OnlySeries : Deaf { public override void OnSeries(StrategyContext context, in SeriesUpdate update) { } }

    private sealed class OnlyBar : Deaf { public override void OnBar(StrategyContext context, in Bar bar) { } }

    private sealed class Spy : Deaf
    {
        public Action? Look { get; set; }
        public int Looks { get; set; }

        public override void OnBook(StrategyContext context, IBookView book) => See();
        public override void OnTrade(StrategyContext context, in MarketByOrder trade) => See();
        public override void OnSeries(StrategyContext context, in SeriesUpdate update) => See();
        public override void OnBar(StrategyContext context, in Bar bar) => See();

        private void See()
        {
            Looks++;
            Look?.Invoke();
        }
    }

    /// <summary>Keeps all that it saw, and trades by how much that is.</summary>
    private sealed class Counting : Strategy
    {
        public List<string> Seen { get; } = [];

        public override void OnStart(StrategyContext context) => context.SetPeriodicTimer(new Duration(7_000), tag: 1);

        public override void OnBook(StrategyContext context, IBookView book)
        {
            Seen.Add($"book {book.Instrument.Index} {context.Clock.Nanos}");
            Side side = Seen.Count % 2 == 0 ? Side.Buy : Side.Sell;
            if (Seen.Count % 5 == 0) context.Submit(new OrderIntent(book.Instrument, side, Quantity.Units(1 + Seen.Count % 3), Price.From(100 + side.Sign() * (Seen.Count % 7))));
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            Seen.Add($"timer {timer.Due.Nanos} {timer.Missed}");
            foreach (WorkingOrder order in context.WorkingOrders(Tape.Instrument)) context.Cancel(order.Id);
        }

        public override void OnOrder(StrategyContext context, in OrderEvent change) => Seen.Add($"order {change.ClientOrderId} {change.To} {change.Reason}");

        public override void OnFill(StrategyContext context, in FillEvent fill) => Seen.Add($"fill {fill.ClientOrderId} {fill.Price} {fill.Quantity}");
    }

    private sealed class NoVenue : IVenue
    {
        public void Send(in OrderCommand command) { }
    }

    private sealed class Carried : IMessageSink
    {
        public List<byte[]> Inputs { get; } = [];

        public void Write(ReadOnlySpan<byte> messages) => Inputs.Add(messages.ToArray());
    }
}
