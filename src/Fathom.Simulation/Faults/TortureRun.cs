using System.Globalization;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Simulation.Faults;

/// <summary>
/// One run: a loop that always does what is due next. The true time is the venue's. What the market does reaches the venue at its venue time and the engine at its receive time + feed
/// latency; commands and answers pass the <see cref="Network"/>; timers come by the engine's clock, which may be ahead.
/// <code>
///   tape ──────────────▶ venue (truth) ◀── network ◀── engine ◀── timers
///     └── feed latency ─────────────────── network ──▶ engine ◀── operator
/// </code>
/// At equal time: what the agenda says, the market at the venue, the venue by itself, commands, timers, reports, the market at the engine.
/// After the market's end nothing strikes any more; everything has to come to rest, and is then compared with the truth.
/// </summary>
internal sealed class TortureRun : IVenue, IDisposable
{
    private enum Event : byte { None, Agenda, VenueMarket, VenueItself, Command, Timer, Report, EngineMarket }

    private const int InputsAtOnceMax = 20_000;
    private const int TimersInARowMax = 20_000;

    private readonly TortureSetup _setup;
    private readonly FaultSchedule _schedule;
    private readonly TortureState _state;
    private readonly Network _network;
    private readonly TruthVenue _venue;
    private readonly Judge _judge;
    private readonly EngineSeat _seat;
    private readonly Hardships _hardships;
    private readonly RestLaws _rest;
    private readonly ReadOnlyMemory<byte> _tape;
    private readonly Timestamp _start;
    private readonly long[] _scratch = new long[Messages.LengthMax / 8];
    private long _sentApproval;
    private int _venueAt, _engineAt, _end, _inputsAtOnce, _timersInARow;
    private Timestamp _feedClock = Timestamp.Earliest;

    public TortureRun(TortureSetup setup, FaultSchedule schedule, ITortureTrace? trace)
    {
        _setup = setup;
        _schedule = schedule;
        _state = new TortureState(schedule, trace);
        TortureTape tape = setup.Market.Tape(schedule.Seed);
        (_tape, _start) = (tape.Messages, tape.Start);
        _network = new Network(_state, setup.Latency);
        _venue = new TruthVenue(setup);
        EngineOptions Make() => setup.Engine(schedule.Seed) with { Start = tape.Start };
        EngineOptions options = Make();
        _judge = new Judge(_state, options);
        _seat = new EngineSeat(Make, this, trace?.Observer is { } observer ? new ObserverPair(_judge, observer) : _judge);
        _hardships = new Hardships(_state, _network, _venue, _seat, _judge);
        _rest = new RestLaws(_state, _network, _venue, _seat, _judge, options.OwnerNames.Count);
    }

    public TortureOutcome ToEnd()
    {
        int messages = BuildBooks();
        while (_state.Broken is null && TryStep(isAtRest: false)) { }
        if (_state.Broken is null) Rest();
        TortureCounts counts = _state.Counts;
        counts.Steps = _state.Step;
        return new TortureOutcome
        {
            Schedule = _schedule,
            Law = _state.Broken?.Law,
            Detail = _state.Broken?.Detail ?? "",
            Step = _state.Step,
            Time = _state.Now,
            MarketMessages = messages,
            Counts = counts,
            Hash = string.Create(CultureInfo.InvariantCulture, $"{_seat.OutputHash}{_seat.Engine.Fingerprint}"),
        };
    }

    public void Dispose()
    {
        _seat.Dispose();
        _venue.Dispose();
    }

    /// <summary>A command leaves the engine.</summary>
    void IVenue.Send(in OrderCommand command)
    {
        if (command.Approval <= _sentApproval) _state.Break(TortureLaws.OnceOnly, $"Approval {command.Approval} left after {_sentApproval}: a command goes out once.");
        _sentApproval = command.Approval;
        _network.Send(in command);
    }

    // ---- the market before the run

    /// <summary>Takes what comes before the start to both sides at once.</summary>
    /// <returns>How many messages the run itself has.</returns>
    private int BuildBooks()
    {
        ReadOnlySpan<byte> tape = _tape.Span;
        int at = 0;
        while (at < tape.Length)
        {
            ref readonly MessageHeader header = ref Messages.Header(tape[at..]);
            if (header.ReceiveTime >= _start && !header.ReceiveTime.IsNone) break;
            _venue.Take(tape.Slice(at, header.Length));
            _seat.Step(tape.Slice(at, header.Length));
            at += header.Length;
        }
        _venueAt = _engineAt = _end = at;
        int messages = CutTape(tape);
        if (_end > at) _state.Now = Timestamp.Max(_venue.TimeOf(in Messages.Header(tape[at..])), Timestamp.Min(_start, Messages.Header(tape[at..]).ReceiveTime));
        return messages;
    }

    /// <summary>Finds the end: where as many messages as the schedule asks for have come and no instrument's event is open, as commands wait for the end of an event.</summary>
    private int CutTape(ReadOnlySpan<byte> tape)
    {
        HashSet<int> open = [];
        int messages = 0, whole = 0;
        for (int at = _end; at < tape.Length && !(whole >= _schedule.Messages);)
        {
            ref readonly MessageHeader header = ref Messages.Header(tape[at..]);
            if (header.Type == MessageType.MarketByOrder)
            {
                if (Messages.As<MarketByOrder>(tape[at..]).IsLast) open.Remove(header.Instrument.Index);
                else open.Add(header.Instrument.Index);
            }
            at += header.Length;
            messages++;
            if (open.Count == 0) (_end, whole) = (at, messages);
        }
        return whole;
    }

    // ---- what is due next

    /// <summary>Does what is due next.</summary>
    /// <param name="isAtRest">The market is over, and only what is under way goes on.</param>
    /// <returns>False when the market is over.</returns>
    private bool TryStep(bool isAtRest)
    {
        if (!isAtRest && _venueAt == _end && _engineAt == _end) return false;
        (Event next, Timestamp due) = Next();
        if (next == Event.None) return false;
        if (due > _state.Now)
        {
            _state.Now = due;
            _inputsAtOnce = 0;
        }
        _timersInARow = next == Event.Timer ? _timersInARow + 1 : 0;
        if (_timersInARow > TimersInARowMax) _state.Break(TortureLaws.Rest, $"The engine wanted to be woken {TimersInARowMax} times in a row while nothing else happened.");
        _state.Step++;
        _state.Faults.Advance(_state.Step);
        Do(next);
        TakeSaid();
        if (_state.Broken is null) _hardships.StrikeWhatCan();
        TakeSaid();
        _network.Misnamed = ClientOrderId.None;
        return true;
    }

    private (Event Event, Timestamp Due) Next()
    {
        Event next = Event.None;
        Timestamp due = Timestamp.None;
        Timestamp awake = _hardships.StalledUntil;
        Consider(Event.Agenda, _hardships.Agenda.Due, ref next, ref due);
        if (_venueAt < _end) Consider(Event.VenueMarket, _venue.TimeOf(in Messages.Header(_tape.Span[_venueAt..])), ref next, ref due);
        Consider(Event.VenueItself, _venue.NextDue, ref next, ref due);
        Consider(Event.Command, _network.ToVenue.Due, ref next, ref due);
        Consider(Event.Timer, Timestamp.Max(EngineWake(), awake), ref next, ref due);
        Consider(Event.Report, Timestamp.Max(_network.ToEngine.Due, awake), ref next, ref due);
        if (_engineAt < _end) Consider(Event.EngineMarket, Timestamp.Max(FeedDue(in Messages.Header(_tape.Span[_engineAt..])), awake), ref next, ref due);
        return (next, due);
    }

    private void Consider(Event candidate, Timestamp at, ref Event next, ref Timestamp due)
    {
        if (at.IsNone) return;
        Timestamp time = Timestamp.Max(at, _state.Now);
        if (next != Event.None && time >= due) return;
        (next, due) = (candidate, time);
    }

    private Timestamp EngineWake() => _seat.Engine.NextWake.IsNone ? Timestamp.None : _seat.Engine.NextWake + new Duration(-_state.Skew.Nanos);

    private Timestamp FeedDue(in MessageHeader header) =>
        header.ReceiveTime.IsNone ? _feedClock : Timestamp.Max(_feedClock, header.Type == MessageType.SeriesPoint ? header.ReceiveTime : header.ReceiveTime + _setup.Latency.Feed);

    private void Do(Event next)
    {
        switch (next)
        {
            case Event.Agenda: _hardships.Do(_hardships.Agenda.Take()); break;
            case Event.VenueMarket: TakeAtVenue(); break;
            case Event.VenueItself: _venue.ApplyNext(); break;
            case Event.Command: TakeCommand(_network.ToVenue.Take()); break;
            case Event.Timer: Wake(); break;
            case Event.Report: TakeFlight(_network.ToEngine.Take()); break;
            case Event.EngineMarket: TakeAtEngine(); break;
        }
    }

    private void TakeAtVenue()
    {
        ReadOnlySpan<byte> message = WholeAt(_venueAt);
        _venue.Take(message);
        _venueAt += message.Length;
    }

    private void TakeCommand(Flight flight)
    {
        _state.Tell(flight, TraceFate.Arrived, TracePlace.Venue);
        _venue.Execute(Messages.As<OrderCommand>(flight.Bytes), _state.Now);
    }

    private void TakeFlight(Flight flight)
    {
        _state.Tell(flight, TraceFate.Arrived, TracePlace.Engine);
        for (int at = 0; at < flight.Bytes.Length && _state.Broken is null;)
        {
            int length = Messages.Header(flight.Bytes.AsSpan(at)).Length;
            Deliver(flight.Bytes.AsSpan(at, length));
            at += length;
        }
        if (Messages.Header(flight.Bytes).Type == MessageType.OrderReport) _network.NoteArrived(in Messages.As<OrderReport>(flight.Bytes));
    }

    private void TakeAtEngine()
    {
        ReadOnlySpan<byte> message = WholeAt(_engineAt);
        _engineAt += message.Length;
        _feedClock = FeedDue(in Messages.Header(message));
        Deliver(message);
    }

    private void Wake()
    {
        TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, source: 0, InstrumentId.None, _state.Now + _state.Skew, _state.Now + _state.Skew) };
        _state.Tell(TracePlace.Clock, TracePlace.Engine, Messages.AsBytes(in reached));
        Deliver(Messages.AsBytes(in reached));
    }

    private ReadOnlySpan<byte> WholeAt(int at)
    {
        ReadOnlySpan<byte> rest = _tape.Span[at..];
        return rest[..Messages.Header(rest).Length];
    }

    // ---- the engine's inputs

    private void Deliver(ReadOnlySpan<byte> message)
    {
        Span<byte> input = MemoryMarshal.AsBytes(_scratch.AsSpan())[..message.Length];
        message.CopyTo(input);
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input);
        if (!header.ReceiveTime.IsNone) header.ReceiveTime = _state.Now + _state.Skew;
        if (++_inputsAtOnce > InputsAtOnceMax)
        {
            _state.Break(TortureLaws.Rest, $"More than {InputsAtOnceMax} inputs at one moment: a strategy, or a timer, does not come to rest.");
            return;
        }
        _judge.NoteInput(input);
        try
        {
            _seat.Step(input);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _state.Break(TortureLaws.NeverThrows, $"{exception.GetType().Name}: {exception.Message}");
        }
        if (_state.Broken is null) _judge.JudgeStep(_seat.Engine);
    }

    /// <summary>What the venue said is on its way from here on.</summary>
    private void TakeSaid()
    {
        while (true)
        {
            ReadOnlySpan<byte> unit = _venue.TakeSaid();
            if (unit.IsEmpty) return;
            ref readonly MessageHeader header = ref Messages.Header(unit);
            bool isFill = header.Type == MessageType.OrderReport && Messages.As<OrderReport>(unit).Kind == ReportKind.Filled;
            if (isFill) _network.NoteFillMade(Messages.As<OrderReport>(unit).ClientOrderId);
            _network.Answer(unit);
        }
    }

    // ---- at rest

    private void Rest()
    {
        _state.Faults.End();
        Timestamp until = _state.Now + _setup.RestMax;
        ComeToRest(until);
        if (_state.Broken is null) Reconcile(until);
        if (_state.Broken is null) _rest.Judge();
        if (_state.Broken is not null) return;
        KilledScope part = _hardships.KillPart((long)(_schedule.Seed >> 1));
        ComeToRest(until + _setup.RestMax);
        if (_state.Broken is null) _rest.JudgeKilled(part);
        if (_state.Broken is not null) return;
        _hardships.KillForGood();
        ComeToRest(_state.Now + _setup.RestMax);
        if (_state.Broken is null) _rest.JudgeKilled(new KilledScope(OperatorCommand.AllStrategies, InstrumentId.None));
    }

    /// <summary>An operator asks for it, and lets go on who may only reduce; whatever they then do comes to rest too.</summary>
    private void Reconcile(Timestamp until)
    {
        long before = _judge.Reconciled;
        _hardships.Operate(OperatorAction.Reconcile);
        ComeToRest(until);
        if (_state.Broken is null && _judge.Reconciled == before) _state.Break(TortureLaws.Rest, "An operator asked for a reconciliation, and none was done.");
    }

    private void ComeToRest(Timestamp until)
    {
        while (!_rest.IsQuiet || _hardships.Agenda.Count > 0)
        {
            if (!TryStep(isAtRest: true)) _state.Break(TortureLaws.Rest, $"Nothing is due any more, and {_rest.Unrest()}.");
            if (_state.Broken is not null) return;
            if (_state.Now > until) break;
        }
        if (_state.Now > until) _state.Break(TortureLaws.Rest, $"{_setup.RestMax} after the end {_rest.Unrest()}.");
    }
}
