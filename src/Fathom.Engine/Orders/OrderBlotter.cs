using System.Diagnostics.CodeAnalysis;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Engine.Orders;

/// <summary>
/// The live orders, by client order id, and by instrument in order of approval. A terminal order leaves at once and its object is used again, so memory follows the
/// number of live orders and not the length of the run. What comes later for an order that left is told from what was never ours by its id alone:
/// ids are running numbers.
/// </summary>
public sealed partial class OrderBlotter
{
    private const int StraysMax = 1_024;

    private readonly Instruments _instruments;
    private readonly ClientOrderIds[] _ids;
    private readonly Dictionary<ClientOrderId, Order> _live = [];
    private readonly Stack<Order> _unused = new();
    private readonly Dictionary<ushort, SeenExecutions> _executions = [];
    private readonly Dictionary<(ushort Source, ExecutionId Id), long> _overtaken = [];      // executions that were changed before they came, and the number of the change's report
    private readonly Queue<(ClientOrderId Order, long Sequence, Quantity Quantity)> _strays = new();      // the newest executions of orders of ours that were not live
    private LiveOrders[] _byInstrument = [];
    private long _taken;
    private long _repeated, _afterClose, _overfilled, _unknown, _mismatched, _late, _malformed, _illegal;

    /// <param name="ids">The names of each strategy's orders, by the strategy's number.</param>
    public OrderBlotter(Instruments instruments, params ClientOrderIds[] ids)
    {
        _instruments = instruments;
        _ids = ids;
    }

    public LiveExposure Exposure { get; } = new();

    public int LiveCount => _live.Count;

    public OrderAnomalies Anomalies => new(
        _repeated, _afterClose, _overfilled, _unknown, _mismatched, _late, _malformed, _illegal, BustedCount, CorrectedCount, StuckCount, LiveAfterCloseCount, ReportLostCount);

    /// <summary>Live orders of which only the venue knows what they are.</summary>
    public int UnknownCount { get; private set; }

    internal long BustedCount { get; set; }
    internal long CorrectedCount { get; set; }
    internal long StuckCount { get; set; }
    internal long LiveAfterCloseCount { get; set; }
    internal long ReportLostCount { get; set; }

    /// <summary>Instruments that ever had an order are below this.</summary>
    internal int InstrumentCount => _byInstrument.Length;

    /// <summary>The oldest live order of an instrument, whosever it is; <see cref="Order.Next"/> leads to the others.</summary>
    internal Order? First(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_byInstrument.Length ? _byInstrument[instrument.Index].First : null;

    /// <summary>The live orders of a strategy in an instrument, oldest first.</summary>
    public WorkingOrders Working(ushort strategy, InstrumentId instrument) => new(First(instrument), strategy);

    /// <summary>A live order; false when there is none of that id (any more).</summary>
    public bool TryFind(ClientOrderId id, [MaybeNullWhen(false)] out Order order) => _live.TryGetValue(id, out order);

    /// <summary>The id was given to a want of ours, which may have become an order, or have been refused.</summary>
    public bool IsOurs(ClientOrderId id) => id.Strategy < _ids.Length && _ids[id.Strategy].IsOurs(id);

    /// <summary>Takes an order that was approved; from here on its whole quantity is reserved.</summary>
    public Order Add(in OrderCommand command, OrderOrigin origin = OrderOrigin.Intent)
    {
        Order order = _unused.Count > 0 ? _unused.Pop() : new Order();
        order.Begin(command, origin);
        order.NoteSent(in command);
        Take(order);
        return order;
    }

    /// <summary>Takes an order that stays here until its condition is met: nothing is reserved for it before.</summary>
    internal Order Hold(in OrderCommand command, OrderOrigin origin = OrderOrigin.Intent)
    {
        Order order = _unused.Count > 0 ? _unused.Pop() : new Order();
        order.Begin(command, origin);
        order.NoteHeld();
        Take(order);
        return order;
    }

    /// <summary>A held order was approved and leaves now: from here on it is reserved.</summary>
    /// <param name="command">As approved.</param>
    internal void NoteReleased(Order order, in OrderCommand command)
    {
        order.NoteReleased(in command);
        Reserve(order);
    }

    /// <summary>Whether the venue, or nobody but us, keeps the order from opening a position decides how it is reserved.</summary>
    internal void NoteReductionWatched(Order order)
    {
        Unreserve(order);
        order.IsReductionWatched = true;
        Reserve(order);
    }

    /// <summary>Notes that a replacement leaves: from here on the order counts as the worse of what it is and what it may become.</summary>
    /// <param name="command">As approved; price, quantity, trigger and trail are what the order is to have.</param>
    internal void NoteReplaceSent(Order order, in OrderCommand command, Price price, Price trigger, Price offset)
    {
        order.NoteReplaceSent(in command, price, command.Quantity, trigger, offset);
        Reserve(order);
    }

    /// <summary>Notes that only the venue knows what the order is: it goes on counting at its worst.</summary>
    internal void NoteDoubt(Order order, ReasonCode reason, Timestamp clock)
    {
        order.NoteDoubt(reason, clock);
        UnknownCount++;
    }

    /// <summary>Takes how the venue has an order.</summary>
    internal AnswerEffect NoteFound(Order order, in VenueOrder found)
    {
        bool wasInDoubt = order.IsInDoubt;
        AnswerEffect effect = order.NoteFound(in found);
        if (wasInDoubt && !order.IsInDoubt) UnknownCount--;
        Reserve(order);
        return effect;
    }

    /// <summary>Takes back an order of ours that we held for over, or never knew, and that lives at the venue.</summary>
    /// <param name="command">It as if it were sent now, with its name.</param>
    /// <param name="found">As the venue has it.</param>
    /// <returns>False when executions that came since have filled it.</returns>
    internal bool TryAdopt(in OrderCommand command, in VenueOrder found, out Order order)
    {
        Quantity since = StraysSince(found.ClientOrderId, found.Sequence);
        order = _unused.Count > 0 ? _unused.Pop() : new Order();
        order.Begin(command, OrderOrigin.Intent);
        order.NoteSent(in command);
        order.Adopt(in found, since);
        if (order.Status.IsTerminal())
        {
            _unused.Push(order);
            return false;
        }
        Take(order);
        return true;
    }

    /// <summary>Takes a venue's report. A terminal order stays readable in the effect until <see cref="Remove"/>, which the caller owes.</summary>
    public ReportEffect Apply(in OrderReport report)
    {
        bool isFill = report.Kind == ReportKind.Filled;
        if (!IsUsable(report))
        {
            _malformed++;
            return new ReportEffect(null, OrderStatus.None, OrderStatus.None, IsExecution: false, Owner: -1, AnomalyKind.Malformed);
        }
        bool isExecution = isFill && IsNewExecution(report);
        if (isFill && !isExecution && !_overtaken.Remove((report.Header.Source, report.ExecutionId)))
        {
            _repeated++;
            return default;
        }
        if (!_live.TryGetValue(report.ClientOrderId, out Order? order)) return ApplyWithoutOrder(report, isExecution);
        if (order.IsHere) return ApplyToHeld(order, isExecution);

        OrderStatus from = order.Status;
        order.NoteQueueAhead(report.QueueAhead);
        AnomalyKind anomaly = isFill ? NoteFill(order, report) : NoteAnswer(order, in report);
        if ((from == OrderStatus.Unknown) != order.IsInDoubt) UnknownCount += order.IsInDoubt ? 1 : -1;
        Reserve(order);
        return new ReportEffect(order, from, order.Status, isExecution, order.Strategy, anomaly);
    }

    /// <summary>Takes a bust or a correction. One that overtook its original keeps that from being booked when it comes; that its order was filled by it is noted then.</summary>
    internal ExecutionChangeEffect Apply(in ExecutionChanged change)
    {
        SeenExecutions seen = SeenOf(change.Header.Source);
        bool isOvertaken = _overtaken.Remove((change.Header.Source, change.ExecutionId));      // by a correction of this correction: its own terms are over
        if (!isOvertaken && !seen.TryAdd(change.ExecutionId))
        {
            _repeated++;
            return default;
        }
        bool wasBooked = !seen.TryAdd(change.Original);
        if (!wasBooked) _overtaken[(change.Header.Source, change.Original)] = change.Sequence;
        return new ExecutionChangeEffect(IsNew: true, wasBooked, BooksNew: !isOvertaken && change.NewQuantity.IsPositive);
    }

    /// <summary>Executions are awaited that were changed before they came.</summary>
    internal bool HasOvertaken => _overtaken.Count > 0;

    /// <summary>What a venue said up to a number was told again: an execution that did not come with it is not going to.</summary>
    internal void ForgetOvertaken(ushort source, long number)
    {
        foreach (((ushort of, ExecutionId id), long sequence) in _overtaken)
            if (of == source && sequence <= number) _overtaken.Remove((of, id));
    }

    /// <summary>The change states an instrument, a side and quantities that make sense.</summary>
    internal bool IsUsable(in ExecutionChanged change)
    {
        bool isUsable = !change.ExecutionId.IsNone && !change.Original.IsNone && change.OldQuantity is { IsPositive: true, IsNone: false } && !change.OldPrice.IsNone &&
            change.Side is Side.Buy or Side.Sell && _instruments.Contains(change.Header.Instrument) && !change.NewQuantity.IsNone && change.NewQuantity.Nanos >= 0 &&
            (change.NewQuantity.IsZero || !change.NewPrice.IsNone);
        if (!isUsable) _malformed++;
        return isUsable;
    }

    /// <summary>Lets a terminal order go, and with it what it still reserved.</summary>
    public void Remove(Order order)
    {
        Invariant.Require(order.Status.IsTerminal() && _live.Remove(order.Id), "only a live order that has ended leaves the blotter");
        Unreserve(order);
        if (order.IsCounted) Count(order, isLive: false);
        Unlink(order);
        order.CloseRequests();
        _unused.Push(order);
    }

    private void Take(Order order)
    {
        bool isNew = _live.TryAdd(order.Id, order);
        Invariant.Require(isNew && IsOurs(order.Id), "a client order id is given once, by us");
        order.Number = ++_taken;
        Append(order);
        Reserve(order);
    }

    private void Append(Order order)
    {
        int index = order.Instrument.Index;
        if (index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(index + 1, _byInstrument.Length * 2));
        ref LiveOrders orders = ref _byInstrument[index];
        order.Previous = orders.Last;
        order.Next = null;
        if (orders.Last is null) orders.First = order;
        else orders.Last.Next = order;
        orders.Last = order;
    }

    private void Unlink(Order order)
    {
        ref LiveOrders orders = ref _byInstrument[order.Instrument.Index];
        if (order.Previous is null) orders.First = order.Next;
        else order.Previous.Next = order.Next;
        if (order.Next is null) orders.Last = order.Previous;
        else order.Next.Previous = order.Previous;
        order.Previous = order.Next = null;
    }

    /// <summary>What the venue says of an order makes sense; of one that it does not know it says nothing.</summary>
    internal bool IsUsable(in VenueOrder found)
    {
        bool isUsable = found.Status == OrderStatus.None ||
            (IsCount(found.Quantity) && IsCount(found.Cumulative) && IsCount(found.Leaves) && found.Side is Side.Buy or Side.Sell && _instruments.Contains(found.Header.Instrument));
        if (!isUsable) _malformed++;
        return isUsable;
    }

    private static bool IsCount(Quantity quantity) => quantity is { IsNone: false, Nanos: >= 0 };

    private bool IsUsable(in OrderReport report)
    {
        if (report.Kind is < ReportKind.Accepted or > ReportKind.Triggered || !IsCount(report.Cumulative) || !IsCount(report.Leaves)) return false;
        if (report.Kind != ReportKind.Filled) return true;
        return report.LastQuantity.IsPositive && !report.LastQuantity.IsNone && !report.LastPrice.IsNone && !report.ExecutionId.IsNone &&
            report.Side is Side.Buy or Side.Sell && _instruments.Contains(report.Header.Instrument);
    }

    private bool IsNewExecution(in OrderReport report) => SeenOf(report.Header.Source).TryAdd(report.ExecutionId);

    private SeenExecutions SeenOf(ushort source)
    {
        if (!_executions.TryGetValue(source, out SeenExecutions? seen)) _executions.Add(source, seen = new SeenExecutions());
        return seen;
    }

    private AnomalyKind NoteFill(Order order, in OrderReport report)
    {
        bool isMismatched = order.Side != report.Side || order.Instrument != report.Header.Instrument;
        if (isMismatched) _mismatched++;
        order.NoteFill(report.LastQuantity, report.Sequence);
        bool isOverfilled = order.Cumulative > order.Quantity && order.Cumulative > order.WantedQuantity;
        if (isOverfilled) _overfilled++;
        return isOverfilled ? AnomalyKind.Overfilled : isMismatched ? AnomalyKind.Mismatched : AnomalyKind.None;
    }

    private AnomalyKind NoteAnswer(Order order, in OrderReport report)
    {
        switch (order.NoteAnswer(in report))
        {
            case AnswerEffect.Older:
                _late++;
                return AnomalyKind.None;
            case AnswerEffect.Illegal:
                _illegal++;
                bool saysNothing = report.Kind is ReportKind.CancelRejected or ReportKind.ReplaceRejected;      // whatever was refused, the order is as it was
                if (!saysNothing && !order.IsInDoubt) order.NoteDoubt(ReasonCode.ReportLost, report.Header.ReceiveTime);
                return AnomalyKind.Illegal;
            default:
                return AnomalyKind.None;
        }
    }

    /// <summary>Brings what is reserved for the order to what it may fill at worst.</summary>
    private void Reserve(Order order)
    {
        if (!order.IsCounted && !order.IsHere) Count(order, isLive: true);
        Quantity worst = order.WorstLeaves;
        if (worst == order.Reserved) return;
        if (IsKeptReducing(order)) Exposure.AddReducing(order.Strategy, order.Instrument, order.Side, worst.Nanos - order.Reserved.Nanos);
        else if (worst > order.Reserved) Exposure.Reserve(order.Strategy, order.Instrument, order.Side, worst - order.Reserved);
        else Exposure.Release(order.Strategy, order.Instrument, order.Side, order.Reserved - worst);
        order.Reserved = worst;
    }

    private void Unreserve(Order order)
    {
        if (order.Reserved.IsZero) return;
        if (IsKeptReducing(order)) Exposure.AddReducing(order.Strategy, order.Instrument, order.Side, -order.Reserved.Nanos);
        else Exposure.Release(order.Strategy, order.Instrument, order.Side, order.Reserved);
        order.Reserved = Quantity.Zero;
    }

    private void Count(Order order, bool isLive)
    {
        order.IsCounted = isLive;
        Exposure.NoteCount(order.Strategy, order.Instrument, isLive ? 1 : -1);
    }

    private static bool IsKeptReducing(Order order) => order.IsReduceOnly && !order.IsReductionWatched;

    /// <summary>The venue cannot have it. What it says was executed is executed all the same.</summary>
    private ReportEffect ApplyToHeld(Order order, bool isFill)
    {
        _illegal++;
        return new ReportEffect(null, OrderStatus.None, OrderStatus.None, isFill, order.Strategy, AnomalyKind.Illegal);
    }

    private ReportEffect ApplyWithoutOrder(in OrderReport report, bool isFill)
    {
        bool isOurs = IsOurs(report.ClientOrderId);
        if (isOurs && isFill) NoteStray(in report);
        if (!isOurs) _unknown++;
        else if (isFill) _afterClose++;
        else if (report.Kind is not (ReportKind.CancelRejected or ReportKind.ReplaceRejected)) _late++;      // a request that lost the race to a fill is told so afterwards: nothing is wrong
        AnomalyKind anomaly = !isOurs ? AnomalyKind.UnknownOrder : isFill ? AnomalyKind.FilledAfterClose : AnomalyKind.None;
        return new ReportEffect(null, OrderStatus.None, OrderStatus.None, isFill, isOurs ? report.ClientOrderId.Strategy : -1, anomaly);
    }

    private void NoteStray(in OrderReport report)
    {
        if (_strays.Count == StraysMax) _strays.Dequeue();
        _strays.Enqueue((report.ClientOrderId, report.Sequence, report.LastQuantity));
    }

    /// <summary>What came for an order while it was not here, later than the venue's report of a number.</summary>
    private Quantity StraysSince(ClientOrderId id, long number)
    {
        Quantity sum = Quantity.Zero;
        foreach ((ClientOrderId of, long sequence, Quantity quantity) in _strays)
            if (of == id && sequence > number) sum += quantity;
        return sum;
    }

    private struct LiveOrders
    {
        public Order? First;
        public Order? Last;
    }
}
