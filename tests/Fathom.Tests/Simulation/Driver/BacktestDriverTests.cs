using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Simulation.Driver;

public class BacktestDriverTests
{
    private const long Microsecond = 1_000;

    [Fact]
    public void Each_leg_takes_its_latency()
    {
        Tape tape = new Tape { Time = 1_000_000 }.Define();
        for (int i = 0; i < 50; i++) tape.Nothing();
        LatencyModel latency = new(new Duration(2_500), new Duration(4_200), new Duration(700));
        ScriptedEngine engine = new(latency) { OnInput = (one, _) => { if (one.Inputs == 3) one.Submit(Side.Buy, 92, 1); } };

        engine.Run(tape);

        OrderReport report = Assert.Single(engine.Reports);
        long decided = 1_000_000 + 1 * Microsecond + 700;      // the third message
        Assert.Equal(decided + 2_500, report.Header.EventTime.Nanos);
        Assert.Equal(decided + 2_500 + 4_200, report.Header.ReceiveTime.Nanos);
    }

    [Fact]
    public void Report_comes_before_market_data_of_the_same_time_and_the_tape_before_commands()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        long decided = tape.Time;
        tape.Nothing();                                        // decides here
        tape.Time = decided;
        tape.Add(2, Side.Buy, 91, 7);                          // at the venue at the same time as the command
        tape.Time = decided + 500;
        tape.Nothing();
        List<MessageType> order = [];
        ScriptedEngine engine = new(new LatencyModel(Duration.Zero, new Duration(500), Duration.Zero))
        {
            OnInput = (one, header) =>
            {
                if (one.Inputs == 3) one.Submit(Side.Buy, 91, 1);
                order.Add(header.Type);
            },
        };

        engine.Run(tape);

        Assert.Equal(7, Assert.Single(engine.Reports).QueueAhead.Nanos / Quantity.Scale);
        Assert.Equal([MessageType.OrderReport, MessageType.MarketByOrder], order[^2..]);
    }

    /// <summary>The venue knew of the trade long before the record reached us.</summary>
    [Fact]
    public void Fill_can_arrive_before_the_record_that_shows_it()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing();
        long eventTime = tape.Time;
        tape.Time += 100;
        tape.Nothing();
        tape.Time += 50_000;
        tape.Nothing();
        tape.Record(BookAction.Fill, 1, Side.Buy, 90, 2, BookFlags.Last, eventTime: eventTime + 10);
        List<MessageType> order = [];
        ScriptedEngine engine = new(LatencyModel.Zero)
        {
            OnInput = (one, header) =>
            {
                if (one.Inputs == 2) one.Submit(Side.Buy, 91, 1);
                order.Add(header.Type);
            },
        };

        DriverSummary summary = engine.Run(tape);

        Assert.Equal(ReportKind.Filled, engine.Reports[^1].Kind);
        Assert.Equal([MessageType.OrderReport, MessageType.MarketByOrder, MessageType.MarketByOrder], order[^3..]);
        Assert.True(summary.LookAheadMax > 0);
    }

    [Fact]
    public void Look_ahead_stops_at_its_bound_and_is_counted()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        for (int i = 0; i < 200; i++) tape.Record(BookAction.None, 0, Side.None, null, 0, BookFlags.Last, eventTime: 1_000_500);      // all at once at the venue
        tape.Record(BookAction.Fill, 1, Side.Buy, 90, 2, BookFlags.Last, eventTime: 1_000_500);
        DriverSummary[] runs = new DriverSummary[3];
        List<long>[] times = [[], [], []];
        for (int run = 0; run < 3; run++)
        {
            ScriptedEngine engine = new(LatencyModel.Zero)
            {
                OnInput = (one, _) => { if (one.Inputs == 3) one.Submit(Side.Buy, 91, 1); },
                OnReport = (one, _) => times[run].Add(one.Inputs),
            };
            runs[run] = engine.Run(tape, lookAheadMax: run == 0 ? BacktestDriver.LookAheadBytesMax : 20 * 64);
        }

        Assert.Equal((0, true), (runs[0].LookAheadStops, runs[0].LookAheadMax > 150 * 64));
        Assert.True(runs[1].LookAheadStops > 0 && runs[1].LookAheadMax <= 20 * 64);
        Assert.True(times[1][^1] > times[0][^1], "a bound makes the fill later, not lost");
        Assert.Equal(times[1], times[2]);
    }

    [Fact]
    public void Nothing_that_arrives_after_the_end_of_the_data_is_delivered()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing();
        LatencyModel hour = new(new Duration(3_600_000_000_000), new Duration(3_600_000_000_000), Duration.Zero);
        ScriptedEngine engine = new(hour) { OnInput = (one, _) => one.Submit(Side.Buy, 91, 1) };

        DriverSummary summary = engine.Run(tape);

        Assert.Empty(engine.Reports);
        Assert.Equal((3, 3), (summary.PendingCommands, (int)summary.Messages));
    }

    [Fact]
    public void Report_due_at_the_last_input_is_delivered()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        ScriptedEngine engine = new(LatencyModel.Zero) { OnInput = (one, _) => { if (one.Inputs == 2) one.Submit(Side.Buy, 91, 1); } };

        DriverSummary summary = engine.Run(tape);

        Assert.Equal(ReportKind.Accepted, Assert.Single(engine.Reports).Kind);
        Assert.Equal((1, 1, 0, 0), (summary.LiveOrders, (int)summary.Reports, summary.PendingCommands, summary.PendingReports));
    }

    [Fact]
    public void Strategy_that_never_rests_while_no_time_passes_is_stopped()
    {
        Tape tape = new Tape().Define().Add(1, Side.Sell, 90, 5).Nothing();
        ScriptedEngine engine = new(LatencyModel.Zero) { OnInput = (one, _) => one.Submit(Side.Buy, 91, 1) };

        Assert.Throws<InputException>(() => engine.Run(tape));
    }

    [Fact]
    public void Canceled_run_stops_at_the_next_chunk()
    {
        using CancellationTokenSource cancellation = new();
        Tape tape = new Tape().Define();
        for (int i = 0; i < 3_000; i++) tape.Nothing();
        ScriptedEngine engine = new(LatencyModel.Zero) { OnInput = (_, _) => cancellation.Cancel() };
        BacktestDriver driver = new(tape.Source(), Ignore, engine.Venue);
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => driver.RunAll(null, cancellation.Token));
    }

    [Fact]
    public void A_run_that_is_over_ends_at_the_next_chunk_as_if_the_data_did()
    {
        Tape tape = new Tape().Define();
        for (int i = 0; i < 3_000; i++) tape.Nothing();
        ScriptedEngine engine = new(LatencyModel.Zero);
        int asked = 0;
        BacktestDriver driver = new(tape.Source(), Ignore, engine.Venue);
        driver.RunAll(null, TestContext.Current.CancellationToken, isOver: () => ++asked > 1);

        Assert.InRange(driver.Summarize().Messages, 1, 2_999);
    }

    [Fact]
    public void How_the_source_cuts_its_reads_leaves_no_trace()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            List<string> first = Trace(seed, piece: 1), second = Trace(seed, piece: 400);
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void At_equal_time_timers_come_before_reports_and_reports_before_market_data()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing().Nothing();
        long decided = tape.Time - 2 * Microsecond;
        List<(MessageType, long)> inputs = [];
        ScriptedStrategy strategy = new();
        strategy.Book = (context, _) =>
        {
            if (context.Clock.Nanos != decided) return;
            context.Submit(new OrderIntent(Tape.Instrument, Side.Buy, Quantity.Units(1), Price.From(91m)));
            context.SetTimer(context.Clock + new Duration(Microsecond), tag: 1);
            context.SetTimer(context.Clock + new Duration(10), tag: 2);
        };
        Run(tape, strategy, new LatencyModel(new Duration(300), new Duration(700), Duration.Zero), isEager: false, header => inputs.Add((header.Type, header.ReceiveTime.Nanos)));

        long next = decided + Microsecond;
        Assert.Equal([(MessageType.TimeReached, decided + 10), (MessageType.TimeReached, next), (MessageType.OrderReport, next), (MessageType.MarketByOrder, next)], inputs[^4..]);
        Assert.Equal(["OnTimer", "OnTimer", "OnOrder", "OnBook"], strategy.Calls[^5..^1]);
    }

    [Fact]
    public void A_timer_due_at_the_last_input_comes_and_a_later_one_does_not()
    {
        Tape tape = new Tape().Define().Nothing();
        long last = tape.Time - Microsecond;
        ScriptedStrategy strategy = new();
        strategy.Book = (context, _) => { context.SetTimer(new Timestamp(last), tag: 1); context.SetTimer(new Timestamp(last + 1), tag: 2); };

        DriverSummary summary = Run(tape, strategy, LatencyModel.Zero, isEager: false).Summary;

        Assert.Equal((1L, last), (summary.Timers, summary.End.Nanos));
        Assert.Single(strategy.Calls, "OnTimer");
    }

    [Fact]
    public void A_periodic_timer_comes_at_each_of_its_times_however_far_apart_the_records_are()
    {
        Tape tape = new Tape().Define().Nothing();
        tape.Time += 50 * Microsecond;
        tape.Nothing();
        List<(long, long)> seen = [];
        ScriptedStrategy strategy = new() { Start = context => context.SetPeriodicTimer(new Duration(10 * Microsecond), tag: 1) };
        strategy.Timer = (context, timer) => seen.Add((context.Clock.Nanos, timer.Missed));
        Run(tape, strategy, LatencyModel.Zero, isEager: false);
        Assert.Equal([(1_010_000, 0), (1_020_000, 0), (1_030_000, 0), (1_040_000, 0), (1_050_000, 0)], seen);
    }

    [Fact]
    public void Timers_without_end_at_one_moment_are_stopped()
    {
        Tape tape = new Tape().Define().Nothing().Nothing();
        ScriptedStrategy strategy = new();
        strategy.Start = context => context.SetTimer(context.Clock, tag: 1);
        strategy.Timer = (context, _) => context.SetTimer(Timestamp.Earliest, tag: 1);
        Assert.Throws<InputException>(() => Run(tape, strategy, LatencyModel.Zero, isEager: false));
    }

    /// <summary>A venue that lags while nothing of ours is there is the same venue, with timers that wake the strategy between the records too.</summary>
    [Fact]
    public void An_eager_venue_and_a_lazy_one_give_the_same_run_with_timers()
    {
        long fills = 0, timers = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: 600, instruments: 2, isHostile: seed % 2 == 0);
            LatencyModel latency = new(new Duration(random.Next(3_000)), new Duration(random.Next(3_000)), new Duration(random.Next(500)));
            (DriverSummary Summary, RunSummary Run, string Fingerprint) lazy = Run(tape, new TimedStrategy(seed), latency, isEager: false), eager = Run(tape, new TimedStrategy(seed), latency, isEager: true);
            Assert.True(lazy.Fingerprint == eager.Fingerprint, $"seed {seed}");
            Assert.True(lazy.Run.Strategies[0].Failure is null, $"seed {seed}: {lazy.Run.Strategies[0].Failure?.Message}");
            Assert.Equal((lazy.Summary.Reports, lazy.Summary.Timers, lazy.Summary.LiveOrders), (eager.Summary.Reports, eager.Summary.Timers, eager.Summary.LiveOrders));
            fills += lazy.Run.FillCount;
            timers += lazy.Summary.Timers;
        }
        Assert.True(fills > 300 && timers > 3_000, $"{fills} fills, {timers} timers");
    }

    /// <summary>Law: what is recorded is what the engine took, byte for byte and in that order, whatever lies together in a chunk.</summary>
    [Fact]
    public void The_inputs_that_are_recorded_are_those_that_the_engine_took()
    {
        long reports = 0, timers = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: 600, instruments: 2, isHostile: seed % 2 == 0);
            LatencyModel latency = new(new Duration(random.Next(3_000)), new Duration(random.Next(3_000)), new Duration(seed % 3 == 0 ? random.Next(500) : 0));
            List<byte> taken = [];
            RecordedInputs inputs = new();
            using SimulatedVenue venue = new(latency, new FeeSchedule(0m, 0m, 0m));
            using TradingEngine engine = new(new EngineOptions { Currency = EngineRig.Code("USD"), Cash = 1_000_000m, Strategies = [new NamedStrategy("one", new TimedStrategy(seed))] }, venue, []);
            void Step(ReadOnlySpan<byte> message)
            {
                taken.AddRange(message);
                engine.Step(message);
            }
            BacktestDriver driver = new(tape.Source(), Step, venue, nextWake: () => engine.NextWake, inputs: inputs);
            driver.RunAll(null, CancellationToken.None);
            Assert.True(taken.SequenceEqual(inputs.Bytes), $"seed {seed}");
            DriverSummary summary = driver.Summarize();
            (reports, timers) = (reports + summary.Reports, timers + summary.Timers);
        }
        Assert.True(reports > 300 && timers > 3_000, $"{reports} reports, {timers} timers");
    }

    private sealed class RecordedInputs : IMessageSink
    {
        public List<byte> Bytes { get; } = [];

        public void Write(ReadOnlySpan<byte> messages) => Bytes.AddRange(messages);
    }

    private static (DriverSummary Summary, RunSummary Run, string Fingerprint) Run(Tape tape, Strategy strategy, LatencyModel latency, bool isEager, Action<MessageHeader>? see = null)
    {
        using SimulatedVenue venue = new(latency, new FeeSchedule(0m, 0m, 0m));
        EngineOptions options = new() { Currency = EngineRig.Code("USD"), Cash = 1_000_000m, Strategies = [new NamedStrategy("one", strategy)] };
        using TradingEngine engine = new(options, venue, []);
        void Step(ReadOnlySpan<byte> message)
        {
            see?.Invoke(Messages.Header(message));
            engine.Step(message);
        }
        BacktestDriver driver = new(tape.Source(), Step, venue, isEager: isEager, nextWake: () => engine.NextWake);
        driver.RunAll(null, CancellationToken.None);
        engine.Stop();
        return (driver.Summarize(), engine.Summarize(), engine.Fingerprint.ToString());
    }

    /// <summary>Sets timers at random, and sends orders when they come; often nothing of its own is at the venue.</summary>
    private sealed class TimedStrategy(int seed) : Strategy
    {
        private readonly Random _random = new(seed);

        public override void OnStart(StrategyContext context) => context.SetPeriodicTimer(new Duration(1 + _random.Next(20_000)), tag: 0);

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (_random.Next(8) == 0) context.SetTimer(context.Clock + new Duration(_random.Next(-500, 6_000)), tag: 1 + (ulong)book.Instrument.Index);
            if (_random.Next(40) == 0) context.ClearTimers(1);
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            foreach (WorkingOrder order in context.WorkingOrders(Tape.Instrument)) context.Cancel(order.Id);
            if (timer.Tag == 0) return;
            Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
            InstrumentId instrument = new((int)timer.Tag - 1);
            context.Submit(new OrderIntent(instrument, side, Quantity.Units(_random.Next(1, 5)), Price.From(side == Side.Buy ? 94 + _random.Next(7) : 106 - _random.Next(7))));
        }
    }

    private static List<string> Trace(int seed, int piece)
    {
        Tape tape = RandomTape.Create(new Random(seed), events: 1_500, instruments: 2, isHostile: true);
        RandomOrders orders = new(seed, isHostile: true);
        List<string> inputs = [];
        ScriptedEngine engine = new(new LatencyModel(new Duration(1_500), new Duration(900), new Duration(300)))
        {
            OnInput = (one, header) =>
            {
                orders.OnInput(one, header);
                inputs.Add($"{header.Type} {header.EventTime.Nanos} {header.ReceiveTime.Nanos}");
            },
        };
        engine.Run(tape, piece: piece);
        return inputs;
    }

    private static void Ignore(ReadOnlySpan<byte> message) { }
}
