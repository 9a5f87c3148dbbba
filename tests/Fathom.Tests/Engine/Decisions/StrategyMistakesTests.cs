using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Market.Books.Bars;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Engine.Decisions;

/// <summary>What a strategy can do wrong, and what becomes of it: a whole run at the simulated venue with two strategies, in which the second must not notice.</summary>
public class StrategyMistakesTests
{
    private const int Rounds = 120;

    private static readonly InstrumentId First = new(0), Second = new(1);
    private static readonly BarSpec OneTrade = BarSpec.Parse("1t");

    /// <summary>A strategy's exception is caught at one place, published (in the run's summary, from which its report is made), and halts that strategy: what it wanted
    /// in that callback is dropped, its live orders are canceled, it is never called again,
    /// and the other strategy has the fills that it has alone.</summary>
    [Theory]
    [InlineData(StrategyCallback.OnStart, MessageType.InstrumentDefined)]
    [InlineData(StrategyCallback.OnBook, MessageType.MarketByOrder)]
    [InlineData(StrategyCallback.OnTrade, MessageType.MarketByOrder)]
    [InlineData(StrategyCallback.OnQuote, MessageType.MarketByOrder)]
    [InlineData(StrategyCallback.OnBar, MessageType.MarketByOrder)]
    [InlineData(StrategyCallback.OnFeatures, MessageType.MarketByOrder)]
    [InlineData(StrategyCallback.OnSeries, MessageType.SeriesPoint)]
    [InlineData(StrategyCallback.OnOrder, MessageType.OrderReport)]
    [InlineData(StrategyCallback.OnFill, MessageType.OrderReport)]
    [InlineData(StrategyCallback.OnTimer, MessageType.TimeReached)]
    [InlineData(StrategyCallback.OnStop, MessageType.None)]
    public void An_exception_in_any_callback_halts_that_strategy_alone(StrategyCallback callback, MessageType input)
    {
        ClientOrderId dropped = default;
        Faulty faulty = new(callback, context =>
        {
            dropped = context.Submit(new OrderIntent(First, Side.Buy, Quantity.Units(1), Price.From(80m)));
            throw new InvalidOperationException("no idea");
        });
        (RunSummary run, Watcher seen) = Run(faulty);

        StrategyFailure failure = run.Strategies[0].Failure!;
        Assert.Equal((callback, input, "InvalidOperationException: no idea"), (failure.Callback, failure.InputType, failure.Message));
        Assert.Contains(nameof(StrategyMistakesTests), failure.Details, StringComparison.Ordinal);
        Assert.Equal((faulty.FailedAt, 0), (failure.Time, faulty.CallsAfter));
        Assert.False(dropped.IsNone || seen.Commands.Any(command => command.ClientOrderId == dropped));
        Assert.DoesNotContain(seen.Commands, command => command.Output.Strategy == 0 && command.Kind != CommandKind.Cancel && command.Header.EventTime > failure.Time);
        if (callback is not (StrategyCallback.OnStart or StrategyCallback.OnStop))
        {
            Assert.True(run.Strategies[0].OrderCount > 0, "it has something to lose");
            Assert.All(seen.Last(owner: 0), status => Assert.True(status.IsTerminal(), $"{status}"));
        }
        if (callback == StrategyCallback.OnStop) Assert.Contains(OrderStatus.PendingCancel, seen.Last(owner: 0));
        AssertOther(run, seen);
    }

    /// <summary>What is wrong is refused, with a reason; both strategies go on.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_done_is_refused_and_everybody_goes_on(string what, ReasonCode reason)
    {
        Faulty faulty = new(StrategyCallback.OnBook, context => Wrong(context, what), isRepeated: false);
        (RunSummary run, Watcher seen) = Run(faulty);
        Assert.Null(run.Strategies[0].Failure);
        Assert.Contains(faulty.Changes, change => change.Reason == reason);
        Assert.True(run.Strategies[0].RefusedCount > 0 || reason == ReasonCode.UnknownOrder, "it is counted");
        Assert.True(faulty.CallsAfter > Rounds, "it goes on");
        AssertOther(run, seen);
    }

    public static TheoryData<string, ReasonCode> Refused => new()
    {
        { "an order of no instrument", ReasonCode.UnknownInstrument },
        { "an order of an instrument that is not defined", ReasonCode.UnknownInstrument },
        { "an order of the last instrument that there can be", ReasonCode.UnknownInstrument },
        { "a bracket of an instrument that is not defined", ReasonCode.UnknownInstrument },
        { "a ladder after an order in the instrument", ReasonCode.OtherWantsStand },
        { "a target after an order in the instrument", ReasonCode.OtherWantsStand },
        { "an order of nothing", ReasonCode.QuantityNotPositive },
        { "an order of less than nothing", ReasonCode.QuantityNotPositive },
        { "an order of no quantity", ReasonCode.QuantityNotPositive },
        { "an order of half a lot", ReasonCode.QuantityOffLot },
        { "an order off the tick", ReasonCode.PriceOffTick },
        { "an expiry in the past", ReasonCode.ConditionInvalid },
        { "a stop without a trigger", ReasonCode.ConditionInvalid },
        { "an end of no order", ReasonCode.UnknownOrder },
        { "an end of a stranger's order", ReasonCode.UnknownOrder },
        { "a change of no order", ReasonCode.UnknownOrder },
    };

    /// <summary>What makes no sense at all is an exception in the callback that asked for it.</summary>
    [Theory]
    [MemberData(nameof(Senseless))]
    public void What_makes_no_sense_halts_the_strategy_that_asked_for_it(string what)
    {
        Faulty faulty = new(StrategyCallback.OnBook, context => Wrong(context, what));
        (RunSummary run, Watcher seen) = Run(faulty);
        StrategyFailure failure = run.Strategies[0].Failure!;
        Assert.Equal(StrategyCallback.OnBook, failure.Callback);
        Assert.Matches("^(Argument|InvalidOperation).*Exception: .", failure.Message);
        Assert.Equal(0, faulty.CallsAfter);
        AssertOther(run, seen);
    }

    public static TheoryData<string> Senseless =>
    [
        "a ladder of an instrument that is not defined", "a target of an instrument that is not defined", "a signal of an instrument that is not defined", "the book of an instrument that is not defined",
        "bars that were not subscribed to", "a subscription after the start", "a ladder from a fair value without one", "a target of nothing stated", "a signal without a size", "a period of nothing",
        "a bracket without an exit", "orders of two instruments that cancel each other", "a series that there is not",
    ];

    /// <summary>Values that no type stops, in every field of an order: refused by the engine or rejected by the venue, and nobody stops.</summary>
    [Fact]
    public void Any_order_that_can_be_written_down_is_answered_and_stops_nobody()
    {
        long[] numbers = [long.MinValue, -Price.Scale, -1, 0, 1, Price.Scale, 100 * Price.Scale, long.MaxValue - 1, long.MaxValue];
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            long Number() => numbers[random.Next(numbers.Length)];
            int asked = 0;
            Faulty faulty = new(StrategyCallback.OnBook, context =>
            {
                if (++asked > 40) return;
                OrderIntent intent = new(new InstrumentId(random.Next(-2, 4)), (Side)random.Next(4), new Quantity(Number()), new Price(Number()))
                {
                    Type = (OrderType)random.Next(12),
                    TimeInForce = (TimeInForce)random.Next(9),
                    PostOnly = random.Next(2) == 0,
                    ReduceOnly = random.Next(4) == 0,
                    TriggerPrice = random.Next(2) == 0 ? Price.None : new Price(Number()),
                    TriggerSource = (TriggerSource)random.Next(5),
                    TrailOffset = random.Next(2) == 0 ? Price.None : new Price(Number()),
                    ExpireTime = random.Next(2) == 0 ? Timestamp.None : new Timestamp(Number()),
                };
                ClientOrderId id = context.Submit(intent);
                if (random.Next(3) == 0) context.Replace(id, new OrderChange { Price = new Price(Number()), Quantity = new Quantity(Number()), TriggerPrice = new Price(Number()), TrailOffset = new Price(Number()) });
            }, isRepeated: true);
            (RunSummary run, Watcher seen) = Run(faulty);
            Assert.True(run.Strategies[0].Failure is null && run.Strategies[1].Failure is null && run.Strategies[1].FillCount > 20, $"seed {seed}: {run.Strategies[0].Failure?.Message}");
            Assert.True(run.Strategies[0].RefusedCount + run.Strategies[0].OrderCount >= 40, $"seed {seed}: each is answered");
        }
    }

    /// <summary>The same of ladders, targets and signals, which the engine works out after the callback: one that the context takes stops nobody, and one that it does not take is an exception there.</summary>
    [Fact]
    public void Any_standing_want_that_can_be_written_down_stops_nobody_else()
    {
        long[] numbers = [long.MinValue, -Price.Scale, -1, 0, 1, Price.Scale, 100 * Price.Scale, long.MaxValue - 1, long.MaxValue];
        double[] distances = [double.MinValue, -1e18, -200, -0.5, 0, 3, 1e9, 1e18, double.MaxValue, double.NaN];
        int halted = 0, goingOn = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            long Number() => numbers[random.Next(numbers.Length)];
            double Distance() => distances[random.Next(distances.Length)];
            Faulty faulty = new(StrategyCallback.OnBook, context =>
            {
                foreach (WorkingOrder order in context.WorkingOrders(First)) context.Cancel(order.Id);
                if (random.Next(4) == 0) { context.WithdrawQuotes(First); context.WithdrawTarget(First); }
                try
                {
                    switch (seed % 3)
                    {
                        case 0:
                            QuoteLadder ladder = new() { ShiftTicks = random.Next(3) == 0 ? Distance() : 0, RequoteTicks = random.Next(3) == 0 ? long.MaxValue : 1, Reference = (PriceReference)random.Next(2) };
                            for (int i = random.Next(4); i >= 0; i--)
                            {
                                Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                                int kind = random.Next(3);
                                if (kind == 0) ladder.Add(side, new Price(Number()), new Quantity(Number()));
                                else if (kind == 1) ladder.Add(side, Distance(), new Quantity(Number()));
                                else ladder.AddBps(side, Distance(), new Quantity(Number()));
                            }
                            context.Quote(First, ladder);
                            break;
                        case 1: context.Target(First, new Quantity(Number()), (TargetUrgency)random.Next(4)); break;
                        case 2: context.Signal(First, (Side)random.Next(3), new Quantity(Number()), random.Next(3) / 2.0); break;
                    }
                }
                catch (ArgumentException) when (seed % 4 != 0) { }      // a strategy may try
            });
            (RunSummary run, Watcher seen) = Run(faulty);
            StrategyFailure? failure = run.Strategies[0].Failure;
            Assert.True(failure is null || failure.Message.StartsWith("Argument", StringComparison.Ordinal), $"seed {seed}: {failure?.Message}");
            Assert.True(run.Strategies[1].Failure is null && run.Strategies[1].FillCount > 20, $"seed {seed}");
            if (failure is not null) halted++;
            else if (run.Strategies[0].FillCount > 8 || run.Strategies[0].RefusedCount > 0) goingOn++;
        }
        Assert.True(halted > 10 && goingOn > 10, $"{halted} halted, {goingOn} went on");
    }

    /// <summary>A timer in the past comes once, at the clock: with the next input of time.</summary>
    [Fact]
    public void A_timer_in_the_past_comes_once_and_at_once()
    {
        Timestamp setAt = default;
        Faulty faulty = new(StrategyCallback.OnBook, context => { setAt = context.Clock; context.SetTimer(new Timestamp(5), tag: 99); }, isRepeated: false);
        (RunSummary run, Watcher seen) = Run(faulty);
        Assert.Equal([(new TimerEvent(99, new Timestamp(5), 0), setAt)], faulty.Timers.Where(timer => timer.Timer.Tag == 99));
        Assert.Null(run.Strategies[0].Failure);
        AssertOther(run, seen);
    }

    /// <summary>An endless round of refusals halts the strategy after 64 and says so.</summary>
    [Fact]
    public void Refusals_without_end_halt_the_strategy_after_64()
    {
        OrderIntent hopeless = new(First, Side.Buy, Quantity.Zero, Price.From(80m));
        Faulty faulty = new(StrategyCallback.OnBook, context => context.Submit(hopeless), isRepeated: false) { Answer = (context, change) => { if (change.To == OrderStatus.Refused) context.Submit(hopeless); } };
        (RunSummary run, Watcher seen) = Run(faulty);
        StrategyFailure failure = run.Strategies[0].Failure!;
        Assert.Equal((StrategyCallback.OnOrder, "more than 64 rounds of refusals for one input"), (failure.Callback, failure.Message));
        Assert.Equal(64, faulty.Changes.Count(change => change.To == OrderStatus.Refused));
        Assert.All(seen.Last(owner: 0), status => Assert.True(status.IsTerminal(), $"{status}"));
        AssertOther(run, seen);
    }

    private static void Wrong(StrategyContext context, string what)
    {
        InstrumentId unknown = new(5);
        OrderIntent sound = new(First, Side.Buy, Quantity.Units(1), Price.From(80m));
        switch (what)
        {
            case "an order of no instrument": context.Submit(sound with { Instrument = InstrumentId.None }); break;
            case "an order of an instrument that is not defined": context.Submit(sound with { Instrument = unknown }); break;
            case "an order of the last instrument that there can be": context.Submit(sound with { Instrument = new InstrumentId(int.MaxValue) }); break;
            case "a bracket of an instrument that is not defined": context.SubmitBracket(new Bracket(sound with { Instrument = unknown }) { StopTrigger = Price.From(70m) }); break;
            case "a ladder after an order in the instrument": context.Submit(sound); context.Quote(First, new QuoteLadder().Add(Side.Buy, 2, Quantity.Units(1))); break;
            case "a target after an order in the instrument": context.Submit(sound); context.Target(First, Quantity.Units(1)); break;
            case "an order of nothing": context.Submit(sound with { Quantity = Quantity.Zero }); break;
            case "an order of less than nothing": context.Submit(sound with { Quantity = Quantity.Units(-1) }); break;
            case "an order of no quantity": context.Submit(sound with { Quantity = Quantity.None }); break;
            case "an order of half a lot": context.Submit(sound with { Quantity = Quantity.From(0.5m) }); break;
            case "an order off the tick": context.Submit(sound with { Price = Price.From(80.5m) }); break;
            case "an expiry in the past": context.Submit(sound with { TimeInForce = TimeInForce.GoodTillDate, ExpireTime = new Timestamp(5) }); break;
            case "a stop without a trigger": context.Submit(sound with { Type = OrderType.Stop, Price = Price.None }); break;
            case "an end of no order": context.Cancel(ClientOrderId.None); break;
            case "an end of a stranger's order": context.Cancel(new ClientOrderId(9, 1)); break;
            case "a change of no order": context.Replace(new ClientOrderId(9, 9), Price.From(80m), Quantity.Units(1)); break;
            case "a ladder of an instrument that is not defined": context.Quote(unknown, new QuoteLadder()); break;
            case "a target of an instrument that is not defined": context.Target(unknown, Quantity.Units(1)); break;
            case "a signal of an instrument that is not defined": context.Signal(unknown, Side.Buy, Quantity.Units(1)); break;
            case "the book of an instrument that is not defined": context.Book(unknown); break;
            case "bars that were not subscribed to": context.Bars(First, BarSpec.Parse("7m")); break;
            case "a subscription after the start": context.SubscribeBars(OneTrade); break;
            case "a ladder from a fair value without one": context.Quote(First, new QuoteLadder { Reference = PriceReference.FairValue }); break;
            case "a target of nothing stated": context.Target(First, Quantity.None); break;
            case "a signal without a size": context.Signal(First, Side.Buy, Quantity.Zero); break;
            case "a period of nothing": context.SetPeriodicTimer(Duration.Zero, tag: 9); break;
            case "a bracket without an exit": context.SubmitBracket(new Bracket(sound)); break;
            case "orders of two instruments that cancel each other": context.SubmitOneCancelsOther(sound, sound with { Instrument = Second }); break;
            case "a series that there is not": context.TrySeries("sentment", "", out SeriesUpdate _); break;
            default: throw new NotSupportedException(what);
        }
    }

    // ---- the run

    private static (RunSummary Run, Watcher Seen) Run(Strategy? faulty)
    {
        NamedStrategy steady = new("steady", new Steady());
        EngineOptions options = new() { Currency = EngineRig.Code("USD"), Cash = 1_000_000m, Strategies = faulty is null ? [steady] : [new NamedStrategy("faulty", faulty), steady] };
        using SimulatedVenue venue = new(new LatencyModel(new Duration(100), new Duration(200), Duration.Zero), new FeeSchedule(1m, 2m, 0m));
        Watcher seen = new();
        using TradingEngine engine = new(options, venue, [seen]);
        BacktestDriver.Run(ATape().Source(), engine, venue);
        return (engine.Summarize(), seen);
    }

    /// <summary>The other strategy neither stopped nor traded otherwise than alone.</summary>
    private static void AssertOther(RunSummary run, Watcher seen)
    {
        (RunSummary alone, Watcher own) = Run(null);
        Assert.Null(run.Strategies[1].Failure);
        Assert.True(own.FillsOf(0).Count > 20, "there is something to compare");
        Assert.Equal(own.FillsOf(0), seen.FillsOf(1));
        Assert.Equal(alone.Strategies[0].Totals, run.Strategies[1].Totals);
    }

    /// <summary>Two instruments of which each is traded, quoted and walks up and down, and a series.</summary>
    private static Tape ATape()
    {
        Tape tape = new Tape().Define().Define(1);
        tape.Messages.Insert(0, Messages.AsBytes(Features.SeriesStoreTests.Definition(0, "sentiment")).ToArray());
        ulong id = 1;
        for (int round = 0; round < Rounds; round++)
        {
            for (int instrument = 0; instrument < 2; instrument++)
            {
                int mid = 100 + round % 5;
                tape.Record(BookAction.Clear, 0, Side.None, null, 0, BookFlags.None, instrument);
                tape.Record(BookAction.Add, id++, Side.Buy, mid - 1, 20, BookFlags.None, instrument);
                tape.Record(BookAction.Add, id++, Side.Sell, mid + 1, 20, BookFlags.Last, instrument);
                tape.Record(BookAction.Trade, 0, Side.Buy, mid + 1, 1, BookFlags.None, instrument);
                tape.Record(BookAction.Fill, id - 1, Side.Sell, mid + 1, 1, BookFlags.None, instrument);
                tape.Record(BookAction.Cancel, id - 1, Side.Sell, mid + 1, 1, BookFlags.Last, instrument);
            }
            tape.Messages.Add(Messages.AsBytes(Features.SeriesStoreTests.Point(0, "CL", tape.Time - 10, round, available: tape.Time)).ToArray());
            tape.Time += 1_000;
        }
        return tape;
    }

    /// <summary>Trades the first instrument with market orders, keeps an order far from the market, listens to everything, and makes its mistake in one callback once there is something to lose.</summary>
    /// <param name="isRepeated">It makes it every time from then on, as far as it is still called.</param>
    private sealed class Faulty(StrategyCallback where, Action<StrategyContext> mistake, bool isRepeated = true) : Strategy
    {
        private bool _isDone;
        private int _books;

        public Timestamp FailedAt { get; private set; } = Timestamp.None;
        public int CallsAfter { get; private set; }
        public List<OrderEvent> Changes { get; } = [];
        public List<(TimerEvent Timer, Timestamp Clock)> Timers { get; } = [];
        public Action<StrategyContext, OrderEvent>? Answer { get; init; }

        public override void OnStart(StrategyContext context)
        {
            context.SubscribeBars(OneTrade);
            context.SetPeriodicTimer(new Duration(5_000), tag: 1);
            Come(StrategyCallback.OnStart, context);
        }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            _books++;
            if (book.Instrument == First && _books % 10 == 1 && context.IsDefined(First) && where != StrategyCallback.OnStart)
            {
                if (_books < 20) context.Submit(new OrderIntent(First, Side.Buy, Quantity.Units(1), Price.From(50m)));
                if (!_isDone) context.Submit(new OrderIntent(First, Side.Buy, Quantity.Units(1), Price.None) { Type = OrderType.Market });
            }
            Come(StrategyCallback.OnBook, context);
        }

        public override void OnTrade(StrategyContext context, in MarketByOrder trade) => Come(StrategyCallback.OnTrade, context);
        public override void OnQuote(StrategyContext context, in BestPrices prices) => Come(StrategyCallback.OnQuote, context);
        public override void OnBar(StrategyContext context, in Bar bar) => Come(StrategyCallback.OnBar, context);
        public override void OnFeatures(StrategyContext context, InstrumentFeatures features) => Come(StrategyCallback.OnFeatures, context);
        public override void OnSeries(StrategyContext context, in SeriesUpdate update) => Come(StrategyCallback.OnSeries, context);
        public override void OnFill(StrategyContext context, in FillEvent fill) => Come(StrategyCallback.OnFill, context);
        public override void OnStop(StrategyContext context) => Come(StrategyCallback.OnStop, context);

        public override void OnOrder(StrategyContext context, in OrderEvent change)
        {
            Changes.Add(change);
            Answer?.Invoke(context, change);
            Come(StrategyCallback.OnOrder, context);
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            Timers.Add((timer, context.Clock));
            Come(StrategyCallback.OnTimer, context);
        }

        private void Come(StrategyCallback callback, StrategyContext context)
        {
            if (_isDone) CallsAfter++;
            bool isReady = callback is StrategyCallback.OnStart or StrategyCallback.OnStop || _books > 25;
            if (callback != where || !isReady || (_isDone && !isRepeated)) return;
            (_isDone, FailedAt) = (true, context.Clock);
            mistake(context);
        }
    }

    /// <summary>Goes in and out of the second instrument by limit and market orders.</summary>
    private sealed class Steady : Strategy
    {
        private int _books;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (book.Instrument != Second || ++_books % 3 != 0) return;
            bool isLong = context.Position(Second).IsPositive;
            OrderIntent market = new(Second, isLong ? Side.Sell : Side.Buy, Quantity.Units(1 + _books % 2), Price.None) { Type = OrderType.Market };
            context.Submit(_books % 2 == 0 || !book.TryBestAsk(out BookLevel ask) ? market : market with { Type = OrderType.Limit, Price = isLong ? Price.From(90m) : ask.Price });
        }
    }

    private sealed class Watcher : IRunObserver
    {
        private readonly List<FillEvent> _fills = [];
        private readonly List<OrderEvent> _changes = [];

        public List<OrderCommand> Commands { get; } = [];

        public void OnCommand(in OrderCommand command) => Commands.Add(command);

        public void OnOrder(in OrderEvent change) => _changes.Add(change);

        public void OnFill(in FillEvent fill) => _fills.Add(fill);

        /// <summary>An owner's fills, without what names it.</summary>
        public List<(Timestamp, Side, Price, Quantity, long, Quantity, Liquidity)> FillsOf(int owner) =>
            [.. _fills.Where(fill => fill.Output.Strategy == owner).Select(fill => (fill.Header.ReceiveTime, fill.Side, fill.Price, fill.Quantity, fill.FeeNanos, fill.Position, fill.Liquidity))];

        /// <summary>What each of an owner's orders came to.</summary>
        public List<OrderStatus> Last(int owner) =>
            [.. _changes.Where(change => change.Output.Strategy == owner && !change.ClientOrderId.IsNone).GroupBy(change => change.ClientOrderId).Select(order => order.Last().To)];
    }
}
