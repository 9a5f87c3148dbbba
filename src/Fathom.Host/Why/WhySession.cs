using System.Diagnostics;
using System.Globalization;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Replays;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Journal.Recordings;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Host.Why;

/// <summary>
/// Explains a moment of a finished run by running it again: from its recording, else from the data that it read, which must be the same by content. While it ran nothing was written down for this, so
/// it costs a run nothing. What comes out of the replay is held to what the run wrote down: an explanation of something else is none.
/// </summary>
internal static class WhySession
{
    private const int InputsPerLook = 65_536;

    /// <param name="folder">Of the run (<c>--out</c>), or of its recording (<c>--record</c>).</param>
    /// <exception cref="InputException">No such order or moment, no run, or not what it read.</exception>
    /// <exception cref="ReplayDiffersException">The run does not repeat.</exception>
    public static Explanation Run(WhyQuestion question, string folder, Screen screen, CancellationToken stop)
    {
        if (File.Exists(Path.Combine(folder, RecordingFiles.Manifest))) return FromRecording(question, folder, screen, stop);
        string config = Path.Combine(folder, RunFolder.Configuration);
        if (Directory.Exists(Path.Combine(folder, LanesFiles.Folder)) && !File.Exists(config))
            throw new InputException(folder, "a run of lanes", "one run", $"Name a lane: --run {Path.Combine(folder, LanesFiles.Folder, "NAME")}");
        if (!File.Exists(config) || !File.Exists(Path.Combine(folder, RunFolder.Orders)) || !File.Exists(Path.Combine(folder, RunFolder.Summary)))
            throw new InputException(folder, Directory.Exists(folder) ? "no run" : "no such folder", "the folder of a run or of a recording", "Name what --out or --record was given; without them it is runs/NAME.");
        return FromData(question, folder, config, screen, stop);
    }

    // ---- from the data

    private static Explanation FromData(WhyQuestion question, string folder, string config, Screen screen, CancellationToken stop)
    {
        BacktestSettings settings = Bind(config, File.ReadAllBytes(config), question, screen);
        string orders = Path.Combine(folder, RunFolder.Orders);
        RequireSameRun(OrdersFile.Read(orders), settings, config);
        RunSpan.Of(Path.Combine(folder, RunFolder.Summary)).Require(question);
        DecisionWatch watch = WatchFor(question, OrdersFile.Read(orders), settings, orders);
        PastInputs.Require(folder, settings, stop);
        using OrdersFile comparison = new(orders);
        Stopwatch time = Stopwatch.StartNew();
        using TradingEngine engine = RunAgain(settings, watch, comparison, screen, stop);
        if (comparison.Difference is { } difference) throw new ReplayDiffersException(folder, difference);
        return Explain(question, folder, isRecording: false, comparison.Compared, settings, engine, watch, time);
    }

    private static TradingEngine RunAgain(BacktestSettings settings, DecisionWatch watch, OrdersFile comparison, Screen screen, CancellationToken stop)
    {
        InstrumentRegistry registry = new(settings.Instruments);
        CarriedSession? before = CarriedSession.Open(settings, registry);
        using IMarketSource source = MarketFiles.Open(settings.Market, registry);
        IMessageSource tape = BacktestSession.WithOperator(BacktestSession.Join(BacktestSession.Tradable(source, settings, before), settings), settings);
        using SimulatedVenue venue = new(settings.Latency, settings.Fees, before?.VenueNumber ?? 0, settings.Engine.VenueFeatures, settings.Engine.Session);
        TradingEngine engine = new(settings.Engine, venue, [comparison, new PublishedEvents(watch)]);
        watch.Attach(engine);
        before?.StepInto(engine.Step);
        foreach (ContextValue value in BacktestSession.ReadCarried(settings)) engine.Step(Messages.AsBytes(in value));
        using Progress progress = screen.StartProgress("Replay");
        try
        {
            StoppedSource stoppable = new(tape, () => IsEnough(engine, watch, comparison));
            BacktestDriver.Run(stoppable, engine, venue, done => progress.Update(done.Messages, BacktestSession.Share(source)), cancellation: stop);
        }
        catch (StoppedSource.EnoughException)
        {
            // All that was asked for is known.
        }
        return engine;
    }

    private static bool IsEnough(TradingEngine engine, DecisionWatch watch, OrdersFile comparison)
    {
        watch.NoteClock(engine.Clock);
        return watch.IsDone || comparison.Difference is not null;
    }

    // ---- from a recording

    private static Explanation FromRecording(WhyQuestion question, string folder, Screen screen, CancellationToken stop)
    {
        RecordingReader recording = RecordingReader.Open(folder, new MessagePacking());
        string config = Path.Combine(folder, RecordingFiles.Configuration);
        BacktestSettings settings = Bind(config, recording.Configuration.ToArray(), question, screen);
        ReplaySession.RequireSameRun(recording, settings, config);
        DecisionWatch watch = WatchFor(question, PastOf(recording, settings), settings, folder);
        using RecordedMessages inputs = recording.OpenInputs(), outputs = recording.OpenOutputs();
        PublishedComparison comparison = new(outputs, inputs);
        using TradingEngine engine = new(settings.Engine, new ClosedVenue(), [new PublishedEvents(comparison), new PublishedEvents(watch)]);
        watch.Attach(engine);
        Stopwatch time = Stopwatch.StartNew();
        using (Progress progress = screen.StartProgress("Replay")) StepUntilDone(engine, inputs, watch, comparison, recording.Manifest.InputCount, progress, stop);
        RequireInside(question, engine.Summarize(), recording);
        if (comparison.Difference is { } difference) throw new ReplayDiffersException(folder, $"another event at input {difference.Input}; 'fathom replay {folder}' shows it");
        return Explain(question, folder, isRecording: true, outputs.Number, settings, engine, watch, time);
    }

    private static void StepUntilDone(TradingEngine engine, RecordedMessages inputs, DecisionWatch watch, PublishedComparison comparison, long count, Progress progress, CancellationToken stop)
    {
        while (inputs.Next())
        {
            engine.Step(inputs.Current);
            watch.NoteClock(engine.Clock);
            if (watch.IsDone || comparison.Difference is not null) return;
            if (inputs.Number % InputsPerLook != 0) continue;
            stop.ThrowIfCancellationRequested();
            progress.Update(inputs.Number, (double)inputs.Number / count);
        }
        engine.Stop();
    }

    /// <summary>A manifest does not say from when to when the run was: only where the replay came to an end without having been there, it is looked for.</summary>
    private static void RequireInside(WhyQuestion question, RunSummary run, RecordingReader recording)
    {
        if (!question.IsOfOrder && (question.Time < run.First || question.Time > run.Last)) RunSpan.Of(recording).Require(question);
    }

    /// <summary>Changes of orders as recorded. Which symbol an instrument has is among the inputs only: it is left open.</summary>
    private static IEnumerable<PastEvent> PastOf(RecordingReader recording, BacktestSettings settings)
    {
        using RecordedMessages outputs = recording.OpenOutputs();
        while (outputs.Next())
        {
            if (Messages.Header(outputs.Current).Type != MessageType.OrderEvent) continue;
            OrderEvent change = Messages.As<OrderEvent>(outputs.Current);
            bool isDecision = change.To is OrderStatus.PendingNew or OrderStatus.PendingReplace or OrderStatus.PendingCancel or OrderStatus.Refused or OrderStatus.Held || change.From == change.To;
            string owner = change.Output.Strategy < settings.Engine.OwnerNames.Count ? settings.Engine.OwnerNames[change.Output.Strategy] : "external";
            yield return new PastEvent(change.ClientOrderId, change.Header.ReceiveTime, isDecision, owner, Symbol: null);
        }
    }

    // ---- what both do

    private static BacktestSettings Bind(string file, byte[] toml, WhyQuestion question, Screen screen)
    {
        BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.Alone(file, toml));
        foreach (string warning in settings.Warnings) screen.WriteWarning(warning);
        IReadOnlyList<string> owners = settings.Engine.OwnerNames;
        if (question.Strategy is { } strategy && !owners.Contains(strategy))
            throw new InputException("--strategy", $"'{strategy}', which is none of this run", $"one of {string.Join(", ", owners)}", "Name one of them.");
        return settings;
    }

    private static DecisionWatch WatchFor(WhyQuestion question, IEnumerable<PastEvent> past, BacktestSettings settings, string run)
    {
        if (!question.IsOfOrder) return new DecisionWatch(question, ClientOrderId.None, PastSearch.LastDecision(past, question), settings.Engine.OwnerNames);
        (ClientOrderId order, Timestamp from) = PastSearch.Order(past, question.Order, run);
        return new DecisionWatch(question, order, from, settings.Engine.OwnerNames);
    }

    /// <summary>The configuration's hash names the run and all its orders: understood otherwise, it would be another run.</summary>
    private static void RequireSameRun(IEnumerable<PastEvent> past, BacktestSettings settings, string file)
    {
        ulong found = RunRecording.JournalIdOf(settings);
        ulong? expected = past.Select(change => change.Order).FirstOrDefault(order => !order.IsNone) is { IsNone: false } first ? first.High : null;
        if (expected is { } other && other != found)
            throw new InputException(file, $"a configuration that this program understands as that of run {found:x16}", $"run {other:x16}, of which orders.csv is",
                "Bring the configuration back as the run wrote it; if it is, run it again with this Fathom.");
    }

    private static Explanation Explain(WhyQuestion question, string folder, bool isRecording, long compared, BacktestSettings settings, TradingEngine engine, DecisionWatch watch, Stopwatch time)
    {
        string[] symbols = [.. Enumerable.Range(0, engine.Market.Instruments.Count).Select(index => SymbolOf(engine, new InstrumentId(index)))];
        Decision decision = watch.Found ?? throw Nothing(question, folder, engine, watch, symbols);
        return new Explanation(question, folder, isRecording, compared, settings.Engine.OwnerNames, symbols, settings.Engine.Currency.ToString(), decision, watch.Stories, time.Elapsed.TotalSeconds);
    }

    private static string SymbolOf(TradingEngine engine, InstrumentId instrument) => engine.Market.Instruments.Contains(instrument) ? engine.Market.Instruments[instrument].Symbol.ToString() : "";

    private static InputException Nothing(WhyQuestion question, string folder, TradingEngine engine, DecisionWatch watch, string[] symbols)
    {
        if (question.IsOfOrder)
            return new InputException("ORDER", $"{question.Order}, about which nothing was decided in this run", "an order that the run sent, changed or refused", "It was carried over from an earlier run: ask that one.");
        if (question.Instrument is { } symbol && !symbols.Contains(symbol))
            return new InputException("--instrument", $"'{symbol}', which the run did not know by then", $"one of {string.Join(", ", symbols.Where(known => known.Length > 0))}", "Name one of them.");
        string whose = question.Strategy is { } strategy ? $" of {strategy}" : "", where = question.Instrument is { } only ? $" in {only}" : "";
        string later = watch.FirstLater.IsNone ? string.Create(CultureInfo.InvariantCulture, $"there is none up to {engine.Clock}") : $"the next decision of the run is at {watch.FirstLater}";
        return new InputException($"{question.Time}", $"no decision{whose}{where} at or before it in {folder}", "a time at which something had been decided", $"Name a later one: {later}.");
    }
}
