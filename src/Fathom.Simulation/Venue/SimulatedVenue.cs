using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>A venue that is not there: our orders stand in the real queues of a recorded or generated market.</summary>
/// <remarks>
/// It lives in venue time and has its own book, which runs ahead of the engine's. Whoever drives it feeds the tape message by message and
/// lets the commands arrive between them:
/// <code>
///   tape ──TimeOf, Take──▶ events ──▶ QueueMatcher ──▶ fills ────────────┐
///                                                                          ├──▶ reports (+ response latency) ──▶ engine
///   engine ──Send (+ entry latency)──▶ in flight ──ApplyNext, OrderDesk────┘
/// </code>
/// An instrument's event is whole before anything is judged by it: whether a print or a fill tells our fills can stand in its last message. So
/// while orders of ours rest it is gathered, and a command that arrives in the middle of one waits for its end.
/// Where nothing of ours rests, a message costs what its book costs; where something does, one that cannot concern it costs little more.
/// docs/reference/simulated-venue.md states all rules.
/// </remarks>
public sealed class SimulatedVenue : IVenue, IDisposable
{
    /// <summary>An event without an end is cut after so many messages of its instrument, so that commands do not wait for ever and what is gathered has a bound.</summary>
    public const int EventMessagesMax = 65_536;

    private const int InFlightMax = 1 << 20;

    private readonly MarketState _market;
    private readonly BookSet _books;
    private readonly OrderChanges _changes = new();
    private readonly QueueMatcher _matcher;
    private readonly OrderDesk _desk;
    private readonly QuestionDesk _questions;
    private readonly OrderNames _names = new();
    private readonly ReportWriter _reports;
    private readonly Ring<CommandInFlight> _inFlight = new(InFlightMax);
    private readonly List<VenueInstrument> _watched = [];
    private readonly VenueTape? _tape;      // null: its own

    private VenueInstrument?[] _instruments = [];
    private int[] _openMessages = [];      // of the open event, per instrument
    private long _approval;
    private int _waiting;

    /// <param name="source">What its reports state as their source.</param>
    /// <param name="features">What it does beyond market and limit orders; what needs another is rejected as unsupported.</param>
    /// <param name="hours">When its sessions are, with which day orders end; null = every day of UTC.</param>
    public SimulatedVenue(LatencyModel latency, FeeBook fees, ushort source = 0, VenueFeatures features = VenueFeatures.All, SessionHours? hours = null)
        : this(latency, fees, source, new MarketState(), features, hours) { }

    /// <summary>All instruments cost the same.</summary>
    public SimulatedVenue(LatencyModel latency, FeeSchedule fees, ushort source = 0, VenueFeatures features = VenueFeatures.All, SessionHours? hours = null)
        : this(latency, new FeeBook(fees), source, features, hours) { }

    /// <param name="tape">One of several venues on it, which must not influence each other: it leads the tape to them, and nobody calls <see cref="Take"/>.</param>
    public SimulatedVenue(LatencyModel latency, FeeBook fees, ushort source, VenueTape tape, VenueFeatures features = VenueFeatures.All, SessionHours? hours = null)
        : this(latency, fees, source, tape.Market, features, hours) => _tape = tape;

    internal SimulatedVenue(LatencyModel latency, FeeBook fees, ushort source, MarketState market, VenueFeatures features = VenueFeatures.All, SessionHours? hours = null)
    {
        _market = market;
        _books = market.Books;
        Latency = latency;
        _matcher = new QueueMatcher(market.Instruments, market.Books, _changes);
        ExecutionLog executions = new(market.Instruments, _names);
        _reports = new ReportWriter(source, latency.Response, executions);
        _desk = new OrderDesk(market.Instruments, fees, _reports, executions, _names, _changes, features, new SessionCalendar(hours ?? SessionHours.EveryDay));
        _questions = new QuestionDesk(_names, executions, _reports);
    }

    public LatencyModel Latency { get; }

    /// <summary>Commands may come in another order than that of their approvals, as a network that reorders brings them, and some not at all. They are applied as they come.</summary>
    public bool MayReorder { get; init; }

    /// <summary>Venue time: the running maximum, over the tape taken so far, of the earlier of event and receive time, and of the commands applied.</summary>
    public Timestamp Clock { get; private set; } = Timestamp.Earliest;

    /// <summary>Something of ours is at the venue or on its way to or from it. While nothing is, the venue may lag behind the engine.</summary>
    public bool IsActive => _names.LiveCount + _inFlight.Count + _waiting + _reports.Queue.Count > 0;

    /// <summary>Orders of the account that live: they rest, or wait for a trigger or for a parent.</summary>
    public int LiveOrders => _names.LiveCount;

    /// <summary>Commands on their way to the venue, or waiting there for the end of an event.</summary>
    public int PendingCommands => _inFlight.Count + _waiting;

    /// <summary>Reports and parts of answers on their way to the engine.</summary>
    public int PendingReports => _reports.Queue.Count;

    /// <summary>How many events were cut because they did not end.</summary>
    public long CutEvents { get; private set; }

    /// <summary>When the oldest command in flight reaches the venue; <see cref="Timestamp.None"/> when there is none.</summary>
    public Timestamp CommandDue => _inFlight.IsEmpty ? Timestamp.None : _inFlight.First.Arrival;

    /// <summary>When the next thing happens at the venue by itself: an order's time is up, or a command arrives; <see cref="Timestamp.None"/> when nothing does.</summary>
    public Timestamp NextDue => Timestamp.Min(CommandDue, _desk.ExpiryDue);

    /// <summary>When the oldest report, or part of an answer, reaches the engine; <see cref="Timestamp.None"/> when there is none.</summary>
    public Timestamp ReportDue => _reports.Queue.IsEmpty ? Timestamp.None : _reports.Queue.FirstHeader.ReceiveTime;

    /// <summary>The oldest of what is on its way to the engine, one whole message: a report, a changed execution, or a part of an answer. There is one; it is valid until it is dropped.</summary>
    public ReadOnlySpan<byte> FirstReport => _reports.Queue.First;

    /// <summary>Drops the oldest message to the engine: it has been delivered.</summary>
    public void DropReport() => _reports.Queue.Dequeue();

    /// <summary>Puts the command on its way. Commands come in the order of the engine's clock and, unless <see cref="MayReorder"/>, of their approval.</summary>
    public void Send(in OrderCommand command)
    {
        Invariant.Require(command.Approval > (MayReorder ? 0 : _approval), "a venue sees each approval once, in ascending order");
        _approval = command.Approval;
        Timestamp arrival = command.Header.EventTime + Latency.Entry;
        _inFlight.Enqueue(new CommandInFlight { Arrival = arrival, Command = command });
    }

    /// <summary>The venue time that the next message of the tape is going to have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Timestamp TimeOf(in MessageHeader next) => VenueTime.With(in next, Clock);

    /// <summary>Takes the next message of the tape: a whole message of the market. All commands that arrive before its time have been applied.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref Messages.Header(message);
        Clock = TimeOf(in header);
        int index = header.Instrument.Index;
        VenueInstrument? instrument = (uint)index < (uint)_instruments.Length ? _instruments[index] : null;

        if (header.Type == MessageType.OperatorCommand) return;      // not the market's
        if (header.Type != MessageType.MarketByOrder) TakeOther(instrument, index, message);
        else if (instrument is null) TakeUnwatched(in Messages.As<MarketByOrder>(message));
        else TakeWatched(instrument, in Messages.As<MarketByOrder>(message));
    }

    /// <summary>Takes many messages of the tape at once while nothing of ours is at the venue.</summary>
    public void TakeIdle(ReadOnlySpan<byte> messages)
    {
        Invariant.Require(!IsActive, "only an idle venue takes the tape in bulk");
        bool hasLedger = HasLedger();
        int applied = 0;
        for (int at = 0; at < messages.Length;)
        {
            ref readonly MessageHeader header = ref Messages.Header(messages[at..]);
            int index = header.Instrument.Index, length = header.Length;
            Clock = TimeOf(in header);
            if (header.Type == MessageType.MarketByOrder)
            {
                ref readonly MarketByOrder record = ref Messages.As<MarketByOrder>(messages[at..]);
                CountMessage(index, record.IsLast);
                if (hasLedger && _instruments[index] is { } instrument && instrument.CanTouchLedger(in record))
                {
                    _market.ApplyBatch(messages[applied..at]);
                    _matcher.ApplyAlone(instrument, in record);
                    applied = at + length;
                }
            }
            else if (header.Type != MessageType.OperatorCommand && IsEventOpen(index))
            {
                CountMessage(index, isLast: false);
            }
            at += length;
        }
        _market.ApplyBatch(messages[applied..]);
    }

    /// <summary>Lets the oldest command in flight arrive: all of the tape up to and including its time has been taken.</summary>
    public void ApplyCommand()
    {
        Clock = Timestamp.Max(Clock, _inFlight.First.Arrival);
        Arrive(in _inFlight.First.Command);
        _inFlight.Dequeue();
    }

    /// <summary>Lets happen what is due next: all of the tape up to and including its time has been taken. At equal time orders end before commands arrive.</summary>
    public void ApplyNext()
    {
        KeepTapeTime();
        if (_desk.ExpiryDue <= CommandDue) ApplyExpiry();
        else ApplyCommand();
    }

    public void Dispose()
    {
        if (_tape is null) _market.Dispose();
    }

    // ---- what a venue does without our asking, each at its clock's time

    /// <summary>Ends an order of ours: <c>Canceled</c> without a reason.</summary>
    /// <returns>False when no such order lives.</returns>
    public bool CancelByVenue(ClientOrderId id) => _names.TryFind(id, out OwnOrder? order) && End(order, ReasonCode.None);

    /// <summary>Ends an order that others placed: <c>Canceled</c>, <c>Requested</c>.</summary>
    /// <returns>False when no such order lives, or it is one of ours.</returns>
    public bool CancelExternal(ulong venueOrderId) =>
        _names.TryFind(ClientOrderId.None, venueOrderId, out OwnOrder? order) && order.ClientOrderId.IsNone && End(order, ReasonCode.Requested);

    /// <summary>Somebody else of the same account places a limit order, good till canceled. Reports of it have no client order id.</summary>
    /// <returns>Its venue order id; 0 when it is not accepted, which we are not told, or while it waits for the end of its instrument's open event.</returns>
    public ulong PlaceExternal(InstrumentId instrument, Side side, Price price, Quantity quantity)
    {
        KeepTapeTime();
        OrderCommand command = new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, instrument, Clock, Clock),
            Kind = CommandKind.Submit,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = price,
            Quantity = quantity,
            TriggerPrice = Price.None,
            TrailOffset = Price.None,
            DisplayQuantity = Quantity.None,
            MinimumQuantity = Quantity.None,
        };
        ulong last = _desk.LastVenueOrderId;
        Arrive(in command);
        return _desk.LastVenueOrderId == last ? 0 : _desk.LastVenueOrderId;
    }

    /// <summary>Takes an execution back: the position moves, the order stays as it was reported.</summary>
    /// <returns>False when no such execution counts, or it is older than the last 8,192 fills.</returns>
    public bool Bust(ExecutionId execution) => Change(execution, Price.None, Quantity.Zero);

    /// <summary>Makes another execution of one: from then on it has the new one's id.</summary>
    /// <param name="quantity">Above zero.</param>
    /// <returns>As of <see cref="Bust"/>; also false when the new one cannot be: a quantity that is not above zero, no price, a fee that does not fit 64 bits.</returns>
    public bool Correct(ExecutionId execution, Price price, Quantity quantity) => quantity.IsPositive && Change(execution, price, quantity);

    private bool End(OwnOrder order, ReasonCode reason)
    {
        KeepTapeTime();
        InstrumentId instrument = order.Instrument;
        _desk.End(order, reason, Watch(instrument.Index), Clock);
        _tape?.NoteChanged(instrument);
        return true;
    }

    private bool Change(ExecutionId execution, Price price, Quantity quantity)
    {
        KeepTapeTime();
        if (!_desk.TryChangeExecution(execution, price, quantity, Clock, out ExecutionChanged change)) return false;
        InstrumentId instrument = change.Header.Instrument;
        _desk.Move(in change, Watch(instrument.Index), Clock);
        _tape?.NoteChanged(instrument);
        return true;
    }

    private void KeepTapeTime()
    {
        if (_tape is not null) Clock = Timestamp.Max(Clock, _tape.Clock);
    }

    // ---- on a tape that several venues share

    internal QueueMatcher Matcher => _matcher;

    /// <summary>What the last event brought, at its end: what happened is reported, and commands that waited for it arrive.</summary>
    internal void EndShared(VenueInstrument instrument)
    {
        Clock = Timestamp.Max(Clock, _tape!.Clock);
        if (!_changes.IsEmpty || instrument.WaitsForEnd) _desk.EndEvent(instrument, Clock);
        if (_waiting > 0) ApplyWaiting(instrument);
    }

    // ---- the tape

    /// <summary>What we took stays noted after our last order is gone, and has to be forgotten with the order that we took it from.</summary>
    private bool HasLedger()
    {
        foreach (VenueInstrument instrument in _watched)
            if (!instrument.Ledger.IsEmpty) return true;
        return false;
    }

    private void TakeOther(VenueInstrument? instrument, int index, ReadOnlySpan<byte> message)
    {
        if (instrument is { IsGathering: true }) instrument.GatherOther(message);
        else _market.Apply(message);
        bool isEnd = !IsEventOpen(index) || CountMessage(index, isLast: false);      // alone it is an event of its own
        if (isEnd && instrument is not null) EndEvent(instrument);
    }

    private void TakeUnwatched(in MarketByOrder record)
    {
        CountMessage(record.Header.Instrument.Index, record.IsLast);
        _books.Apply(in record);
    }

    private void TakeWatched(VenueInstrument instrument, in MarketByOrder record)
    {
        int index = instrument.Id.Index;
        bool isFirst = _openMessages[index] == 0;
        bool isEnd = CountMessage(index, record.IsLast);
        if (record.Action == BookAction.Trade && instrument.Stops.WatchesTrades) instrument.NoteTrade(in record, _market.Instruments.StateOf(instrument.Id));
        if (isFirst && isEnd && !QueueMatcher.HasToJudge(instrument, in record)) _books.Apply(in record);
        else if (instrument.IsGathering) instrument.Gather(in record);
        else if (instrument.Orders.IsEmpty || !isFirst) _matcher.ApplyAlone(instrument, in record);
        else if (isEnd) _matcher.JudgeSingle(instrument, in record);
        else instrument.Gather(in record);
        if (isEnd) EndEvent(instrument);
    }

    private void EndEvent(VenueInstrument instrument)
    {
        if (instrument.IsGathering)
        {
            _matcher.JudgeEvent(instrument);
            instrument.DropGathered();
        }
        if (!_changes.IsEmpty || instrument.WaitsForEnd) _desk.EndEvent(instrument, Clock);
        if (_waiting > 0) ApplyWaiting(instrument);
    }

    private bool IsEventOpen(int index) => _tape is not null ? _tape.IsEventOpen(index) : (uint)index < (uint)_openMessages.Length && _openMessages[index] > 0;

    /// <summary>Counts a message towards its instrument's open event; true when it ends the event.</summary>
    private bool CountMessage(int index, bool isLast)
    {
        if ((uint)index >= (uint)_openMessages.Length) Reserve(index);
        ref int open = ref _openMessages[index];
        open++;
        if (isLast)
        {
            open = 0;
            return true;
        }
        return open == EventMessagesMax && Cut(ref open);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Cut(ref int open)
    {
        open = 0;
        CutEvents++;
        return true;
    }

    private void ApplyWaiting(VenueInstrument instrument)
    {
        while (!instrument.Waiting.IsEmpty)
        {
            Execute(in instrument.Waiting.First);
            instrument.Waiting.Dequeue();
            _waiting--;
        }
    }

    /// <summary>Like a command, the end of an order waits for the end of its instrument's open event.</summary>
    private void ApplyExpiry()
    {
        Clock = Timestamp.Max(Clock, _desk.ExpiryDue);
        OwnOrder order = _desk.TakeExpired();
        VenueInstrument instrument = Watch(order.Instrument.Index);
        if (IsEventOpen(order.Instrument.Index)) instrument.Overdue.Add(order);
        else _desk.Expire(order, instrument, Clock);
        _tape?.NoteChanged(order.Instrument);
    }

    private void Arrive(in OrderCommand command)
    {
        int index = command.Header.Instrument.Index;
        if (!IsEventOpen(index))
        {
            Execute(in command);
            return;
        }
        Watch(index).Waiting.Enqueue(in command);
        _waiting++;
    }

    private void Execute(in OrderCommand command)
    {
        if (command.Kind is CommandKind.Query or CommandKind.Snapshot)
        {
            Answer(in command);
            return;
        }
        InstrumentId id = command.Header.Instrument;
        _desk.Execute(in command, _market.Instruments.Contains(id) ? Watch(id.Index) : null, Clock);
        _tape?.NoteChanged(id);
    }

    private void Answer(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Query) _questions.Query(in command, Clock);
        else _questions.Snapshot(in command, _instruments, Clock);
    }

    // ---- instruments

    private VenueInstrument Watch(int index)
    {
        if (index >= _instruments.Length) Reserve(index);
        return _instruments[index] ?? StartWatching(new InstrumentId(index));
    }

    private VenueInstrument StartWatching(InstrumentId id)
    {
        VenueInstrument instrument = new(id, _market.Books[id]);
        _instruments[id.Index] = instrument;
        _watched.Add(instrument);
        _tape?.Watch(instrument, this);
        return instrument;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(int index)
    {
        Invariant.Require((uint)index < Fathom.Market.Universe.Instruments.CountMax, "a dense instrument id is neither negative nor beyond the registry");
        int length = Math.Max(index + 1, _openMessages.Length * 2);
        Array.Resize(ref _openMessages, length);
        Array.Resize(ref _instruments, length);
    }
}
