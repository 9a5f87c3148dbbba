using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;
using Fathom.Journal.Recordings;
using Fathom.Simulation.Driver;

namespace Fathom.Host.Replays;

/// <summary>A recording of a backtest in the making. It appears by <see cref="Complete"/>, all or nothing.</summary>
public sealed class RunRecording : IDisposable
{
    private readonly RecordingWriter _writer;

    /// <param name="folder">The recording's; made when it is missing.</param>
    /// <param name="runFolder">Where the run's files go.</param>
    /// <exception cref="InputException">The folder is not one that a recording of this run can go to.</exception>
    public RunRecording(BacktestSettings settings, string folder, string runFolder)
    {
        if (folder.Length == 0 || folder.Contains('\0')) throw new InputException("--record", "an empty path", "a folder for the recording", "Name one, or leave --record out.");
        if (Same(folder, runFolder)) throw new InputException($"--record {folder}", "the folder of the run's files", "another folder", $"Name one of its own, for example --record {Path.Combine(folder, "recording")}");
        _writer = new RecordingWriter(folder, JournalIdOf(settings), settings.AsUsed, new MessagePacking());
    }

    /// <summary>Takes each message before the engine does.</summary>
    public IMessageSink Inputs => _writer.Inputs;

    /// <summary>Watches the engine.</summary>
    public IRunObserver Outputs => _writer.Outputs;

    /// <summary>Names a run: the first 64 bits of its configuration's hash.</summary>
    public static ulong JournalIdOf(BacktestSettings settings) => new Fingerprint(settings.Engine.Configuration.Span).JournalId;

    /// <exception cref="InputException">The disk is full, or gone.</exception>
    public void Complete(Hash128 fingerprint, DriverSummary driver) => _writer.Complete(fingerprint, DriverFacts.Of(driver));

    public void Dispose() => _writer.Dispose();

    private static bool Same(string one, string other) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(one)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));
}
