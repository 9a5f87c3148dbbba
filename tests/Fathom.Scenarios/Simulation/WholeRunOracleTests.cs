using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Scenarios.Data;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;
using Fathom.Strategies.Library;
using Fathom.Twins.SlowVenue;

namespace Fathom.Scenarios.Simulation;

/// <summary>Whole backtests, fill by fill against the oracle, which knows nothing but the tape and the commands that were sent.</summary>
public class WholeRunOracleTests
{
    private const string EsJune = "dbn/real/order_book_deltas_catalog/databento/orderbooks_mbo_2024-05-08T00-00-00_2024-05-08T00-00-02.dbn.zst";

    [Theory]
    [InlineData("quoter", "1ms", "1ms")]
    [InlineData("quoter", "0ns", "0ns")]
    [InlineData("random", "250us", "3ms")]
    [InlineData("random", "20ms", "0ns")]
    [InlineData("taker", "250us", "1ms")]
    [InlineData("taker", "0ns", "0ns")]
    public void Every_fill_on_crude_oil_is_the_oracles(string strategy, string entry, string response)
    {
        string path = RealFiles.Find("mbo/CLX5_mbo.dbn");
        Check(() => new TermsSource(DbnFile.Open(path), tick: 0.01m, multiplier: 1_000m), strategy, entry, response, fillsMin: 20);
    }

    [Theory]
    [InlineData("quoter", "1us", "1us")]
    [InlineData("random", "100us", "50us")]
    [InlineData("taker", "1us", "1us")]
    public void Every_fill_on_the_mini_future_is_the_oracles(string strategy, string entry, string response)
    {
        string path = RealFiles.Find(EsJune);
        Check(() => new TermsSource(DbnFile.Open(path), tick: 0.25m, multiplier: 50m), strategy, entry, response, fillsMin: 0);      // five trades in two seconds
    }

    [Theory]
    [InlineData("quoter", "1ms", "1ms")]
    [InlineData("random", "200us", "200us")]
    [InlineData("taker", "200us", "200us")]
    [InlineData("taker", "0ns", "0ns")]
    public void Every_fill_on_a_generated_market_is_the_oracles(string strategy, string entry, string response) =>
        Check(() => new MarketGenerator(new GeneratorOptions { Preset = "demo", Events = 60_000, Seed = 7 }), strategy, entry, response, fillsMin: 20);

    private static void Check(Func<IMessageSource> open, string strategy, string entry, string response, int fillsMin)
    {
        LatencyModel latency = new(Time(entry), Time(response), Duration.Zero);
        RunRecord record = new(latency.Entry);
        string fingerprint = Run(open, strategy, latency, record, out Timestamp end);

        SlowTerms terms = new(latency.Response, new SlowFees(MakerBps: -0.2m, TakerBps: 0.5m, PerContract: 1.45m), Source: 0);
        List<OrderReport> reports = [.. SlowVenue.Run(Tape(open), record.Commands, terms).Where(report => report.Header.ReceiveTime <= end)];
        List<OrderReport> expected = [.. reports.Where(report => report.Kind == ReportKind.Filled)];

        Assert.Equal(expected.Select(Text), record.Fills.Select(Text));
        Assert.True(record.Fills.Count >= fillsMin, $"only {record.Fills.Count} fills of {record.Commands.Count} commands");
        if (strategy == "taker" && fillsMin > 0)
        {
            Assert.All([Liquidity.Maker, Liquidity.Taker], liquidity => Assert.Contains(record.Fills, fill => fill.Liquidity == liquidity));
            Assert.Contains(reports, report => report.Kind == ReportKind.Replaced);
        }
        Assert.Equal(fingerprint, Run(open, strategy, latency, new RunRecord(latency.Entry), out _));
        TestContext.Current.SendDiagnosticMessage($"{strategy} {entry} {response}: {record.Commands.Count} commands, {record.Fills.Count} fills");
    }

    private static string Run(Func<IMessageSource> open, string strategy, LatencyModel latency, RunRecord record, out Timestamp end)
    {
        using IMessageSource source = open();
        using SimulatedVenue venue = new(latency, new FeeSchedule(-0.2m, 0.5m, 1.45m));
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode currency));
        EngineOptions options = new() { Currency = currency, Cash = 1_000_000m, Strategies = [new NamedStrategy(strategy, Strategy(strategy))] };
        using TradingEngine engine = new(options, venue, [record]);
        DriverSummary summary = BacktestDriver.Run(source, engine, venue, cancellation: TestContext.Current.CancellationToken);
        end = summary.End;
        Assert.Equal(0, summary.LookAheadStops);
        return engine.Fingerprint.ToString()!;
    }

    private static Strategy Strategy(string name) => name == "quoter"
        ? new Quoter { HalfSpread = 0, Size = Quantity.Units(2) }
        : new RandomStrategy(11, takes: name == "taker");

    private static List<byte[]> Tape(Func<IMessageSource> open)
    {
        using IMessageSource source = open();
        List<byte[]> tape = [];
        byte[] buffer = new byte[64 * 1024];
        for (int length; (length = source.Read(buffer)) > 0;)
            for (int at = 0; at < length; at += Messages.Header(buffer.AsSpan(at)).Length)
                tape.Add(buffer.AsSpan(at, Messages.Header(buffer.AsSpan(at)).Length).ToArray());
        return tape;
    }

    private static Duration Time(string text) => Duration.TryParse(text, out Duration time) ? time : throw new ArgumentException(text);

    private static string Text(OrderReport report) =>
        $"{report.ExecutionId} {report.ClientOrderId} {report.Side} {report.LastQuantity}@{report.LastPrice} fee {report.FeeNanos} {report.Liquidity} ahead {report.QueueAhead} at {report.Header.EventTime}";

    private static string Text(FillEvent fill) =>
        $"{fill.ExecutionId} {fill.ClientOrderId} {fill.Side} {fill.Quantity}@{fill.Price} fee {fill.FeeNanos} {fill.Liquidity} ahead {fill.QueueAhead} at {fill.Header.EventTime}";
}
