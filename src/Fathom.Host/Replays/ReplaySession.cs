using System.Diagnostics;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Journal.Recordings;

namespace Fathom.Host.Replays;

/// <summary>
/// Runs an engine on the inputs of a recording and holds what it publishes to what was recorded. Nothing else is read: neither the market data's file nor a series nor an environment;
/// of user code the source, which must be the one that ran. The venue takes commands and answers nothing: its answers are among the inputs.
/// </summary>
public static class ReplaySession
{
    private const int InputsPerLook = 65_536;

    /// <param name="folder">The recording's.</param>
    /// <param name="runFolder">Where the files of the run go, if it comes out as recorded; null: nowhere.</param>
    /// <exception cref="InputException">No whole recording, or one that this program cannot run: other code, another meaning of its configuration.</exception>
    public static ReplayResult Run(string folder, string? runFolder, Screen screen, CancellationToken stop)
    {
        RecordingReader recording = RecordingReader.Open(folder, new MessagePacking());
        string file = Path.Combine(folder, RecordingFiles.Configuration);
        BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.Alone(file, recording.Configuration.Span));
        foreach (string warning in settings.Warnings) screen.WriteWarning(warning);
        RequireSameRun(recording, settings, file);
        settings = settings with { Title = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(runFolder ?? folder)))}: {settings.Strategies}" };
        return Replay(recording, settings, runFolder, screen, stop);
    }

    private static ReplayResult Replay(RecordingReader recording, BacktestSettings settings, string? runFolder, Screen screen, CancellationToken stop)
    {
        using RecordedMessages inputs = recording.OpenInputs(), outputs = recording.OpenOutputs();
        PublishedComparison comparison = new(outputs, inputs);
        IRunObserver published = new PublishedEvents(comparison);
        using RecordedRun? record = runFolder is null ? null : new RecordedRun(settings, runFolder);
        using TradingEngine engine = new(settings.Engine, new ClosedVenue(), record is null ? [published] : [published, .. record.Observers]);
        if (record is not null) record.Engine = engine;

        Stopwatch watch = Stopwatch.StartNew();
        using (Progress progress = screen.StartProgress("Replay")) StepAll(engine, inputs, record, comparison, recording.Manifest.InputCount, progress, stop);
        watch.Stop();
        string recorded = recording.Manifest.Fingerprint.ToString(), fingerprint = engine.Fingerprint.ToString();
        ReplayDifference? difference = comparison.Difference;
        if (difference is null && fingerprint != recorded) difference = new ReplayDifference(inputs.Number, null, outputs.Number, null, null);
        if (difference is null) record?.Finish(DriverFacts.From(recording.Manifest.Facts), watch.Elapsed.TotalSeconds, out _);
        return new ReplayResult(difference, engine.InputCount, recording.Manifest.OutputCount, recorded, fingerprint, watch.Elapsed.TotalSeconds);
    }

    private static void StepAll(TradingEngine engine, RecordedMessages inputs, RecordedRun? record, PublishedComparison comparison, long count, Progress progress, CancellationToken stop)
    {
        CarryOverBegins begins = default;
        while (inputs.Next())
        {
            MessageType type = Messages.Header(inputs.Current).Type;
            if (type == MessageType.CarryOverBegins) begins = Messages.As<CarryOverBegins>(inputs.Current);
            engine.Step(inputs.Current);
            if (type == MessageType.CarryOverEnds && record is not null) record.Before = new CarriedBeginning(begins.Session, begins.Clock, begins.Orders, engine.Market.Instruments.Count);
            if (comparison.Difference is not null) return;
            // What the end of the run brought has the last input as its cause: it comes with the stop.
            if (comparison.DueInput <= inputs.Number && inputs.Number < count)
            {
                comparison.NoteMissing();
                return;
            }
            if (inputs.Number % InputsPerLook != 0) continue;
            stop.ThrowIfCancellationRequested();
            progress.Update(inputs.Number, (double)inputs.Number / count);
        }
        engine.Stop();
        if (comparison.Difference is null && comparison.DueInput != long.MaxValue) comparison.NoteMissing();
    }

    /// <summary>The configuration's hash names the run and all its orders: understood otherwise, it would be another run.</summary>
    internal static void RequireSameRun(RecordingReader recording, BacktestSettings settings, string file)
    {
        ulong found = RunRecording.JournalIdOf(settings), expected = recording.Manifest.JournalId;
        if (found != expected)
            throw new InputException(file, $"a configuration that this program understands as that of run {found:x16}", $"run {expected:x16}, which was recorded",
                "Replay it with the Fathom that recorded it, or record the run again with this one.");
    }
}
