using Fathom.Analytics;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Reports;

/// <summary>A run of a few events that has something of everything that a report shows.</summary>
internal static class SmallRun
{
    public static ReportFacts Facts { get; } = new()
    {
        Title = "small </script> run",
        First = At(0),
        Last = At(2_000),
        SummaryJson = """{ "fingerprint": "00ff", "sharpe": null, "events": 12, "note": "<b>&" }""",
        Assumptions = [new ReportFact("entry latency", "1ms")],
        Anomalies = [new ReportFact("crossed book", "3")],
        Failures = [new ReportFailure("taker", At(1_500), 11, "OnBook", "it <failed>", "first line\nsecond line")],
    };

    public static RunAnalysis Analysis()
    {
        InstrumentDefinition future = Instrument(0, "ESM4", multiplier: 50);
        RunAnalyzer analyzer = new(new AnalysisOptions
        {
            Currency = Usd,
            Strategies = ["maker", "taker"],
            Instrument = id => id.Index == 0 ? future : null,
            Horizons = [Duration.FromMilliseconds(100), Duration.FromMilliseconds(1_000), Duration.FromMilliseconds(10_000)],
        });
        analyzer.OnQuote(Quote(At(0), 5_000, 5_000.25m));
        analyzer.OnOrder(Order(At(1), 1, OrderStatus.None, OrderStatus.PendingNew, 5_000, 2));
        analyzer.OnOrder(Order(At(2), 1, OrderStatus.PendingNew, OrderStatus.Open, 5_000, 2, queueAhead: 30));
        analyzer.OnFill(Fill(At(10.123456), Side.Buy, 5_000, 2, fee: 1.5m, position: 2, queueAhead: 4, order: 1, execution: 7));
        analyzer.OnPosition(Position(At(10.123456), 2));
        analyzer.OnOrder(Order(At(10.123456), 1, OrderStatus.Open, OrderStatus.Filled, 5_000, 2, cumulative: 2, queueAhead: 4));
        analyzer.OnEquity(Equity(At(10.123456), 1_000, 12.5m, 1.5m));
        analyzer.OnQuote(Quote(At(50), 5_000.25m, 5_000.5m));
        analyzer.OnOrder(Order(At(60), 1, OrderStatus.None, OrderStatus.Refused, 5_000.25m, 9, strategy: 1, reason: ReasonCode.UnknownInstrument, instrument: 5));
        analyzer.OnFill(Fill(At(1_200), Side.Sell, 5_000.25m, 1, Liquidity.Taker, strategy: ushort.MaxValue, position: -1, execution: 8));
        analyzer.OnPosition(Position(At(1_200), -1, strategy: ushort.MaxValue));
        analyzer.OnEquity(Equity(At(1_200), 1_000, 25, 1.5m));
        foreach (ushort strategy in (ushort[])[1, 0]) analyzer.OnPlot(Plot(At(50), "signal", 0.5 - strategy, strategy));
        analyzer.OnPlot(Plot(At(60.5), "signal", -0.25));
        analyzer.OnPlot(Plot(At(1_000), "width", 2));
        analyzer.OnAnnotation(Annotation(At(50), "turned <here>", instrument: 0, mid: 5_000.375m));
        analyzer.OnAnnotation(Annotation(At(70), "about nothing", strategy: 1));
        analyzer.OnLog(Entry(At(10), LogLevel.Debug, "not shown"));
        analyzer.OnLog(Entry(At(20), LogLevel.Info, "started"));
        analyzer.OnLog(Entry(At(1_500), LogLevel.Warning, "<wide>", ("spread", 2.5), ("side", "buy")));
        analyzer.OnRiskState(RiskState(At(100), PositionState.Normal, PositionState.Warning, 0.02m, 0.0225m));
        analyzer.OnAdjustment(Adjustment(At(110), order: 3, asked: 6, granted: 3));
        analyzer.OnKill(Kill(At(120), isOn: true, "too <deep>"));
        analyzer.OnRiskState(RiskState(At(400), PositionState.Warning, PositionState.Normal, 0.018m, 0.0175m));
        analyzer.OnKill(Kill(At(500), isOn: false, "looked at"));
        return analyzer.Finish(At(2_000),
        [
            new PositionOutcome(0, new InstrumentId(0), Usd, Quantity.Units(2), 0, 37.5m, 1.5m),
            new PositionOutcome(ushort.MaxValue, new InstrumentId(0), Usd, Quantity.Units(-1), 0, -6.25m, 0),
        ], first: At(0));
    }
}
