using System.Diagnostics;
using System.Globalization;
using Fathom.Analytics.PostTrade;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Data.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Host.Replays;
using Fathom.Host.Runs;
using Fathom.Host.Terminal;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Host.Sessions;

/// <summary>Plugs a file, an engine and a simulated venue together and runs them to the end. The run's files appear when it is done, all or none.</summary>
public static class BacktestSession
{
    /// <param name="folder">Where the run's files go; made when it is missing.</param>
    /// <param name="recordingFolder">Where the run is recorded; null: nowhere.</param>
    /// <exception cref="InputException">The data or the folder is not what the settings say.</exception>
    public static BacktestResult Run(BacktestSettings settings, string folder, Screen screen, CancellationToken stop, string? recordingFolder = null) =>
        Run(settings, folder, screen, readers: null, stop, recordingFolder);

    /// <summary>As the other, seen by other threads while it goes on.</summary>
    public static BacktestResult Run(BacktestSettings settings, string folder, Screen screen, SnapshotExchange? readers, CancellationToken stop, string? recordingFolder = null)
    {
        InstrumentRegistry registry = new(settings.Instruments);
        CarriedSession? before = CarriedSession.Open(settings, registry);
        using IMarketSource source = MarketFiles.Open(settings.Market, registry);
        RiskSymbols.Require(settings, source);
        IMessageSource joined = Join(Tradable(source, settings, before), settings), tape = WithOperator(joined, settings);
        List<ContextValue> carried = ReadCarried(settings);
        using SimulatedVenue venue = new(settings.Latency, settings.Fees, before?.VenueNumber ?? 0, settings.Engine.VenueFeatures, settings.Engine.Session);
        using RecordedRun record = new(settings, folder);
        using RunRecording? recording = recordingFolder is null ? null : new RunRecording(settings, recordingFolder, folder);
        using TradingEngine engine = new(settings.Engine, venue, recording is null ? record.Observers : [.. record.Observers, recording.Outputs]);
        record.Engine = engine;
        if (before is not null) record.Carry(before);
        using InputHashes hashes = InputHashes.Start(settings.DataFiles);
        record.Hashes = hashes;
        before?.StepInto(Take);
        record.Before = before?.Beginning;
        foreach (ContextValue value in carried) Take(Messages.AsBytes(in value));

        Stopwatch watch = Stopwatch.StartNew();
        DriverSummary driver;
        using (Progress progress = screen.StartProgress("Backtest"))
            driver = BacktestDriver.Run(tape, engine, venue, done => progress.Update(done.Messages, Share(source)), recording?.Inputs, readers, () => record.Difference is not null, stop);
        watch.Stop();
        if (record.Difference is null)
        {
            RequireData(settings, source, engine, before?.Beginning);
            RequireSeries(settings, joined, engine.Clock);
            RiskSymbols.RequireSeen(settings, source);
            FeatureBinding.RequireMet(engine);
            (tape as OperatorSource)?.RequireDone();
        }
        BacktestResult result = record.Finish(driver, watch.Elapsed.TotalSeconds, out _);
        if (result.Books.Difference is { } difference) screen.WriteError(DifferenceText(difference));
        recording?.Complete(engine.Fingerprint.Value, driver);
        LanesFiles.RemoveStale(folder, [.. settings.InputFiles.OfType<string>()]);
        return result;

        void Take(ReadOnlySpan<byte> message)
        {
            recording?.Inputs.Write(message);
            engine.Step(message);
        }
    }

    /// <summary>The market data of instruments that the account can hold, behind the definitions of those that it holds already.</summary>
    internal static IMessageSource Tradable(IMarketSource source, BacktestSettings settings, CarriedSession? before)
    {
        TradableSource tradable = new(source, settings.Engine.Currency);
        return before is null ? tradable : before.Before(tradable);
    }

    /// <summary>What earlier sessions left for the strategies of this one.</summary>
    internal static List<ContextValue> ReadCarried(BacktestSettings settings) =>
        [.. settings.Contexts.SelectMany(context => ContextFile.Read(context.File, context.Name, context.Strategy))];

    /// <summary>Without series the market data is read as it is.</summary>
    internal static IMessageSource Join(IMessageSource market, BacktestSettings settings) => settings.Series.Count == 0
        ? market
        : new MergedSource(market, settings.Latency.Feed, [.. settings.Series.Select((series, i) => SeriesFile.Read(series, (ushort)i))]);

    /// <summary>With what an operator does meanwhile; as it is where he does nothing.</summary>
    internal static IMessageSource WithOperator(IMessageSource joined, BacktestSettings settings) =>
        settings.Operators.Count == 0 ? joined : new OperatorSource(joined, settings.Operators, settings.Latency.Feed, settings.Engine.Start);

    /// <summary>A series of which the run saw nothing is of another time, or its times are wrong.</summary>
    internal static void RequireSeries(BacktestSettings settings, IMessageSource tape, Timestamp end)
    {
        for (int i = 0; i < settings.Series.Count; i++)
        {
            if (((MergedSource)tape).PointCount(i) > 0) continue;
            throw new InputException(settings.Series[i].File, $"no point of the series {settings.Series[i].Name} that was known before the market data ended at {end}", "at least one",
                "Name a file of that time, or leave the series out.");
        }
    }

    /// <summary>What the user is told where the two bookkeepings do not agree.</summary>
    internal static string DifferenceText(LedgerDifference difference) =>
        $"The run was ended: {difference}. One of the two bookkeepings is wrong, and the input is not: please report it. What happened until then is in the run's files.";

    internal static double Share(IMarketSource source) => source.Length > 0 ? (double)source.Position / source.Length : double.NaN;

    /// <summary>A run that read nothing is a mistake, and its perfectly flat equity would hide it; so is an instrument that was asked for and never came.</summary>
    internal static void RequireData(BacktestSettings settings, IMarketSource source, TradingEngine engine, CarriedBeginning? before) =>
        RequireData(settings, source, engine.MarketDataCount, id => IsInData(engine, id, before), before);

    /// <param name="isInData">The data has something of the instrument; null: of every one.</param>
    internal static void RequireData(BacktestSettings settings, IMarketSource source, long marketDataCount, Func<InstrumentId, bool>? isInData = null, CarriedBeginning? before = null)
    {
        InstrumentId[] ids = [.. Enumerable.Range(0, marketDataCount > 0 ? source.Registry.Count : 0).Select(index => new InstrumentId(index)).Where(id => isInData?.Invoke(id) ?? true)];
        string[] missing = [.. settings.Market.Reading.Instruments.Where(name => !ids.Any(id => IsNamed(source.Registry[id], name)))];
        string[] there = [.. ids.Select(id => source.Registry[id].Symbol.ToString()), .. source.OtherInstruments];
        if (missing.Length > 0 && there.Length > 0)
            throw new InputException("data.instrument", $"'{string.Join("', '", missing)}', which has no market-by-order record in {settings.Market.Name} in the range",
                $"some of {string.Join(", ", there)}", "Name one of them, or leave data.instrument out.");
        if (marketDataCount > 0) return;
        if (source.RecordCount == 0) throw new InputException(settings.Market.Name, "no records", "market-by-order records", "Name another file.");
        if (before is { Until: var until } && until > Timestamp.Max(settings.Engine.Start, Timestamp.Earliest))
            throw new InputException(settings.Market.Name, $"no market-by-order record later than {until}, when the session of account.carry_over ended", "at least one",
                "Name the data of a later time, or the carry-over of an earlier one.");
        string found = settings.Engine.Start > Timestamp.Earliest || source.Unwanted > 0 ? "no market-by-order record between data.start and data.end" : "no market-by-order records";
        throw new InputException(settings.Market.Name, found, "at least one", $"'fathom data info {settings.Market.Files[0].Path}' shows what is in it, and from when to when.");
    }

    /// <summary>The data has something of the instrument; of one that is carried the engine knows without it.</summary>
    internal static bool IsInData(TradingEngine engine, InstrumentId id, CarriedBeginning? before)
    {
        if (before is null || id.Index >= before.InstrumentCount) return true;
        return id.Index < engine.Market.Books.InstrumentCount && (engine.Market.Books[id].NextArrival > 0 || !engine.Market.Books[id].LastTrade.IsNone);
    }

    private static bool IsNamed(in InstrumentDefinition instrument, string name) =>
        instrument.Symbol.ToString() == name || instrument.VenueInstrument.ToString(CultureInfo.InvariantCulture) == name;
}
