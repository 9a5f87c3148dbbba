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

/// <summary>Leads several engines, each with a simulated venue of its own, through one stream of market data; each comes to what it would have come to alone.</summary>
/// <remarks>
/// The rules of time are those of <see cref="BacktestDriver"/>, lane by lane. What is shared is the place on the tape: all engines stand before the same message, and all
/// venues stand before another, so that there is one book of each. A lane may be behind or ahead of the others in its own inputs, never on the tape:
/// <code>
///   tape  ──┬───────┬──────────▶
///           ▲ engines ▲ venues: all of the tape up to T − the shortest response latency
///   lane 1    reports, timers, commands in between, each at its own time
///   lane 2    …
/// </code>
/// Before the venues take a message of the tape at time t, each lane must have done whatever can still put a command before t: the commands that arrive and
/// the orders whose time is up before t are done with, and the inputs of its engine at times n with n + entry latency before t are delivered. All of the tape up to n has been taken then, so no report is missed.
/// </remarks>
public sealed class LaneDriver
{
    private const int ChunksPerProgress = 64;

    private readonly ChunkQueue _chunks;
    private readonly EngineLanes _engines;
    private readonly VenueTape _tape;
    private readonly Lane[] _lanes;
    private readonly Duration _feed;
    private readonly Duration _response;      // the shortest
    private readonly long _lookAheadMax;
    private readonly long[] _delayed;
    private ChunkCursor _engineAt;
    private ChunkCursor _venueAt;
    private Timestamp _clock = Timestamp.Earliest;
    private Timestamp _wake = Timestamp.None;                    // the earliest of all lanes
    private Timestamp _quietUntil = Timestamp.Earliest;          // before this time no report of any venue is due
    private Timestamp _laneDue = Timestamp.Earliest;             // before the tape passes this time some lane has to be looked at
    private bool _isLaneDueStale = true;
    private long _messages, _lookAhead, _lookAheadStops;

    /// <param name="engines">New ones.</param>
    /// <param name="tape">A new one.</param>
    /// <param name="venues">By lane, on that tape; one feed latency, which moves the engines' clocks, for all.</param>
    public LaneDriver(IMessageSource source, EngineLanes engines, VenueTape tape, IReadOnlyList<SimulatedVenue> venues)
        : this(source, engines, tape, venues, BacktestDriver.LookAheadBytesMax) { }

    internal LaneDriver(IMessageSource source, EngineLanes engines, VenueTape tape, IReadOnlyList<SimulatedVenue> venues, long lookAheadMax)
    {
        if (venues.Count == 0 || venues.Count != engines.Count) throw new ArgumentException($"Each engine has its venue; found {engines.Count} and {venues.Count}.", nameof(venues));
        _chunks = new ChunkQueue(source);
        _engines = engines;
        _tape = tape;
        _lanes = new Lane[venues.Count];
        for (int i = 0; i < _lanes.Length; i++) _lanes[i] = new Lane(i, engines[i], venues[i]);
        _feed = venues[0].Latency.Feed;
        _response = venues[0].Latency.Response;
        foreach (SimulatedVenue venue in venues)
        {
            if (venue.Latency.Feed != _feed) throw new ArgumentException("Lanes have one feed latency.", nameof(venues));
            if (venue.Latency.Response < _response) _response = venue.Latency.Response;
        }
        _lookAheadMax = lookAheadMax;
        _delayed = _feed == Duration.Zero ? [] : new long[ChunkQueue.ChunkBytes / 8];
    }

    /// <summary>Runs from the first message to the last and stops the engines.</summary>
    /// <param name="progress">Called every few megabytes of messages, and at the end.</param>
    /// <param name="readers">By lane, as in <see cref="BacktestDriver.Run"/>; null where a lane has none.</param>
    /// <param name="isOver">Asked between chunks of messages: when it says so all lanes end there, as if the data did.</param>
    /// <exception cref="OperationCanceledException">Asked for by the token.</exception>
    /// <exception cref="InputException">A strategy answers reports with orders without end while no time passes.</exception>
    public void Run(Action<BacktestProgress>? progress = null, IReadOnlyList<SnapshotExchange?>? readers = null, Func<bool>? isOver = null, CancellationToken cancellation = default)
    {
        if (readers is not null && readers.Count != _lanes.Length) throw new ArgumentException($"Each lane has its readers or none; found {readers.Count} for {_lanes.Length} lanes.", nameof(readers));
        for (int i = 0; i < _lanes.Length; i++) _lanes[i].Readers = readers?[i];
        try
        {
            RunAll(progress, isOver, cancellation);
            foreach (Lane lane in _lanes)
            {
                lane.Engine.Stop();
                lane.Readers?.Conclude(lane.Engine.TakeSnapshot());
            }
        }
        finally
        {
            foreach (Lane lane in _lanes) lane.Readers?.Close();
        }
    }

    private void RunAll(Action<BacktestProgress>? progress, Func<bool>? isOver, CancellationToken cancellation)
    {
        for (long chunk = 0; ; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> messages = _chunks.Rest(ref _engineAt);
            if (messages.IsEmpty || isOver?.Invoke() == true) break;
            StepChunk(messages);
            RunTape(_clock, _clock, [], 0);      // venues that lag come up to the engines' place, so that the chunks become free
            NoteStepped();
            _chunks.Release(Math.Min(_engineAt.Chunk, _venueAt.Chunk));
            foreach (Lane lane in _lanes) lane.Readers?.Answer(lane.Take);
            if (chunk % ChunksPerProgress == ChunksPerProgress - 1) progress?.Invoke(new BacktestProgress(_messages, _clock));
        }
        AdvanceTo(_clock, [], 0);
        progress?.Invoke(new BacktestProgress(_messages, _clock));
    }

    /// <summary>What happened in a lane.</summary>
    public DriverSummary Summarize(int lane) => new()
    {
        Messages = _messages,
        Reports = _lanes[lane].Reports,
        Timers = _lanes[lane].Timers,
        End = _clock,
        LookAheadMax = _lookAhead,
        LookAheadStops = _lookAheadStops,
        LiveOrders = _lanes[lane].Venue.LiveOrders,
        PendingCommands = _lanes[lane].Venue.PendingCommands,
        PendingReports = _lanes[lane].Venue.PendingReports,
    };

    private void StepChunk(ReadOnlySpan<byte> messages)
    {
        ReadOnlySpan<byte> block = _feed == Duration.Zero ? messages : Delayed(messages);
        int at = 0;
        while (at < block.Length)
        {
            int length = ChunkQueue.WholeLength(block[at..]);
            Timestamp receive = Messages.Header(block[at..]).ReceiveTime;
            Timestamp time = receive.IsNone ? _clock : Timestamp.Max(_clock, receive);
            if (time >= _quietUntil || time >= _wake) AdvanceTo(time, block, at);
            _clock = time;
            if (_engines.Step(block, at)) NoteStepped();
            _messages++;
            at += length;
            _engineAt.Advance(length);
        }
        _engines.EndBlock(block, at);
    }

    /// <summary>The engines see the messages later than the venues: with later receive times.</summary>
    private ReadOnlySpan<byte> Delayed(ReadOnlySpan<byte> messages)
    {
        Span<byte> delayed = MemoryMarshal.AsBytes(_delayed.AsSpan())[..messages.Length];
        messages.CopyTo(delayed);
        for (int at = 0; at < delayed.Length; at += ChunkQueue.WholeLength(delayed[at..]))
        {
            ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(delayed[at..]);
            if (!header.ReceiveTime.IsNone && header.Type is not (MessageType.SeriesPoint or MessageType.OperatorCommand)) header.ReceiveTime += _feed;      // a point of a series states itself when we know it
        }
        return delayed;
    }

    private void NoteStepped()
    {
        _isLaneDueStale = true;
        _wake = Timestamp.None;
        foreach (Lane lane in _lanes) _wake = Timestamp.Min(_wake, lane.Engine.NextWake);
    }

    /// <summary>Delivers all timers and reports of all lanes that reach an engine at or before <paramref name="time"/>, and what the engines' answers bring by then.</summary>
    /// <param name="block">The engines' messages.</param>
    /// <param name="at">How far into it the engines have come.</param>
    private void AdvanceTo(Timestamp time, ReadOnlySpan<byte> block, int at)
    {
        Timestamp limit = Timestamp.Max(time + new Duration(-_response.Nanos), _clock);
        Timestamp next = RunTape(limit, time, block, at);
        _quietUntil = limit + _response;
        foreach (Lane lane in _lanes)
        {
            Deliver(lane, time, next, block, at);
            _quietUntil = Timestamp.Min(_quietUntil, lane.Venue.ReportDue);
        }
        NoteStepped();
    }

    /// <summary>Lets the venues take the tape up to <paramref name="limit"/>.</summary>
    /// <param name="time">Of the engines' next message.</param>
    /// <returns>Venue time of the next message that they have not taken; None at the end of the tape.</returns>
    private Timestamp RunTape(Timestamp limit, Timestamp time, ReadOnlySpan<byte> block, int at)
    {
        _isLaneDueStale = true;
        while (true)
        {
            ReadOnlySpan<byte> rest = _chunks.Rest(ref _venueAt);
            if (rest.IsEmpty) return Timestamp.None;
            while (!rest.IsEmpty)
            {
                Timestamp next = _tape.TimeOf(in Messages.Header(rest));
                if (next > limit) return next;
                if (_venueAt.Position - _engineAt.Position >= _lookAheadMax)
                {
                    _lookAheadStops++;
                    return next;
                }
                if (_isLaneDueStale) NoteDue(time);
                if (_laneDue < next) AdvanceLanes(next, time, block, at);
                int length = ChunkQueue.WholeLength(rest);
                _isLaneDueStale |= _tape.Take(rest[..length]);
                _venueAt.Advance(length);
                rest = rest[length..];
                _lookAhead = Math.Max(_lookAhead, _venueAt.Position - _engineAt.Position);
            }
        }
    }

    /// <summary>Finds until when the tape may go on without any lane.</summary>
    private void NoteDue(Timestamp time)
    {
        _laneDue = Timestamp.None;
        foreach (Lane lane in _lanes)
        {
            Timestamp due = lane.Venue.NextDue, input = lane.NextInput;
            if (input <= time) due = Timestamp.Min(due, Timestamp.Max(input, Timestamp.Max(lane.Clock, _clock)) + lane.Entry);
            _laneDue = Timestamp.Min(_laneDue, due);
        }
        _isLaneDueStale = false;
    }

    /// <summary>Does in each lane whatever can still put a command before the tape's next message.</summary>
    private void AdvanceLanes(Timestamp next, Timestamp time, ReadOnlySpan<byte> block, int at)
    {
        foreach (Lane lane in _lanes)
        {
            while (true)
            {
                // What the engine's answer brings before an order's time is up comes before its end; at equal time the end comes first.
                Timestamp due = lane.Venue.NextDue, input = lane.NextInput;
                Timestamp answer = input > time ? Timestamp.None : Timestamp.Max(input, Timestamp.Max(lane.Clock, _clock)) + lane.Entry;
                if (due < next && due <= answer) lane.Venue.ApplyNext();
                else if (answer < next) StepOwn(lane, block, at);
                else break;
            }
        }
        NoteDue(time);
    }

    /// <summary>Brings a lane to the moment before the engines' next message.</summary>
    /// <param name="next">Of the tape at the venues.</param>
    private void Deliver(Lane lane, Timestamp time, Timestamp next, ReadOnlySpan<byte> block, int at)
    {
        while (true)
        {
            // Whatever follows a report that waits is answered after it: as far as the venue alone would go, so that as much stays open at the end of the data.
            Timestamp until = Timestamp.Min(lane.Engine.NextWake, time) + new Duration(-lane.Response.Nanos), due = lane.Venue.NextDue;
            bool isQuiet = lane.Venue.PendingReports == 0 && due <= Timestamp.Max(until, Timestamp.Max(lane.Clock, _clock));
            if (isQuiet && due < next) lane.Venue.ApplyNext();
            else if (lane.NextInput <= time) StepOwn(lane, block, at);
            else return;
        }
    }

    /// <summary>Gives an engine its next timer or report, timers first.</summary>
    private void StepOwn(Lane lane, ReadOnlySpan<byte> block, int at)
    {
        Timestamp wake = lane.Engine.NextWake;
        if (lane.MessagesSeen != _messages)
        {
            lane.MessagesSeen = _messages;
            lane.Clock = Timestamp.Max(lane.Clock, _clock);
            lane.InputsAtOnce = 0;
        }
        if (wake <= lane.Venue.ReportDue)
        {
            MoveClock(lane, wake);
            TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, source: 0, InstrumentId.None, lane.Clock, lane.Clock) };
            lane.Timers++;
            _engines.StepOwn(lane.Number, block, at, Messages.AsBytes(in reached));
            return;
        }
        MoveClock(lane, lane.Venue.ReportDue);
        lane.Reports++;
        _engines.StepOwn(lane.Number, block, at, lane.Venue.FirstReport);
        lane.Venue.DropReport();
    }

    private static void MoveClock(Lane lane, Timestamp time)
    {
        if (time > lane.Clock)
        {
            lane.Clock = time;
            lane.InputsAtOnce = 0;
        }
        if (++lane.InputsAtOnce > BacktestDriver.InputsAtOnceMax) throw BacktestDriver.Endless($"lane {lane.Number}");
    }

    private sealed class Lane(int number, TradingEngine engine, SimulatedVenue venue)
    {
        public int Number { get; } = number;
        public TradingEngine Engine { get; } = engine;
        public SimulatedVenue Venue { get; } = venue;
        public SnapshotExchange? Readers { get; set; }
        public Func<EngineSnapshot> Take { get; } = engine.TakeSnapshot;
        public Duration Entry { get; } = venue.Latency.Entry;
        public Duration Response { get; } = venue.Latency.Response;

        /// <summary>Of the engine, after its last input of its own.</summary>
        public Timestamp Clock { get; set; } = Timestamp.Earliest;
        public long MessagesSeen { get; set; }
        public long InputsAtOnce { get; set; }
        public long Reports { get; set; }
        public long Timers { get; set; }

        /// <summary>When the engine's next timer or report is due.</summary>
        public Timestamp NextInput => Timestamp.Min(Engine.NextWake, Venue.ReportDue);
    }
}
