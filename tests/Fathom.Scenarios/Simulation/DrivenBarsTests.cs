using System.Numerics;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Market.Books.Bars;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;
using Fathom.Strategies.Library;
using Fathom.Twins.SlowBars;

namespace Fathom.Scenarios.Simulation;

/// <summary>Bars in whole backtests.</summary>
public class DrivenBarsTests
{
    private const long Day = 86_400_000_000_000;

    private static readonly (string Text, char Kind, bool IsQuote, long Size)[] s_specs =
    [
        ("5s", 's', false, 5_000_000_000), ("1m", 's', false, 60_000_000_000), ("quote:7s", 's', true, 7_000_000_000), ("1d", 's', false, Day),
        ("20t", 't', false, 20), ("quote:500t", 't', true, 500), ("60v", 'v', false, 60 * Quantity.Scale),
    ];

    [Theory]
    [InlineData("0ns")]
    [InlineData("3ms")]
    public void Bars_of_a_run_are_the_slow_twins_and_those_of_time_come_at_their_time(string feed)
    {
        Watcher watcher = new();
        TradingEngine engine = Run(feed, out DriverSummary driver, new NamedStrategy("watcher", watcher), new NamedStrategy("quoter", new Quoter()));
        using TradingEngine _ = engine;
        Assert.All(engine.Summarize().Strategies, strategy => Assert.Null(strategy.Failure));
        long first = watcher.Updates[0].Time / Day * Day;
        List<SlowBar> expected = new SlowBarMaker([(first, first + Day), (first + Day, first + 2 * Day)], watcher.Multiplier).Make(s_specs, watcher.Updates, driver.End.Nanos);
        Assert.True(expected.Count > 100, $"only {expected.Count} bars");
        Assert.Equal(s_specs.Length - 1, expected.Select(bar => bar.Spec).Distinct().Count());      // no day has ended
        for (int i = 0; i < Math.Min(expected.Count, watcher.Bars.Count); i++) Assert.Equal(expected[i], watcher.Bars[i]);
        Assert.Equal(expected.Count, watcher.Bars.Count);
        Assert.Equal(0, watcher.Late);
    }

    public static TheoryData<string> Names => ["sma-cross", "rsi-reversion", "breakout"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Strategies_of_the_library_trade_on_bars_the_same_way_twice(string name)
    {
        string[] prints = new string[2];
        for (int i = 0; i < 2; i++)
        {
            using TradingEngine engine = Run("0ns", out DriverSummary _, new NamedStrategy(name, Quick(name)) { Warmup = Duration.FromMilliseconds(20_000) });
            StrategySummary summary = Assert.Single(engine.Summarize().Strategies);
            Assert.Null(summary.Failure);
            Assert.Equal(0, summary.RefusedCount);
            Assert.True(summary.FillCount >= 5, $"only {summary.FillCount} fills");
            prints[i] = engine.Fingerprint.ToString();
        }
        Assert.Equal(prints[0], prints[1]);
    }

    private static Strategy Quick(string name) => name switch
    {
        "sma-cross" => new SmaCross { Bars = "2s", Fast = 2, Slow = 5 },
        "rsi-reversion" => new RsiReversion { Bars = "2s", Length = 3 },
        _ => new Breakout { Bars = "2s", Length = 4, AtrLength = 3 },
    };

    private static TradingEngine Run(string feed, out DriverSummary driver, params NamedStrategy[] strategies)
    {
        Assert.True(Duration.TryParse(feed, out Duration feedLatency));
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode usd));
        using MarketGenerator market = new(new GeneratorOptions { Preset = "demo", Events = 60_000, Seed = 7 });
        using SimulatedVenue venue = new(new LatencyModel(Duration.FromMilliseconds(1), Duration.FromMilliseconds(1), feedLatency), FeeSchedule.None);
        TradingEngine engine = new(new EngineOptions { Currency = usd, Cash = 100_000m, Strategies = strategies }, venue);
        driver = BacktestDriver.Run(market, engine, venue, cancellation: TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>Notes what happens and which bars come of it.</summary>
    private sealed class Watcher : Strategy
    {
        public List<SlowUpdate> Updates { get; } = [];
        public List<SlowBar> Bars { get; } = [];
        public long Multiplier { get; private set; }
        public int Late { get; private set; }

        public override void OnStart(StrategyContext context)
        {
            foreach ((string text, _, _, _) in s_specs) context.SubscribeBars(BarSpec.Parse(text));
        }

        public override void OnTrade(StrategyContext context, in MarketByOrder trade)
        {
            Multiplier = context.Instrument(trade.Header.Instrument).MultiplierNanos;
            Updates.Add(new SlowUpdate(context.Clock.Nanos, trade.Header.Instrument.Index, IsQuote: false, trade.Price.Nanos, trade.Quantity.Nanos));
        }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (!book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask) || bid.Price > ask.Price || book.IsStale) return;
            Updates.Add(new SlowUpdate(context.Clock.Nanos, book.Instrument.Index, IsQuote: true, (bid.Price.Nanos + ask.Price.Nanos) / 2, 0));
        }

        public override void OnBar(StrategyContext context, in Bar bar)
        {
            if (bar.CloseTime != context.Clock) Late++;
            Bars.Add(new SlowBar(bar.Spec.ToString(), bar.Instrument.Index, bar.OpenTime.Nanos, bar.CloseTime.Nanos, bar.FirstTime.Nanos, bar.LastTime.Nanos, bar.Open.Nanos, bar.High.Nanos,
                bar.Low.Nanos, bar.Close.Nanos, (BigInteger)bar.Volume.Nanos, (BigInteger)bar.PriceVolume, (BigInteger)bar.Notional, bar.Count));
        }
    }
}
