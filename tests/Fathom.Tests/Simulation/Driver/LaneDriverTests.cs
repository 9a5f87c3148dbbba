using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Engine.Features;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Simulation.Driver;

/// <summary>The law of lanes: each comes to what it would have come to alone, to the last byte of everything it publishes. Alone is the run of <see cref="BacktestDriver"/>.</summary>
public class LaneDriverTests
{
    private sealed record Setting(int Kind, int Seed, Duration Entry, Duration Response, long PositionMax, Duration Equity, VenueFeatures Features);

    private sealed record Outcome(string Fingerprint, string Published, RunSummary Run, DriverSummary Driver);

    [Theory]
    [InlineData(0)]
    [InlineData(3_000)]
    public void Each_lane_comes_to_what_it_comes_to_alone(long feedNanos)
    {
        long fills = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: 400, instruments: 1 + random.Next(3), isHostile: seed % 3 == 0);
            AddSeries(tape, random);
            Timestamp start = seed % 5 == 1 ? new Timestamp(1_200_000) : Timestamp.Earliest;
            Setting[] settings = new Setting[1 + random.Next(7)];
            for (int i = 0; i < settings.Length; i++)
            {
                settings[i] = new Setting(random.Next(LaneMix.Kinds), random.Next(), ALatency(random), ALatency(random), 1 + random.Next(20), new Duration(random.Next(3) * 10_000), random.Next(3) == 0 ? VenueFeatures.None : VenueFeatures.All);
                if (i > 0 && random.Next(3) == 0) settings[i] = settings[0];
            }
            Outcome[] together = Together(tape, settings, new Duration(feedNanos), start);
            for (int i = 0; i < settings.Length; i++)
            {
                Outcome alone = Alone(tape, settings[i], new Duration(feedNanos), start);
                Same(alone, together[i], $"seed {seed}, lane {i}: {settings[i]}");
                fills += alone.Run.FillCount;
            }
        }
        Assert.True(fills > 1_000, $"{fills} fills");
    }

    [Fact]
    public void Lanes_need_one_feed_latency_one_start_and_a_venue_each()
    {
        using EngineLanes engines = new(new Duration(1_000));
        using VenueTape tape = new();
        SimulatedVenue one = new(new LatencyModel(Duration.Zero, Duration.Zero, Duration.Zero), new FeeBook(FeeSchedule.None), 0, tape);
        SimulatedVenue two = new(new LatencyModel(Duration.Zero, Duration.Zero, new Duration(1)), new FeeBook(FeeSchedule.None), 0, tape);
        Setting setting = new(0, 1, Duration.Zero, Duration.Zero, 1, Duration.Zero, VenueFeatures.All);
        engines.Add(Options(setting, Timestamp.Earliest) with { TradeWindow = new Duration(1_000) }, one);
        Assert.Throws<ArgumentException>(() => engines.Add(Options(setting, Timestamp.Earliest), two));
        Assert.Throws<ArgumentException>(() => engines.Add(Options(setting, new Timestamp(1)) with { TradeWindow = new Duration(1_000) }, two));
        Assert.Throws<ArgumentException>(() => new LaneDriver(new Tape().Source(), engines, tape, [one, two]));
        engines.Add(Options(setting, Timestamp.Earliest) with { TradeWindow = new Duration(1_000) }, two);
        Assert.Throws<ArgumentException>(() => new LaneDriver(new Tape().Source(), engines, tape, [one, two]));
    }

    private static Duration ALatency(Random random) => new(random.Next(3) switch { 0 => 0, 1 => random.Next(1_500), _ => random.Next(20_000) });

    private static EngineOptions Options(Setting setting, Timestamp start) => new()
    {
        Currency = Fathom.Domain.Values.CurrencyCode.TryParse("USD", out CurrencyCode dollar) ? dollar : default,
        Cash = 1_000_000,
        Strategies = [new NamedStrategy("one", LaneMix.Create(setting.Kind, setting.Seed))],
        Limits = new RiskLimits { PositionMax = Quantity.Units(setting.PositionMax) },
        Start = start,
        EquityInterval = setting.Equity,
        TradeWindow = new Duration(8_000),
        VenueFeatures = setting.Features,
        Configuration = BitConverter.GetBytes(setting.Seed),
    };

    private static Outcome Alone(Tape tape, Setting setting, Duration feed, Timestamp start)
    {
        Listener listener = new();
        using SimulatedVenue venue = new(new LatencyModel(setting.Entry, setting.Response, feed), new FeeBook(FeeSchedule.None), features: setting.Features);
        using TradingEngine engine = new(Options(setting, start), new Rewriter(venue, setting.Seed), [listener]);
        DriverSummary driver = BacktestDriver.Run(tape.Source(), engine, venue);
        return new Outcome(engine.Fingerprint.ToString(), listener.ToString(), engine.Summarize(), driver);
    }

    private static Outcome[] Together(Tape tape, Setting[] settings, Duration feed, Timestamp start)
    {
        using VenueTape shared = new();
        using EngineLanes engines = new(new Duration(8_000));
        Listener[] listeners = [.. settings.Select(_ => new Listener())];
        SimulatedVenue[] venues = [.. settings.Select(setting => new SimulatedVenue(new LatencyModel(setting.Entry, setting.Response, feed), new FeeBook(FeeSchedule.None), 0, shared, setting.Features))];
        for (int i = 0; i < settings.Length; i++) engines.Add(Options(settings[i], start), new Rewriter(venues[i], settings[i].Seed), listeners[i]);
        LaneDriver driver = new(tape.Source(piece: 5), engines, shared, venues);
        driver.Run();
        return [.. settings.Select((_, i) => new Outcome(engines[i].Fingerprint.ToString(), listeners[i].ToString(), engines[i].Summarize(), driver.Summarize(i)))];
    }

    private static void Same(Outcome alone, Outcome lane, string where)
    {
        Assert.True(alone.Published == lane.Published, $"{where}: published {alone.Published}, in a lane {lane.Published}");
        Assert.True(alone.Fingerprint == lane.Fingerprint, $"{where}: fingerprint");
        (long, long, Timestamp, Timestamp) Counts(RunSummary run) => (run.InputCount, run.MarketDataCount, run.First, run.Last);
        Assert.True(Counts(alone.Run) == Counts(lane.Run), $"{where}: {Counts(alone.Run)}, in a lane {Counts(lane.Run)}");
        Assert.True(alone.Run.Totals?.Equity == lane.Run.Totals?.Equity && alone.Run.DrawdownMax.Equals(lane.Run.DrawdownMax), $"{where}: money");
        DriverSummary Known(DriverSummary driver) => driver with { LookAheadMax = 0, LookAheadStops = 0 };
        Assert.True(Known(alone.Driver) == Known(lane.Driver), $"{where}: {alone.Driver}, in a lane {lane.Driver}");
    }

    /// <summary>Points that became known between the messages, some long before the run begins.</summary>
    private static void AddSeries(Tape tape, Random random)
    {
        if (random.Next(2) == 0) return;
        for (int i = tape.Messages.Count - 1; i > 0; i--)
        {
            if (random.Next(20) > 0) continue;
            long time = Messages.Header(tape.Messages[i]).ReceiveTime.Nanos;
            SeriesObservation point = SeriesStoreTests.Point(0, "a", time - 1, random.Next(9), time);
            tape.Messages.Insert(i, Messages.AsBytes(in point).ToArray());
        }
        SeriesObservation early = SeriesStoreTests.Point(0, "a", 5, 1);
        tape.Messages.Insert(0, Messages.AsBytes(in early).ToArray());
        SeriesDefinition definition = SeriesStoreTests.Definition(0, "s");
        tape.Messages.Insert(0, Messages.AsBytes(in definition).ToArray());
    }

    /// <summary>Makes stops, orders with an end and reduce-only orders of some commands, so that the venue has all kinds.</summary>
    private sealed class Rewriter(SimulatedVenue venue, int seed) : IVenue
    {
        private readonly Random _dice = new(seed);
        private ulong _lists;

        public void Send(in OrderCommand command)
        {
            OrderCommand changed = command;
            if (command.Kind == CommandKind.Submit) Change(ref changed);
            venue.Send(in changed);
        }

        private void Change(ref OrderCommand command)
        {
            int kind = _dice.Next(10);
            if (kind == 0) command.Flags |= OrderFlags.ReduceOnly;
            if (kind == 1) (command.TimeInForce, command.ExpireTime) = (TimeInForce.GoodTillDate, command.Header.EventTime + new Duration(_dice.Next(5_000, 60_000)));
            if (kind == 2) (command.ListId, command.Contingency) = (_lists = _lists % 2 == 0 ? _lists + 1 : _lists, Contingency.OneCancelsOther);
            if (kind > 4) return;
            if (kind == 3) (command.Type, command.TrailOffset) = (OrderType.Trailing, new Price(_dice.Next(1, 4) * Price.Scale));
            if (kind == 4) (command.Type, command.TriggerPrice) = (OrderType.Stop, new Price((command.Side == Side.Buy ? 99 + _dice.Next(6) : 95 + _dice.Next(6)) * Price.Scale));
            if (kind < 3) return;
            command.TriggerSource = _dice.Next(2) == 0 ? TriggerSource.Last : TriggerSource.BidAsk;
            command.Price = Price.None;
            command.Flags &= ~OrderFlags.PostOnly;
        }
    }

    /// <summary>Counts and hashes everything that is published.</summary>
    private sealed class Listener : IRunObserver
    {
        private readonly Xxh3 _hash = new();
        private readonly int[] _counts = new int[6];

        public void OnCommand(in OrderCommand command) => Add(0, Messages.AsBytes(in command));
        public void OnOrder(in OrderEvent change) => Add(1, Messages.AsBytes(in change));
        public void OnFill(in FillEvent fill) => Add(2, Messages.AsBytes(in fill));
        public void OnPosition(in PositionEvent position) => Add(3, Messages.AsBytes(in position));
        public void OnQuote(in QuoteEvent quote) => Add(4, Messages.AsBytes(in quote));
        public void OnEquity(in EquityEvent equity) => Add(5, Messages.AsBytes(in equity));

        public override string ToString() => $"{string.Join(' ', _counts)} {_hash.Finish()}";

        private void Add(int kind, ReadOnlySpan<byte> message)
        {
            _counts[kind]++;
            _hash.Append(message);
        }
    }
}
