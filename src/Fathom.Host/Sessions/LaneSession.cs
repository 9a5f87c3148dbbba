using System.Diagnostics;
using Fathom.Analytics;
using Fathom.Analytics.Series;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Loop;
using Fathom.Host.Runs;
using Fathom.Host.Terminal;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Host.Sessions;

/// <summary>Leads several configurations that must not influence each other through one reading of the data. Each lane ends with the fingerprint and the files of a run of its
/// own, in <c>lanes/NAME</c>; what compares them lies above.</summary>
public static class LaneSession
{
    /// <summary>Points of a lane's equity in the page that compares them.</summary>
    private const int EquityPointsMax = 1_000;

    /// <param name="lanes">At least one; they read the same data.</param>
    /// <param name="folder">Where the run's files go; made when it is missing.</param>
    /// <exception cref="InputException">The data or the folder is not what the settings say.</exception>
    public static IReadOnlyList<LaneResult> Run(IReadOnlyList<LaneSettings> lanes, string folder, Screen screen, CancellationToken stop)
    {
        BacktestSettings first = lanes[0].Settings;
        string[] inputs = [.. first.InputFiles.OfType<string>()];
        using RunFolder whole = RunFolder.Create(folder, inputs);
        List<RecordedRun> records = [];
        InstrumentRegistry registry = new(first.Instruments);
        CarriedSession? before = CarriedSession.Open(first, registry);
        foreach (LaneSettings lane in lanes) before?.Require(lane.Settings);
        RequireOneOperator(lanes);
        using IMarketSource source = MarketFiles.Open(first.Market, registry);
        foreach (LaneSettings lane in lanes) RiskSymbols.Require(lane.Settings, source);
        IMessageSource joined = BacktestSession.Join(BacktestSession.Tradable(source, first, before), first);
        using InputHashes hashes = InputHashes.Start(lanes.SelectMany(lane => lane.Settings.DataFiles));
        using VenueTape tape = new();
        using EngineLanes engines = new(first.Engine.TradeWindow);
        try
        {
            List<SimulatedVenue> venues = [];
            foreach (LaneSettings lane in lanes)
            {
                RecordedRun record = new(lane.Settings, Path.Combine(folder, LanesFiles.Folder, lane.Name)) { Hashes = hashes };
                records.Add(record);
                venues.Add(new SimulatedVenue(lane.Settings.Latency, lane.Settings.Fees, before?.VenueNumber ?? 0, tape, lane.Settings.Engine.VenueFeatures, lane.Settings.Engine.Session));
                record.Engine = engines.Add(lane.Settings.Engine, venues[^1], record.Observers);
            }
            for (int i = 0; i < lanes.Count; i++)
            {
                int lane = i;
                if (before is not null) records[i].Carry(before);
                before?.StepInto(message => engines.StepOwn(lane, [], 0, message));
                records[i].Before = before?.Beginning;
            }
            for (int i = 0; i < lanes.Count; i++)
                foreach (ContextValue value in BacktestSession.ReadCarried(lanes[i].Settings)) engines.StepOwn(i, [], 0, Messages.AsBytes(in value));
            IMessageSource watched = BacktestSession.WithOperator(joined, first);
            LaneDriver driver = new(watched, engines, tape, venues);
            Stopwatch watch = Stopwatch.StartNew();
            using (Progress progress = screen.StartProgress($"{lanes.Count} lanes"))
                driver.Run(done => progress.Update(done.Messages, BacktestSession.Share(source)), cancellation: stop, isOver: () => records.Any(record => record.Difference is not null));
            watch.Stop();
            if (records.All(record => record.Difference is null))
            {
                BacktestSession.RequireData(first, source, engines[0], before?.Beginning);
                BacktestSession.RequireSeries(first, joined, engines[0].Clock);
                foreach (LaneSettings lane in lanes) RiskSymbols.RequireSeen(lane.Settings, source);
                foreach (RecordedRun record in records) FeatureBinding.RequireMet(record.Engine!);
                (watched as OperatorSource)?.RequireDone();
            }
            List<LaneResult> results = [];
            for (int i = 0; i < lanes.Count; i++)
            {
                BacktestResult result = records[i].Finish(driver.Summarize(i), watch.Elapsed.TotalSeconds, out RunAnalysis analyzed);
                if (result.Books.Difference is { } difference) screen.WriteError($"lane {lanes[i].Name}: {BacktestSession.DifferenceText(difference)}");
                results.Add(new LaneResult(lanes[i], result, EquityOf(analyzed), PositionMaxOf(analyzed)));
            }
            RunFolder.RemoveRun(folder, inputs);
            LanesFiles.RemoveStale(folder, inputs, [.. lanes.Select(lane => lane.Name)]);
            LanesFiles.Write(folder, first, results);
            return results;
        }
        finally
        {
            foreach (RecordedRun record in records) record.Dispose();
        }
    }

    /// <summary>All lanes hear the same commands: those that name a strategy mean the same number in each.</summary>
    private static void RequireOneOperator(IReadOnlyList<LaneSettings> lanes)
    {
        foreach (LaneSettings lane in lanes)
        {
            bool isSame = lane.Settings.Operators.Select(order => order.Command.Strategy).SequenceEqual(lanes[0].Settings.Operators.Select(order => order.Command.Strategy));
            if (!isSame) throw new InputException($"lane {lane.Name}", "other strategies' numbers in [[operator]] than in the first lane", "the same in all lanes", "Give the strategies their ids in the same order in each lane.");
        }
    }

    private static SeriesPoint[] EquityOf(RunAnalysis analyzed)
    {
        ThinnedSeries few = new(EquityPointsMax);
        if (analyzed.Equity.Count > 0)
            foreach (SeriesPoint point in analyzed.Equity[0].Equity.ToArray()) few.Add(point.Time, point.Low, point.High);
        return few.ToArray();
    }

    private static double PositionMaxOf(RunAnalysis analyzed)
    {
        double largest = 0;
        foreach (InventoryHistory held in analyzed.Inventory)
            foreach (SeriesPoint point in held.Quantity.ToArray()) largest = Math.Max(largest, Math.Max(Math.Abs(point.Low), Math.Abs(point.High)));
        return largest;
    }
}
