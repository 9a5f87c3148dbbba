using System.Globalization;
using System.Text;
using System.Text.Json;
using Fathom.Analytics;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Profit;
using Fathom.Analytics.Quotes;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;
using Fathom.Scenarios.Data;
using Fathom.Scenarios.Simulation;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;
using Fathom.Strategies.Library;

namespace Fathom.Scenarios.Analytics;

/// <summary>Whole backtests with two strategies: what the analysis says is held against the engine's own money, and against a twin that keeps everything.</summary>
public class AnalyzedRunTests
{
    private static readonly string[] Names = ["quoter", "random"];

    [Fact]
    public void A_generated_markets_run_adds_up() =>
        Check(new MarketGenerator(new GeneratorOptions { Preset = "demo", Events = 60_000, Seed = 7 }), fillsMin: 50);

    [Fact]
    public void A_recorded_markets_run_adds_up() =>
        Check(new TermsSource(Fathom.Data.Dbn.DbnFile.Open(RealFiles.Find("mbo/CLX5_mbo.dbn")), tick: 0.01m, multiplier: 1_000m), fillsMin: 50);

    private static void Check(IMessageSource source, int fillsMin)
    {
        using IMessageSource market = source;
        using SimulatedVenue venue = new(new LatencyModel(Duration.FromMilliseconds(1), Duration.FromMilliseconds(1), Duration.Zero), new FeeSchedule(-0.2m, 0.5m, 1.45m));
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode usd));
        NamedStrategy[] strategies =
        [
            new(Names[0], new Quoter { HalfSpread = 0, Size = Quantity.Units(2) }),
            new(Names[1], new RandomStrategy(11, takes: true)),
        ];
        TradingEngine? running = null;
        List<MarkedFill> finished = [];
        AnalysisOptions options = new()
        {
            Currency = usd,
            Strategies = Names,
            Instrument = id => (uint)id.Index < (uint)running!.Market.Instruments.Count ? running.Market.Instruments[id] : null,
        };
        RunAnalyzer analyzer = new(options, finished.Add);
        Everything everything = new();
        using TradingEngine engine = running = new(new EngineOptions { Currency = usd, Cash = 1_000_000m, Strategies = strategies }, venue, [analyzer, everything]);
        BacktestDriver.Run(market, engine, venue, cancellation: TestContext.Current.CancellationToken);
        RunAnalysis analysis = analyzer.Finish(engine.Clock, Outcomes(engine));

        Assert.True(everything.Fills.Count >= fillsMin, $"only {everything.Fills.Count} fills");
        Assert.Equal(everything.Fills.Select(fill => fill.ExecutionId), finished.Select(fill => fill.Fill.ExecutionId));
        CheckMarkouts(analysis, finished, everything, engine.Clock);
        CheckMoney(analysis, engine, everything);
        CheckReport(analysis, engine);
    }

    private static void CheckMarkouts(RunAnalysis analysis, List<MarkedFill> finished, Everything everything, Timestamp end)
    {
        foreach (MarkedFill fill in finished)
            for (int i = 0; i < analysis.Options.Horizons.Count; i++)
                Assert.Equal(everything.MidAfter(fill.Fill, analysis.Options.Horizons[i], end), fill.MidAfter(i));
    }

    private static void CheckMoney(RunAnalysis analysis, TradingEngine engine, Everything everything)
    {
        Assert.Equal(engine.Account.Realized + engine.Account.Unrealized - engine.Account.Fees, analysis.Profits.Sum(profit => profit.Spread + profit.Inventory - profit.Fees));
        Assert.Equal(everything.Fills.Count, analysis.Profits.Sum(profit => profit.FillCount));
        foreach (ProfitSplit profit in analysis.Profits)
        {
            double last = analysis.Inventory.Single(history => history.Strategy == profit.Strategy && history.Instrument == profit.Instrument).Quantity.ToArray()[^1].Low;
            Assert.Equal(profit.Position.ToDouble(), last);
        }
        Assert.Equal((double)engine.Account.Equity, analysis.Equity[0].Equity.ToArray()[^1].Low, 1e-6);
        Assert.Equal(engine.Account.Curve.DrawdownMax, analysis.Equity[0].Drawdown.ToArray().Max(point => point.Low), 1e-3);      // sampled once a second
        RunSummary summary = engine.Summarize();
        Assert.Equal(summary.OrderCount, analysis.Strategies.Sum(strategy => strategy.FillRate.SentOrders));
        Assert.Equal(summary.OrderCount + everything.RefusedOrders, analysis.OrderCount);      // refused replacements are no orders
        Assert.All(analysis.Strategies, strategy => Assert.InRange(strategy.FillRate.OfQuantity, 0.001, 1));
        Assert.All(analysis.Strategies, strategy => Assert.True(strategy.AtPlacement.Count > 0 && strategy.AtFill.Count > 0));
    }

    private static void CheckReport(RunAnalysis analysis, TradingEngine engine)
    {
        RunSummary summary = engine.Summarize();
        using MemoryStream page = new();
        ReportWriter.Write(page, ReportTemplate.Marker, new ReportFacts { Title = "run", First = summary.First, Last = summary.Last, SummaryJson = "{}" }, analysis);
        using JsonDocument data = JsonDocument.Parse(Encoding.UTF8.GetString(page.ToArray()));
        decimal total = data.RootElement.GetProperty("pnl").EnumerateArray().Sum(row => decimal.Parse(row.GetProperty("total").GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal(engine.Account.Equity - engine.Account.Start, total);
        Assert.InRange(data.RootElement.GetProperty("prices")[0].GetProperty("bid").GetArrayLength(), 2, 20_000);
    }

    private static List<PositionOutcome> Outcomes(TradingEngine engine)
    {
        List<PositionOutcome> outcomes = [];
        for (ushort strategy = 0; strategy < Names.Length; strategy++)
            for (int i = 0; i < engine.Market.Instruments.Count; i++)
                if (engine.Account.Strategy(strategy).Find(new InstrumentId(i)) is { } held) outcomes.Add(Outcome(strategy, held));
        return outcomes;
    }

    private static PositionOutcome Outcome(ushort strategy, Holding held) => new(
        strategy, held.Instrument, held.Currency, held.Position.Quantity, Money(held.RealizedNanos), Money(held.UnrealizedNanos), Money(held.FeesNanos));

    private static decimal Money(Int128 nanos) => (decimal)nanos / Price.Scale;

    /// <summary>Keeps all fills and quotes, and searches.</summary>
    private sealed class Everything : IRunObserver
    {
        private readonly List<QuoteEvent> _quotes = [];

        public List<FillEvent> Fills { get; } = [];

        public long RefusedOrders { get; private set; }

        public void OnOrder(in OrderEvent change) => RefusedOrders += change.To == OrderStatus.Refused ? 1 : 0;

        public void OnFill(in FillEvent fill) => Fills.Add(fill);

        public void OnQuote(in QuoteEvent quote) => _quotes.Add(quote);

        public Mid MidAfter(FillEvent fill, Duration horizon, Timestamp end)
        {
            Timestamp moment = fill.Header.ReceiveTime + horizon;
            if (moment > end) return Mid.None;
            int at = _quotes.FindLastIndex(quote => quote.Header.Instrument == fill.Header.Instrument && quote.Header.ReceiveTime <= moment);
            return at < 0 ? Mid.None : Mid.Between(_quotes[at].Bid, _quotes[at].Ask);
        }
    }
}
