using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;

namespace Fathom.Scenarios.Simulation;

/// <summary>Target positions at a venue that is some way off, on a market that goes on meanwhile.</summary>
public class TargetRunTests
{
    private const int Events = 30_000;

    [Theory]
    [InlineData(TargetUrgency.Immediate, "0ns", "0ns")]
    [InlineData(TargetUrgency.Immediate, "5ms", "20ms")]
    [InlineData(TargetUrgency.Normal, "0ns", "0ns")]
    [InlineData(TargetUrgency.Normal, "5ms", "20ms")]
    [InlineData(TargetUrgency.Passive, "0ns", "0ns")]
    [InlineData(TargetUrgency.Passive, "5ms", "20ms")]
    public void The_position_never_passes_the_targets_and_ends_at_the_last_one(TargetUrgency urgency, string entry, string response)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            Wanderer wanderer = new(seed, urgency);
            Watcher watcher = new(wanderer);
            using TradingEngine engine = Run([new NamedStrategy("wanderer", wanderer)], [], watcher, seed, entry, response);
            string where = $"seed {seed}: {engine.Account.Strategy(0).Quantity(wanderer.Instrument)} for {wanderer.Target}, {watcher.Fills} fills";
            Assert.True(watcher.Breaches.Count == 0, $"{where}; {string.Join("; ", watcher.Breaches)}");
            Assert.True(watcher.Fills >= 20, where);
            Assert.True(engine.Account.Strategy(0).Quantity(wanderer.Instrument) == wanderer.Target && engine.Orders.LiveCount == 0, where);
            Assert.Equal(0, engine.Orders.Anomalies.Total);
        }
    }

    [Fact]
    public void An_aggregators_position_ends_at_what_its_members_signals_make()
    {
        Wanderer first = new(1, isSignaller: true), second = new(2, isSignaller: true);
        AggregatorOptions net = new() { Id = "net", Method = AggregatorMethod.Net, Strategies = ["first", "second"], Urgency = TargetUrgency.Normal };
        using TradingEngine engine = Run([new NamedStrategy("first", first), new NamedStrategy("second", second)], [net], new Watcher(null), seed: 5, "1ms", "1ms");
        Assert.Equal(first.Target + second.Target, engine.Account.Strategy(2).Quantity(first.Instrument));
        Assert.Equal([0L, 0, engine.Summarize().FillCount], engine.Summarize().Strategies.Select(owner => owner.FillCount));
        Assert.True(engine.Summarize().FillCount > 20);
    }

    private static TradingEngine Run(
        IReadOnlyList<NamedStrategy> strategies, IReadOnlyList<AggregatorOptions> aggregators, Watcher watcher, int seed, string entry, string response)
    {
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode usd));
        using SimulatedVenue venue = new(new LatencyModel(Time(entry), Time(response), Duration.Zero), new FeeBook(new FeeSchedule(0, 0, 0)));
        TradingEngine engine = new(new EngineOptions { Currency = usd, Cash = 1_000_000m, Strategies = strategies, Aggregators = aggregators }, venue, [watcher]);
        BacktestDriver.Run(new MarketGenerator(new GeneratorOptions { Preset = "demo", Events = Events, Seed = (ulong)seed }), engine, venue, cancellation: TestContext.Current.CancellationToken);
        return engine;
    }

    private static Duration Time(string text) => Duration.TryParse(text, out Duration duration) ? duration : throw new ArgumentException(text);

    /// <summary>Wants another position every few dozen events, and holds to the last one for most of the run.</summary>
    private sealed class Wanderer(int seed, TargetUrgency urgency = TargetUrgency.Immediate, bool isSignaller = false) : Strategy
    {
        private readonly Random _random = new(seed);
        private int _events;

        public InstrumentId Instrument { get; private set; }
        public Quantity Target { get; private set; }

        /// <summary>Least and most of the targets so far, and of no position.</summary>
        public (long Least, long Most) Range { get; private set; }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (++_events > Events / 4 || _events % 50 != 1) return;
            Instrument = book.Instrument;
            Target = Quantity.Units(_random.Next(-25, 26));
            Range = (Math.Min(Range.Least, Target.Nanos), Math.Max(Range.Most, Target.Nanos));
            if (!isSignaller) context.Target(Instrument, Target, urgency);
            else context.Signal(Instrument, Target.IsZero ? Side.None : Target.IsPositive ? Side.Buy : Side.Sell, Target.IsPositive ? Target : -Target);
        }
    }

    private sealed class Watcher(Wanderer? wanderer) : IRunObserver
    {
        public List<string> Breaches { get; } = [];
        public int Fills { get; private set; }

        public void OnCommand(in OrderCommand command) { }
        public void OnOrder(in OrderEvent change) { }

        public void OnFill(in FillEvent fill)
        {
            Fills++;
            if (wanderer is null || (fill.Position.Nanos >= wanderer.Range.Least && fill.Position.Nanos <= wanderer.Range.Most)) return;
            Breaches.Add($"{fill.Position} at {fill.Header.ReceiveTime}, targets {wanderer.Range}");
        }

        public void OnPosition(in PositionEvent position) { }
        public void OnQuote(in QuoteEvent quote) { }
        public void OnEquity(in EquityEvent equity) { }
    }
}
