using System.Diagnostics;
using Fathom.Analytics;
using Fathom.Analytics.PostTrade;
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
    private readonly LedgerTwin _twin;
    private readonly Dictionary<(int Strategy, InstrumentId Instrument, PositionSide Side), AccountPosition> _positionsBefore = [];
    private CarriedBeginning? _before;
    private AccountTotals? _totalsBefore;

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
            _recorder = new RunRecorder(_files, Instrument, analysis.Strategies, analysis.Horizons, order => _analyzer!.SlippageOf(order));
        }
        catch
        {
            _files.Dispose();
            throw;
        }
        _analyzer = new RunAnalyzer(analysis, _recorder.OnMarkedFill);
        _twin = new LedgerTwin(analysis, settings.Engine.Cash);
        Observers = [_analyzer, _recorder, _twin];      // the analyzer first: the recorder writes what it makes of an event
    }

    /// <summary>For the engine.</summary>
    public IReadOnlyList<IRunObserver> Observers { get; }

    /// <summary>The engine that they watch; set before its first input.</summary>
    public TradingEngine? Engine { get; set; }

    /// <summary>Of the files that the run reads; null where it reads none, as a replay.</summary>
    public InputHashes? Hashes { get; set; }

    /// <summary>What the engine has taken on from an earlier run, set right after; null where it begins with nothing.</summary>
    public CarriedBeginning? Before
    {
        get => _before;
        set
        {
            _before = value;
            if (value is null) return;
            foreach (AccountPosition position in Engine!.Account.Positions()) _positionsBefore.Add((position.Strategy, position.Instrument, position.Side), position);
            _totalsBefore = Engine.Account.Totals;
        }
    }

    /// <summary>What the engine's account and the double-entry twin do not agree on; null while they do. The run is to end then.</summary>
    public LedgerDifference? Difference => _twin.Difference;

    /// <summary>Before the engine takes on what an earlier run left.</summary>
    public void Carry(CarriedSession before) => before.StepInto(_twin.Take);

    /// <summary>Writes what is left to write, and gives all files their names.</summary>
    /// <param name="seconds">Wall time of the run.</param>
    public BacktestResult Finish(DriverSummary driver, double seconds, out RunAnalysis analyzed)
    {
        TradingEngine engine = Engine!;
        RunSummary summed = engine.Summarize();
        analyzed = _analyzer.Finish(engine.Clock, [.. engine.Account.Positions().Select(Outcome)], summed.First);
        IEnumerable<InstrumentId> ids = Enumerable.Range(0, engine.Market.Instruments.Count).Select(index => new InstrumentId(index));
        BacktestResult result = new()
        {
            Fingerprint = engine.Fingerprint.ToString(),
            Run = summed,
            Driver = driver,
            Seconds = seconds,
            PeakMemoryMegabytes = PeakMemory(),
            Sharpe = Sharpe(engine),
            FillRates = [.. analyzed.Strategies.Select(strategy => strategy.FillRate)],
            Reasons = _recorder.Reasons,
            Traded = _recorder.Traded,
            Positions = [.. ids.Select(id => new Volume(engine.Account.Held(id)))],
            Instruments = [.. ids.Select(id => engine.Market.Instruments[id])],
            Carried = Carried(ids),
            Inputs = Hashes?.Finish(_settings.DataFiles) ?? [],
            HasUnknownState = ids.Any(id => BacktestSession.IsInData(engine, id, _before) && engine.Market.Instruments.StateOf(id) == TradingState.Unknown),
            DataAnomalies = SumAnomalies(engine.Market.Books),
            Books = Compared(engine),
            Slippage = analyzed.Slippage,
            Risk = analyzed.Risk,
        };
        _recorder.Complete();
        ContextFile.Write(_files, engine, _settings.Engine.OwnerNames);
        CarryOverFile.Write(_files, engine);
        _files.Write(RunFolder.Configuration, _settings.AsUsed);
        string summary = SummaryJson.Text(result);
        _files.Write(RunFolder.Summary, summary);
        _files.Write(RunFolder.Fingerprint, result.Fingerprint + "\n");
        _files.Write(RunFolder.Report, ReportFile.Make(_settings, result, analyzed, summary));
        return result;
    }

    private BooksResult Compared(TradingEngine engine)
    {
        foreach (AccountMoney money in engine.Account.Money) _twin.CompareCash(money.Currency, money.Ledger.Cash);
        foreach (AccountPosition held in engine.Account.Positions())
        {
            Position position = engine.Account.Owner(held.Strategy).Find(held.Instrument, held.Side)!.Position;
            _twin.CompareExact(held.Strategy < 0 ? TradingEngine.ExternalStrategy : (ushort)held.Strategy, held.Instrument, held.Side, position.Cost, position.Realized);
        }
        return new BooksResult(_twin.FillCount, _twin.CheckedCount, _twin.Difference);
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

    /// <summary>What the position came to in this run: less what it had come to before.</summary>
    private PositionOutcome Outcome(AccountPosition position)
    {
        _positionsBefore.TryGetValue((position.Strategy, position.Instrument, position.Side), out AccountPosition? before);
        return new PositionOutcome(
            position.Strategy < 0 ? TradingEngine.ExternalStrategy : (ushort)position.Strategy, position.Instrument, position.Currency, position.Quantity,
            position.Realized - (before?.Realized ?? 0), position.Unrealized - (before?.Unrealized ?? 0), position.Fees - (before?.Fees ?? 0));
    }

    /// <summary>Of the run's days: from what the account was worth when it began.</summary>
    private double Sharpe(TradingEngine engine) => engine.Account.TotalCurve is { } curve && engine.Account.Totals is { } totals
        ? SharpeRatio.Annualized(_totalsBefore?.Equity ?? totals.Start, [.. curve.Days.Select(day => day.Equity)], _settings.DaysPerYear)
        : double.NaN;

    private CarriedSummary? Carried(IEnumerable<InstrumentId> ids) => _before is null ? null : new CarriedSummary(
        _before.Session, _before.Until, _totalsBefore, _before.OrderCount, [.. _positionsBefore.Values.Where(position => !position.Quantity.IsZero)],
        ids.Where(id => !BacktestSession.IsInData(Engine!, id, _before)).ToHashSet());

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
