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
public sealed class OrderBlotter
{
    private readonly Instruments _instruments;
    private readonly ClientOrderIds[] _ids;
    private readonly Dictionary<ClientOrderId, Order> _live = [];
    private readonly Stack<Order> _unused = new();
    private readonly Dictionary<ushort, SeenExecutions> _executions = [];
    private LiveOrders[] _byInstrument = [];
    private long _taken;
    private long _repeated, _afterClose, _overfilled, _unknown, _mismatched, _late, _malformed;

    /// <param name="ids">The names of each strategy's orders, by the strategy's number.</param>
    public OrderBlotter(Instruments instruments, params ClientOrderIds[] ids)
    {
        _instruments = instruments;
        _ids = ids;
    }

    public LiveExposure Exposure { get; } = new();

    public int LiveCount => _live.Count;

    public OrderAnomalies Anomalies => new(_repeated, _afterClose, _overfilled, _unknown, _mismatched, _late, _malformed);

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
        Take(order);
        return order;
    }

    /// <summary>Takes an order that stays here until its condition is met: nothing is reserved for it before.</summary>
    internal Order Hold(in OrderCommand command)
    {
        Order order = _unused.Count > 0 ? _unused.Pop() : new Order();
        order.Begin(command, OrderOrigin.Intent);
        order.NoteHeld();
        Take(order);
        return order;
    }

    /// <summary>A held order was approved and leaves now: from here on it is reserved.</summary>
    internal void NoteReleased(Order order, Quantity quantity)
    {
        order.NoteReleased(quantity);
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
    public void NoteReplaceSent(Order order, Price price, Quantity quantity) => NoteReplaceSent(order, price, quantity, order.TriggerPrice, order.TrailOffset);

    /// <summary>As the other, with the trigger and the offset of one that waits.</summary>
    public void NoteReplaceSent(Order order, Price price, Quantity quantity, Price trigger, Price offset)
    {
        order.NoteReplaceSent(price, quantity, trigger, offset);
        Reserve(order);
    }

    /// <summary>Takes a venue's report. A terminal order stays readable in the effect until <see cref="Remove"/>, which the caller owes.</summary>
    public ReportEffect Apply(in OrderReport report)
    {
        bool isFill = report.Kind == ReportKind.Filled;
        if (!IsUsable(report))
        {
            _malformed++;
            return default;
        }
        if (isFill && !IsNewExecution(report))
        {
            _repeated++;
            return default;
        }
        if (!_live.TryGetValue(report.ClientOrderId, out Order? order)) return ApplyWithoutOrder(report, isFill);

        OrderStatus from = order.Status;
        order.NoteQueueAhead(report.QueueAhead);
        if (isFill) NoteFill(order, report);
        else order.NoteAnswer(report.Kind, report.Reason, report.Leaves);
        Reserve(order);
        return new ReportEffect(order, from, order.Status, isFill, order.Strategy);
    }

    /// <summary>Lets a terminal order go, and with it what it still reserved.</summary>
    public void Remove(Order order)
    {
        Invariant.Require(order.Status.IsTerminal() && _live.Remove(order.Id), "only a live order that has ended leaves the blotter");
        Unreserve(order);
        Unlink(order);
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

    private bool IsUsable(in OrderReport report)
    {
        if (report.Kind is < ReportKind.Accepted or > ReportKind.Triggered) return false;
        if (report.Kind != ReportKind.Filled) return true;
        return report.LastQuantity.IsPositive && !report.LastQuantity.IsNone && !report.LastPrice.IsNone && !report.ExecutionId.IsNone &&
            report.Side is Side.Buy or Side.Sell && _instruments.Contains(report.Header.Instrument);
    }

    private bool IsNewExecution(in OrderReport report)
    {
        if (!_executions.TryGetValue(report.Header.Source, out SeenExecutions? seen)) _executions.Add(report.Header.Source, seen = new SeenExecutions());
        return seen.TryAdd(report.ExecutionId);
    }

    private void NoteFill(Order order, in OrderReport report)
    {
        if (order.Side != report.Side || order.Instrument != report.Header.Instrument) _mismatched++;
        order.NoteFill(report.LastQuantity);
        if (order.Cumulative > order.Quantity) _overfilled++;
    }

    /// <summary>Brings what is reserved for the order to what it may fill at worst.</summary>
    private void Reserve(Order order)
    {
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

    private static bool IsKeptReducing(Order order) => order.IsReduceOnly && !order.IsReductionWatched;

    private ReportEffect ApplyWithoutOrder(in OrderReport report, bool isFill)
    {
        bool isOurs = IsOurs(report.ClientOrderId);
        if (!isOurs) _unknown++;
        else if (isFill) _afterClose++;
        else if (report.Kind is not (ReportKind.CancelRejected or ReportKind.ReplaceRejected)) _late++;      // a request that lost the race to a fill is told so afterwards: nothing is wrong
        return new ReportEffect(null, OrderStatus.None, OrderStatus.None, isFill, isOurs ? report.ClientOrderId.Strategy : -1);
    }

    private struct LiveOrders
    {
        public Order? First;
        public Order? Last;
    }
}
