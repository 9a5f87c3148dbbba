using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>A venue that is not there: our orders stand in the real queues of a recorded or generated market.</summary>
/// <remarks>
/// It lives in venue time and has its own book, which runs ahead of the engine's. Whoever drives it feeds the tape message by message and
/// lets the commands arrive between them:
/// <code>
///   tape ──TimeOf, Take──▶ events ──▶ QueueMatcher ──▶ fills ─┐
///                                                               ├──▶ reports (+ response latency) ──▶ engine
///   engine ──Send (+ entry latency)──▶ in flight ──ApplyCommand─┘
/// </code>
/// An instrument's event is whole before anything is judged by it: whether a print or a fill tells our fills can stand in its last message. So
/// while an event can concern us it is gathered, and a command that arrives in the middle of one waits for its end.
/// Where nothing of ours rests, a message costs what its book costs.
/// docs/reference/simulated-venue.md states all rules.
/// </remarks>
public sealed class SimulatedVenue : IVenue, IDisposable
{
    /// <summary>An event without an end is cut after so many messages of its instrument, so that commands do not wait for ever and what is gathered has a bound.</summary>
    public const int EventMessagesMax = 65_536;

    private const int InFlightMax = 1 << 20;
    private const int ReportsMax = 1 << 20;

    private readonly FeeSchedule _fees;
    private readonly ushort _source;
    private readonly MarketState _market;
    private readonly QueueMatcher _matcher;
    private readonly OrderNames _names = new();
    private readonly Stack<OwnOrder> _pool = new(64);
    private readonly Ring<CommandInFlight> _inFlight = new(InFlightMax);
    private readonly Ring<OrderReport> _reports = new(ReportsMax);

    private readonly List<VenueInstrument> _watched = [];

    private VenueInstrument?[] _instruments = [];
    private int[] _openMessages = [];      // of the open event, per instrument
    private long _approval;
    private long _reportSequence;
    private ulong _orderSequence;
    private ulong _executionSequence;
    private int _waiting;

    /// <param name="source">What its reports state as their source.</param>
    public SimulatedVenue(LatencyModel latency, FeeSchedule fees, ushort source = 0) : this(latency, fees, source, new MarketState()) { }

    internal SimulatedVenue(LatencyModel latency, FeeSchedule fees, ushort source, MarketState market)
    {
        _market = market;
        Latency = latency;
        _fees = fees;
        _source = source;
        _matcher = new QueueMatcher(_market.Instruments, _market.Books);
    }

    public LatencyModel Latency { get; }

    /// <summary>Venue time: the running maximum, over the tape taken so far, of the earlier of event and receive time, and of the commands applied.</summary>
    public Timestamp Clock { get; private set; } = Timestamp.Earliest;

    /// <summary>Something of ours is at the venue or on its way to or from it. While nothing is, the venue may lag behind the engine.</summary>
    public bool IsActive => _names.LiveCount + _inFlight.Count + _waiting + _reports.Count > 0;

    /// <summary>Orders of ours that rest.</summary>
    public int LiveOrders => _names.LiveCount;

    /// <summary>Commands on their way to the venue, or waiting there for the end of an event.</summary>
    public int PendingCommands => _inFlight.Count + _waiting;

    /// <summary>Reports on their way to the engine.</summary>
    public int PendingReports => _reports.Count;

    /// <summary>How many events were cut because they did not end.</summary>
    public long CutEvents { get; private set; }

    /// <summary>When the oldest command in flight reaches the venue; <see cref="Timestamp.None"/> when there is none.</summary>
    public Timestamp CommandDue => _inFlight.IsEmpty ? Timestamp.None : _inFlight.First.Arrival;

    /// <summary>When the oldest report reaches the engine; <see cref="Timestamp.None"/> when there is none.</summary>
    public Timestamp ReportDue => _reports.IsEmpty ? Timestamp.None : _reports.First.Header.ReceiveTime;

    /// <summary>The oldest report; there is one.</summary>
    public ref readonly OrderReport FirstReport => ref _reports.First;

    /// <summary>Drops the oldest report: it has been delivered.</summary>
    public void DropReport() => _reports.Dequeue();

    /// <summary>Puts the command on its way. Commands come in the order of their approval and of the engine's clock.</summary>
    public void Send(in OrderCommand command)
    {
        Invariant.Require(command.Approval > _approval, "a venue sees each approval once, in ascending order");
        _approval = command.Approval;
        Timestamp arrival = command.Header.EventTime + Latency.Entry;
        _inFlight.Enqueue(new CommandInFlight { Arrival = arrival, Command = command });
    }

    /// <summary>The venue time that the next message of the tape is going to have. Definitions say what an instrument is, not what time it is, and a message
    /// without a receive time says nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Timestamp TimeOf(in MessageHeader next)
    {
        long time = Math.Min(next.EventTime.Nanos, next.ReceiveTime.Nanos);
        bool isClock = next.Type is MessageType.MarketByOrder or MessageType.TradingStateChanged && !next.ReceiveTime.IsNone;
        return isClock && time > Clock.Nanos ? new Timestamp(time) : Clock;
    }

    /// <summary>Takes the next message of the tape: a whole message of the market. All commands that arrive before its time have been applied.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref Messages.Header(message);
        Clock = TimeOf(in header);
        int index = header.Instrument.Index;
        VenueInstrument? instrument = (uint)index < (uint)_instruments.Length ? _instruments[index] : null;

        if (header.Type != MessageType.MarketByOrder) TakeOther(instrument, index, message);
        else if (instrument is null) TakeUnwatched(in Messages.As<MarketByOrder>(message));
        else TakeWatched(instrument, message, in Messages.As<MarketByOrder>(message));
    }

    /// <summary>Takes many messages of the tape at once while nothing of ours is at the venue.</summary>
    public void TakeIdle(ReadOnlySpan<byte> messages)
    {
        Invariant.Require(!IsActive, "only an idle venue takes the tape in bulk");
        if (HasLedger())
        {
            TakeEach(messages);
            return;
        }
        for (int at = 0; at < messages.Length;)
        {
            ref readonly MessageHeader header = ref Messages.Header(messages[at..]);
            Clock = TimeOf(in header);
            if (header.Type == MessageType.MarketByOrder) CountMessage(header.Instrument.Index, Messages.As<MarketByOrder>(messages[at..]).IsLast);
            else if (IsEventOpen(header.Instrument.Index)) CountMessage(header.Instrument.Index, isLast: false);
            at += header.Length;
        }
        _market.ApplyBatch(messages);
    }

    /// <summary>Lets the oldest command in flight arrive: all of the tape up to and including its time has been taken.</summary>
    public void ApplyCommand()
    {
        Clock = Timestamp.Max(Clock, _inFlight.First.Arrival);
        ref readonly OrderCommand command = ref _inFlight.First.Command;
        int index = command.Header.Instrument.Index;
        if (IsEventOpen(index))
        {
            Watch(index).Waiting.Enqueue(in command);
            _waiting++;
        }
        else
        {
            Execute(in command);
        }
        _inFlight.Dequeue();
    }

    public void Dispose() => _market.Dispose();

    // ---- the tape

    /// <summary>What we took stays noted after our last order is gone, and has to be forgotten with the order that we took it from.</summary>
    private bool HasLedger()
    {
        foreach (VenueInstrument instrument in _watched)
            if (!instrument.Ledger.IsEmpty) return true;
        return false;
    }

    private void TakeEach(ReadOnlySpan<byte> messages)
    {
        for (int length; !messages.IsEmpty; messages = messages[length..])
        {
            length = Messages.Header(messages).Length;
            Take(messages[..length]);
        }
    }

    private void TakeOther(VenueInstrument? instrument, int index, ReadOnlySpan<byte> message)
    {
        if (instrument is { IsGathering: true }) instrument.Gather(message);
        else _market.Apply(message);
        bool isEnd = IsEventOpen(index) && CountMessage(index, isLast: false);
        if (isEnd && instrument is not null) EndEvent(instrument);
    }

    private void TakeUnwatched(in MarketByOrder record)
    {
        CountMessage(record.Header.Instrument.Index, record.IsLast);
        _market.Books.Apply(in record);
    }

    private void TakeWatched(VenueInstrument instrument, ReadOnlySpan<byte> message, in MarketByOrder record)
    {
        bool isFirst = _openMessages[instrument.Id.Index] == 0;
        bool isEnd = CountMessage(instrument.Id.Index, record.IsLast);
        if (instrument.IsGathering)
        {
            instrument.Gather(message);
        }
        else if (!instrument.IsConcerned || !isFirst)
        {
            _market.Books.Apply(in record);
        }
        else if (isEnd)
        {
            _matcher.JudgeSingle(instrument, in record);
            ReportFills(instrument);
        }
        else
        {
            instrument.Gather(message);
        }
        if (isEnd) EndEvent(instrument);
    }

    private void EndEvent(VenueInstrument instrument)
    {
        if (instrument.IsGathering)
        {
            _matcher.JudgeEvent(instrument, instrument.Gathered);
            instrument.DropGathered();
            ReportFills(instrument);
        }
        if (!instrument.Waiting.IsEmpty) ApplyWaiting(instrument);
    }

    private bool IsEventOpen(int index) => (uint)index < (uint)_openMessages.Length && _openMessages[index] > 0;

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

    private void ReportFills(VenueInstrument instrument)
    {
        if (_matcher.Fills.Count == 0) return;
        foreach (OwnFill fill in _matcher.Fills) ReportFill(instrument, in fill);
        foreach (OwnFill fill in _matcher.Fills)
            if (fill.Leaves.IsZero) Release(instrument, fill.Order);
        _matcher.Fills.Clear();
    }

    // ---- commands

    private void Execute(in OrderCommand command)
    {
        switch (command.Kind)
        {
            case CommandKind.Submit: Submit(in command); break;
            case CommandKind.Cancel: Cancel(in command); break;
            default: Reject(in command, ReportKind.Rejected, ReasonCode.Unsupported); break;
        }
    }

    private void Submit(in OrderCommand command)
    {
        if (!OrderAdmission.IsSupported(in command))
        {
            Reject(in command, ReportKind.Rejected, ReasonCode.Unsupported);
            return;
        }
        if (_names.IsKnown(command.ClientOrderId))
        {
            Reject(in command, ReportKind.Rejected, ReasonCode.DuplicateOrder);
            return;
        }
        InstrumentId id = command.Header.Instrument;
        ReasonCode reason = _market.Instruments.Contains(id)
            ? OrderAdmission.Judge(in command, in _market.Instruments[id], _fees, _market.Instruments.StateOf(id), Watch(id.Index))
            : ReasonCode.UnknownInstrument;
        if (reason == ReasonCode.None)
        {
            Accept(in command, Watch(id.Index));
            return;
        }
        _names.Close(command.ClientOrderId);
        Reject(in command, ReportKind.Rejected, reason);
    }

    private void Accept(in OrderCommand command, VenueInstrument instrument)
    {
        if (!_pool.TryPop(out OwnOrder? order)) order = new OwnOrder();
        order.ClientOrderId = command.ClientOrderId;
        order.Instrument = instrument.Id;
        order.VenueOrderId = ++_orderSequence;
        order.Side = command.Side;
        order.Price = command.Price;
        order.Leaves = command.Quantity;
        order.Cumulative = Quantity.Zero;
        order.Place = instrument.Book.NextArrival;
        order.AheadBeforePrints = -1;
        order.PrintedAtPrice = 0;
        instrument.Orders.Add(order);
        _names.Open(order);

        OrderReport report = About(order, ReportKind.Accepted, instrument.Book);
        report.Leaves = order.Leaves;
        Publish(ref report);
    }

    private void Cancel(in OrderCommand command)
    {
        if (!_names.TryFind(command.ClientOrderId, out OwnOrder? order) || order.Instrument != command.Header.Instrument)
        {
            Reject(in command, ReportKind.CancelRejected, _names.IsClosed(command.ClientOrderId) ? ReasonCode.TooLate : ReasonCode.UnknownOrder);
            return;
        }
        VenueInstrument instrument = Watch(order.Instrument.Index);
        OrderReport report = About(order, ReportKind.Canceled, instrument.Book);
        report.Cumulative = order.Cumulative;
        report.Reason = ReasonCode.Requested;
        Publish(ref report);
        Release(instrument, order);
    }

    private void Release(VenueInstrument instrument, OwnOrder order)
    {
        instrument.Orders.Remove(order);
        _names.Close(order.ClientOrderId);
        _pool.Push(order);
    }

    // ---- reports

    private void ReportFill(VenueInstrument instrument, in OwnFill fill)
    {
        OwnOrder order = fill.Order;
        OrderReport report = About(order, ReportKind.Filled, instrument.Book);
        report.ExecutionId = new ExecutionId(0, ++_executionSequence);
        report.LastPrice = order.Price;
        report.LastQuantity = fill.Quantity;
        report.Cumulative = fill.Cumulative;
        report.Leaves = fill.Leaves;
        report.Liquidity = Liquidity.Maker;
        report.FeeNanos = _fees.FeeNanos(order.Price, fill.Quantity, _market.Instruments[order.Instrument].MultiplierNanos, Liquidity.Maker);
        Publish(ref report);
    }

    private OrderReport About(OwnOrder order, ReportKind kind, OrderBook book)
    {
        OrderReport report = NewReport(kind, order.Instrument, order.ClientOrderId, order.Side);
        report.VenueOrderId = order.VenueOrderId;
        report.QueueAhead = QueueMatcher.QueueAhead(book, order);
        return report;
    }

    private void Reject(in OrderCommand command, ReportKind kind, ReasonCode reason)
    {
        OrderReport report = NewReport(kind, command.Header.Instrument, command.ClientOrderId, command.Side);
        report.Reason = reason;
        report.QueueAhead = Quantity.None;
        Publish(ref report);
    }

    private OrderReport NewReport(ReportKind kind, InstrumentId instrument, ClientOrderId id, Side side) => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, _source, instrument, Clock, Clock + Latency.Response),
        ClientOrderId = id,
        LastPrice = Price.None,
        Kind = kind,
        Side = side,
    };

    private void Publish(ref OrderReport report)
    {
        report.Sequence = ++_reportSequence;
        _reports.Enqueue(in report);
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
