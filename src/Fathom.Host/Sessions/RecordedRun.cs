using System.Diagnostics;
using Fathom.Analytics;
using Fathom.Analytics.Statistics;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;
using Fathom.Host.Runs;
using Fathom.Market.Books;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;

namespace Fathom.Host.Sessions;

/// <summary>What is kept of one engine's run: the files that it streams to, its analysis, and at the end its result. The files appear by <see cref="Finish"/>, all or none.</summary>
internal sealed class RecordedRun : IDisposable
{
    private readonly BacktestSettings _settings;
    private readonly RunFolder _files;
    private readonly RunRecorder _recorder;
    private readonly RunAnalyzer _analyzer;

    /// <param name="folder">Made when it is missing.</param>
    /// <exception cref="Fathom.Domain.InputException">The folder is not one that the files can go to.</exception>
    public RecordedRun(BacktestSettings settings, string folder)
    {
        _settings = settings;
        _files = RunFolder.Create(folder, [.. settings.InputFiles]);
        InstrumentDefinition? Instrument(InstrumentId id) => Engine!.Market.Instruments is { } known && known.Contains(id) ? known[id] : null;
        AnalysisOptions analysis = AnalysisOf(settings, Instrument);
        try
        {
            _recorder = new RunRecorder(_files, Instrument, analysis.Strategies, analysis.Horizons);
        }
        catch
        {
            _files.Dispose();
            throw;
        }
        _analyzer = new RunAnalyzer(analysis, _recorder.OnMarkedFill);
        Observers = [_recorder, _analyzer];
    }

    /// <summary>For the engine.</summary>
    public IReadOnlyList<IRunObserver> Observers { get; }

    /// <summary>The engine that they watch; set before its first input.</summary>
    public TradingEngine? Engine { get; set; }

    /// <summary>Writes what is left to write, and gives all files their names.</summary>
    /// <param name="seconds">Wall time of the run.</param>
    public BacktestResult Finish(DriverSummary driver, double seconds, out RunAnalysis analyzed)
    {
        TradingEngine engine = Engine!;
        analyzed = _analyzer.Finish(engine.Clock, [.. engine.Account.Positions().Select(Outcome)]);
        IEnumerable<InstrumentId> ids = Enumerable.Range(0, engine.Market.Instruments.Count).Select(index => new InstrumentId(index));
        BacktestResult result = new()
        {
            Fingerprint = engine.Fingerprint.ToString(),
            Run = engine.Summarize(),
            Driver = driver,
            Seconds = seconds,
            PeakMemoryMegabytes = PeakMemory(),
            Sharpe = Sharpe(engine, _settings.DaysPerYear),
            FillRates = [.. analyzed.Strategies.Select(strategy => strategy.FillRate)],
            Reasons = _recorder.Reasons,
            Traded = _recorder.Traded,
            Positions = [.. ids.Select(id => new Volume(engine.Account.Held(id)))],
            Instruments = [.. ids.Select(id => engine.Market.Instruments[id])],
            HasUnknownState = ids.Any(id => engine.Market.Instruments.StateOf(id) == TradingState.Unknown),
            DataAnomalies = SumAnomalies(engine.Market.Books),
        };
        _recorder.Complete();
        ContextFile.Write(_files, engine, _settings.Engine.OwnerNames);
        _files.Write(RunFolder.Configuration, _settings.AsUsed);
        string summary = SummaryJson.Text(result);
        _files.Write(RunFolder.Summary, summary);
        _files.Write(RunFolder.Fingerprint, result.Fingerprint + "\n");
        _files.Write(RunFolder.Report, ReportFile.Make(_settings, result, analyzed, summary));
        return result;
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _files.Dispose();
    }

    private static AnalysisOptions AnalysisOf(BacktestSettings settings, Func<InstrumentId, InstrumentDefinition?> instrument) => new()
    {
        Currency = settings.Engine.Currency,
        Strategies = settings.Engine.OwnerNames,
        Instrument = instrument,
    };

    private static PositionOutcome Outcome(AccountPosition position) => new(
        position.Strategy < 0 ? TradingEngine.ExternalStrategy : (ushort)position.Strategy, position.Instrument, position.Currency, position.Quantity,
        position.Realized, position.Unrealized, position.Fees);

    private static double Sharpe(TradingEngine engine, double daysPerYear) => engine.Account.TotalCurve is { } curve && engine.Account.Totals is { } totals
        ? SharpeRatio.Annualized(totals.Start, [.. curve.Days.Select(day => day.Equity)], daysPerYear)
        : double.NaN;

    private static AnomalyCounts SumAnomalies(BookSet books)
    {
        AnomalyCounts sum = default;
        for (int index = 0; index < books.InstrumentCount; index++)
        {
            AnomalyCounts counts = books.Anomalies(new InstrumentId(index));
            for (int kind = 0; kind < AnomalyCounts.Kinds; kind++) sum[kind] += counts[kind];
        }
        return sum;
    }

    private static double PeakMemory()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
