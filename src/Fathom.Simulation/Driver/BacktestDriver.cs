using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Simulation.Venue;

namespace Fathom.Simulation.Driver;

/// <summary>Leads an engine and a simulated venue through one stream of market data, each in its own time.</summary>
/// <remarks>
/// A record reaches the venue in venue time and the engine at its receive time + feed latency; a command reaches the venue at decision time + entry
/// latency; a report reaches the engine at venue time + response latency. Merging all of it in one sorted queue would need the whole file; instead
/// the engine's next input decides how much has to be known. Before an input at time T every report due by T must be known, so the venue runs to
/// T − response latency or to the engine's clock, which can take records that lie further on in the file: that is the look-ahead, no further than this needs.
/// <code>
///    file   ──┬─────────┬──────────────▶
///             ▲ engine  ▲ venue: at least all of the tape up to T − response latency
///             next input at T
/// </code>
/// Two things keep cause before effect. Commands decided at or after the engine's clock arrive at or after it too, so the venue may always run up to
/// the engine's clock, and does: until a response latency later nothing of it is due, and it need not be asked. Beyond that it stops at its first report: the engine
/// may answer it, and the answer may arrive before the tape goes on.
/// At equal engine time timers come before reports and reports before market data; at equal venue time the tape comes before orders whose time is up, and those before our commands, which come by approval.
/// While nothing of ours is at the venue it lags behind and takes whole chunks: the same result, with less work (a test holds both to it).
/// At the end of the data the reports due by the last input are delivered; what would happen later stays open and is counted.
/// </remarks>
public sealed class BacktestDriver
{
    /// <summary>The venue's cursor runs no further ahead of the engine's than this: a million market-by-order messages.</summary>
    public const long LookAheadBytesMax = 64L << 20;

    /// <summary>Reports and timers of one moment. The answer to a question can have twice 65,536 executions.</summary>
    internal const int InputsAtOnceMax = 262_144;
    private const int ChunksPerProgress = 64;

    private readonly ChunkQueue _chunks;
    private readonly SimulatedVenue _venue;
    private readonly InputStep _step;
    private readonly IMessageSink? _inputs;
    private readonly Func<Timestamp> _nextWake;
    private readonly long _lookAheadMax;
    private readonly bool _isEager;
    private readonly Duration _feed;
    private readonly Duration _response;
    private readonly long[] _delayed = new long[Messages.LengthMax / 8];      // a message with its later receive time
    private ChunkCursor _engineAt;
    private ChunkCursor _venueAt;
    private Timestamp _clock = Timestamp.Earliest;
    private Timestamp _wake = Timestamp.None;
    private Timestamp _quietUntil = Timestamp.Earliest;      // before this time no report of the venue is due
    private long _messages;
    private long _reports;
    private long _timers;
    private long _inputsAtOnce;
    private long _lookAhead;
    private long _lookAheadStops;

    /// <param name="nextWake">When the engine wants to be woken, by its state after the last step; None when it does not. Null: never.</param>
    internal BacktestDriver(
        IMessageSource source, InputStep step, SimulatedVenue venue, long lookAheadMax = LookAheadBytesMax, bool isEager = false, Func<Timestamp>? nextWake = null, IMessageSink? inputs = null)
    {
        _inputs = inputs;
        _chunks = new ChunkQueue(source);
        _step = step;
        _nextWake = nextWake ?? (static () => Timestamp.None);
        _venue = venue;
        _lookAheadMax = lookAheadMax;
        _isEager = isEager;
        _feed = venue.Latency.Feed;
        _response = venue.Latency.Response;
    }

    /// <summary>Runs from the first message to the last and stops the engine.</summary>
    /// <param name="engine">A new one, whose venue is <paramref name="venue"/>.</param>
    /// <param name="venue">A new one.</param>
    /// <param name="progress">Called every few megabytes of messages, and at the end.</param>
    /// <param name="inputs">Gets every input in the order in which the engine takes them, many at once where they lie together; null: nobody does.</param>
    /// <param name="readers">Where other threads ask for snapshots: they are answered between chunks of messages, and at the end there is one of the final state.</param>
    /// <param name="isOver">Asked between chunks of messages: when it says so the run ends there, as if the data did.</param>
    /// <exception cref="OperationCanceledException">Asked for by the token.</exception>
    /// <exception cref="InputException">The strategy answers reports with orders without end while no time passes.</exception>
    public static DriverSummary Run(
        IMessageSource source, TradingEngine engine, SimulatedVenue venue, Action<BacktestProgress>? progress = null, IMessageSink? inputs = null, SnapshotExchange? readers = null,
        Func<bool>? isOver = null, CancellationToken cancellation = default)
    {
        BacktestDriver driver = new(source, engine.Step, venue, nextWake: () => engine.NextWake, inputs: inputs);
        Func<EngineSnapshot> take = engine.TakeSnapshot;
        try
        {
            driver.RunAll(progress, cancellation, readers is null ? null : () => readers.Answer(take), isOver);
            engine.Stop();
            readers?.Conclude(take());
        }
        finally
        {
            readers?.Close();
        }
        return driver.Summarize();
    }

    /// <param name="betweenChunks">Called where the engine has taken a whole chunk and is between two inputs.</param>
    /// <param name="isOver">As of <see cref="Run"/>.</param>
    internal void RunAll(Action<BacktestProgress>? progress, CancellationToken cancellation, Action? betweenChunks = null, Func<bool>? isOver = null)
    {
        for (long chunk = 0; ; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> messages = _chunks.Rest(ref _engineAt);
            if (messages.IsEmpty || isOver?.Invoke() == true) break;
            StepChunk(messages);
            CatchUp();
            _chunks.Release(Math.Min(_engineAt.Chunk, _venueAt.Chunk));
            betweenChunks?.Invoke();
            if (chunk % ChunksPerProgress == ChunksPerProgress - 1) progress?.Invoke(new BacktestProgress(_messages, _clock));
        }
        DeliverUpTo(_clock);
        progress?.Invoke(new BacktestProgress(_messages, _clock));
    }

    internal DriverSummary Summarize() => new()
    {
        Messages = _messages,
        Reports = _reports,
        Timers = _timers,
        End = _clock,
        LookAheadMax = _lookAhead,
        LookAheadStops = _lookAheadStops,
        LiveOrders = _venue.LiveOrders,
        PendingCommands = _venue.PendingCommands,
        PendingReports = _venue.PendingReports,
    };

    private void StepChunk(ReadOnlySpan<byte> chunk)
    {
        ReadOnlySpan<byte> messages = chunk;
        int recorded = 0;      // messages that the engine takes as they lie in the chunk are recorded together
        while (!messages.IsEmpty)
        {
            int length = ChunkQueue.WholeLength(messages);
            ReadOnlySpan<byte> message = messages[..length];
            ref readonly MessageHeader header = ref Messages.Header(message);
            Timestamp receive = header.ReceiveTime;
            Duration feed = header.Type is MessageType.SeriesPoint or MessageType.OperatorCommand ? Duration.Zero : _feed;      // a point of a series states itself when we know it
            Timestamp time = receive.IsNone ? _clock : Timestamp.Max(_clock, receive + feed);
            if (_wake <= time || _isEager || (time >= _quietUntil && _venue.IsActive))
            {
                Record(chunk[recorded..^messages.Length]);
                recorded = chunk.Length - messages.Length;
                DeliverUpTo(time);
            }

            _clock = time;
            _inputsAtOnce = 0;
            if (feed == Duration.Zero || receive.IsNone)
            {
                Step(message);
            }
            else
            {
                Record(chunk[recorded..^messages.Length]);
                recorded = chunk.Length - messages.Length + length;
                StepDelayed(message, receive + feed);
            }
            _messages++;
            _engineAt.Advance(length);
            messages = messages[length..];
        }
        Record(chunk[recorded..]);
    }

    private void Record(ReadOnlySpan<byte> messages)
    {
        if (_inputs is not null && !messages.IsEmpty) _inputs.Write(messages);
    }

    private void Step(ReadOnlySpan<byte> message)
    {
        _step(message);
        _wake = _nextWake();      // it changes only by steps
    }

    private void StepDelayed(ReadOnlySpan<byte> message, Timestamp time)
    {
        Span<byte> delayed = MemoryMarshal.AsBytes(_delayed.AsSpan())[..message.Length];
        message.CopyTo(delayed);
        MemoryMarshal.AsRef<MessageHeader>(delayed).ReceiveTime = time;
        Record(delayed);
        Step(delayed);
    }

    /// <summary>Delivers all timers and reports that reach the engine at or before <paramref name="time"/>, in the order of their times, and what the engine's answers
    /// bring by then.</summary>
    private void DeliverUpTo(Timestamp time)
    {
        while (true)
        {
            Timestamp wake = _wake, until = Timestamp.Min(wake, time);
            if (_venue.IsActive || _isEager) AdvanceVenue(Timestamp.Max(until + new Duration(-_response.Nanos), _clock));
            if (_venue.PendingReports > 0 && _venue.ReportDue <= until && _venue.ReportDue < wake) DeliverReport();
            else if (wake <= time) WakeEngine(wake);
            else return;
        }
    }

    private void DeliverReport()
    {
        MoveClock(_venue.ReportDue);
        _reports++;
        Record(_venue.FirstReport);
        Step(_venue.FirstReport);
        _venue.DropReport();
    }

    /// <summary>Tells the engine that the time has come at which it wanted to be woken.</summary>
    private void WakeEngine(Timestamp wake)
    {
        MoveClock(wake);
        TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, source: 0, InstrumentId.None, _clock, _clock) };
        _timers++;
        Record(Messages.AsBytes(in reached));
        Step(Messages.AsBytes(in reached));
    }

    private void MoveClock(Timestamp time)
    {
        if (time > _clock)
        {
            _clock = time;
            _inputsAtOnce = 0;
        }
        if (++_inputsAtOnce > InputsAtOnceMax) throw Endless("strategy");
    }

    /// <param name="who">Whose strategy does not come to rest.</param>
    internal static InputException Endless(string who) => new(
        who, $"more than {InputsAtOnceMax} reports and timers at one moment", "a strategy that comes to rest",
        "It answers each report with a new order, or each timer with another that is due at once, while no time passes: let it wait for the next book, or set a latency above zero.");

    /// <summary>Lets the venue live up to <paramref name="limit"/>, or to its first report, and notes until when nothing of it can reach the engine.</summary>
    private void AdvanceVenue(Timestamp limit)
    {
        bool isThere = TryAdvanceVenue(limit);
        // Whatever the venue does after the limit, or by a command that arrives at it, is answered a response latency later.
        _quietUntil = _venue.PendingReports > 0 ? _venue.ReportDue : isThere ? limit + _response : Timestamp.Earliest;
    }

    /// <returns>True when all of the tape and all commands up to the limit were taken.</returns>
    private bool TryAdvanceVenue(Timestamp limit)
    {
        while (_venue.PendingReports == 0)
        {
            ReadOnlySpan<byte> rest = _chunks.Rest(ref _venueAt);
            Timestamp next = rest.IsEmpty ? Timestamp.None : _venue.TimeOf(in Messages.Header(rest));
            if (_venue.NextDue < next && _venue.NextDue <= limit)
            {
                _venue.ApplyNext();
                continue;
            }
            if (rest.IsEmpty || next > limit) return true;
            if (!TryTake(rest, limit)) return false;
        }
        return false;
    }

    /// <summary>Takes messages of a chunk up to the limit, a command or a report.</summary>
    /// <returns>False when the look-ahead has met its bound.</returns>
    private bool TryTake(ReadOnlySpan<byte> rest, Timestamp limit)
    {
        do
        {
            if (_venueAt.Position - _engineAt.Position >= _lookAheadMax)
            {
                _lookAheadStops++;
                return false;
            }
            int length = ChunkQueue.WholeLength(rest);
            _venue.Take(rest[..length]);
            _venueAt.Advance(length);
            rest = rest[length..];
            if (rest.IsEmpty || _venue.PendingReports > 0) break;
            limit = Timestamp.Min(limit, _venue.NextDue);      // at equal time the tape comes first
        }
        while (_venue.TimeOf(in Messages.Header(rest)) <= limit);
        _lookAhead = Math.Max(_lookAhead, _venueAt.Position - _engineAt.Position);
        return true;
    }

    private void TakeOne(ReadOnlySpan<byte> rest)
    {
        int length = ChunkQueue.WholeLength(rest);
        _venue.Take(rest[..length]);
        _venueAt.Advance(length);
        _lookAhead = Math.Max(_lookAhead, _venueAt.Position - _engineAt.Position);
    }

    /// <summary>Brings a venue that lags up to the engine's place, so that the chunks become free. All of that tape lies at or before the engine's clock.</summary>
    private void CatchUp()
    {
        while (_venueAt.Position < _engineAt.Position)
        {
            ReadOnlySpan<byte> rest = _chunks.Rest(ref _venueAt);
            int ahead = (int)Math.Min(rest.Length, _engineAt.Position - _venueAt.Position);
            if (!_venue.IsActive)
            {
                _venue.TakeIdle(rest[..ahead]);
                _venueAt.Advance(ahead);
            }
            else if (_venue.NextDue < _venue.TimeOf(in Messages.Header(rest)))
            {
                _venue.ApplyNext();
            }
            else
            {
                TakeOne(rest);
            }
        }
    }
}
