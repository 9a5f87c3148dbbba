using System.Globalization;
using Fathom.Analytics;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Market.Books;

namespace Fathom.Host.Runs;

/// <summary>A run's report: one HTML page with everything that is to be seen and to be known about it.</summary>
public static class ReportFile
{
    /// <param name="summary">The run's summary.json.</param>
    public static MemoryStream Make(BacktestSettings settings, BacktestResult result, RunAnalysis analysis, string summary)
    {
        ReportFacts facts = new()
        {
            Title = settings.Title,
            First = result.Run.First,
            Last = result.Run.Last,
            SummaryJson = summary,
            Assumptions = [.. AssumptionsOf(settings, result)],
            Anomalies = [.. AnomaliesOf(result)],
            Failures = [.. result.Run.Strategies.Where(strategy => strategy.Failure is not null).Select(strategy => Failure(strategy, result.Instruments))],
            FillsFile = RunFolder.Fills,
            OrdersFile = RunFolder.Orders,
            EquityFile = RunFolder.Equity,
            PlotsFile = RunFolder.Plots,
            AnnotationsFile = RunFolder.Annotations,
            LogFile = RunFolder.Log,
            RiskFile = RunFolder.Risk,
        };
        MemoryStream page = new();
        ReportWriter.Write(page, ReportTemplate.Read(), facts, analysis);
        return page;
    }

    private static IEnumerable<ReportFact> AssumptionsOf(BacktestSettings settings, BacktestResult result)
    {
        yield return new ReportFact("data", settings.Market.Title);
        yield return new ReportFact("entry latency", settings.Latency.Entry.ToString());
        yield return new ReportFact("response latency", settings.Latency.Response.ToString());
        yield return new ReportFact("feed latency", $"{settings.Latency.Feed} on top of the receive time");
        yield return new ReportFact("fees", settings.FeesText);
        yield return new ReportFact("fills", "own orders stand in the recorded queue, order by order; what we took stays taken; others do not react to us; no auctions, no hidden quantity");
        yield return new ReportFact("marks", "mid of the engine's book, the last good one while a side is empty or the book is crossed");
        if (result.HasUnknownState) yield return new ReportFact("trading hours", Assumptions.UnknownState);
        foreach (ConfigEntry entry in settings.Shown) yield return new ReportFact(entry.Path, entry.Value!.ToString()!);
        foreach (InstrumentDefinition instrument in result.Instruments.Where(instrument => instrument.Assumed != InstrumentAssumptions.None))
            yield return new ReportFact(instrument.Symbol.ToString(), $"assumed {Assumptions.Text(instrument, result.Run.Currency)}");
    }

    private static IEnumerable<ReportFact> AnomaliesOf(BacktestResult result)
    {
        for (int kind = 0; kind < AnomalyCounts.Kinds; kind++)
            if (result.DataAnomalies[kind] > 0) yield return new ReportFact($"data: {Words.Of((BookAnomaly)kind).Replace('_', ' ')}", Count(result.DataAnomalies[kind]));
        foreach ((ReasonCode reason, long count) in result.Refusals) yield return new ReportFact($"refused by risk: {Words.Of(reason).Replace('_', ' ')}", Count(count));
        foreach ((ReasonCode reason, long count) in result.Rejections) yield return new ReportFact($"rejected by the venue: {Words.Of(reason).Replace('_', ' ')}", Count(count));
        foreach ((string name, long count) in SummaryJson.OrderAnomalies(result.Run))
            if (count > 0) yield return new ReportFact($"orders: {name.Replace('_', ' ')}", Count(count));
        if (result.Books.Difference is { } difference) yield return new ReportFact("money: the run was ended, as its books do not agree", difference.ToString());
        if (result.Driver.LookAheadStops > 0) yield return new ReportFact("reports that may have come late", Count(result.Driver.LookAheadStops));
    }

    private static ReportFailure Failure(StrategySummary strategy, IReadOnlyList<InstrumentDefinition> instruments)
    {
        StrategyFailure failure = strategy.Failure!;
        string callback = $"{failure.Callback} for {HaltedText.Event(failure, instruments)}";
        return new ReportFailure(strategy.Name, failure.Time, failure.Input, callback, failure.Message, failure.Details);
    }

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
