using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>What happens to our orders within one event of the tape or one command, each with what it does to others at once; it is reported at the end.</summary>
/// <remarks>
/// A fill moves the position and cuts others: first the siblings of its list, in order of acceptance, then reduce-only orders that are larger than the position now, the
/// newest first. An order that ends takes its siblings along. Others fill in the same event only as far as that leaves them anything, so all of it has to be done fill by
/// fill. What a fill sets free, children of a list, enters after the event, by <see cref="OrderFloor"/>.
/// </remarks>
internal sealed class OrderChanges
{
    private readonly List<OwnChange> _changes = new(64);
    private readonly Queue<OwnList> _touched = new(4);

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>In the order in which they happened.</summary>
    public List<OwnChange> All => _changes;

    /// <param name="quantity">Above zero, no more than the order has left.</param>
    public void Fill(VenueInstrument instrument, OwnOrder order, Quantity quantity, Price price, Liquidity liquidity)
    {
        order.Leaves -= quantity;
        order.Cumulative += quantity;
        if (order.Total.IsZero) order.End(OrderStatus.Filled, ReasonCode.None);
        _changes.Add(new OwnChange(ReportKind.Filled, order, quantity, price, liquidity, order.Cumulative, order.Total, ReasonCode.None));
        instrument.Move(order.Side.Sign() * (Int128)quantity.Nanos);
        if (order.List is { } list) FillInList(list, order, quantity);
        if (instrument.Reducing.Count > 0) CutReducing(instrument);
    }

    /// <summary>An execution was taken back or corrected.</summary>
    /// <param name="nanos">By how much that moves the position, in nanos.</param>
    public void Move(VenueInstrument instrument, Int128 nanos)
    {
        instrument.Move(nanos);
        if (instrument.Reducing.Count > 0) CutReducing(instrument);
    }

    /// <summary>The order is over, and with it what depends on it.</summary>
    /// <param name="kind">Canceled or expired.</param>
    public void End(OwnOrder order, ReportKind kind, ReasonCode reason)
    {
        EndAlone(order, kind, reason);
        if (order.List is not { } list) return;
        bool isParent = list.Parent == order;
        if (isParent) EndParent(list);
        if (!isParent || list.ParentFilled.IsZero) EndSiblings(list);
    }

    /// <summary>All orders of the list but its parent are over, and no more of them may come.</summary>
    public void EndSiblings(OwnList list)
    {
        list.IsClosed = true;
        foreach (OwnOrder sibling in list.Siblings)
            if (!sibling.IsEnded) EndAlone(sibling, ReportKind.Canceled, ReasonCode.ListDone);
    }

    /// <summary>The order alone is over.</summary>
    public void EndAlone(OwnOrder order, ReportKind kind, ReasonCode reason)
    {
        order.End(kind == ReportKind.Expired ? OrderStatus.Expired : order.Cumulative.IsZero ? OrderStatus.Canceled : OrderStatus.CanceledAfterPartialFill, reason);
        Add(kind, order, reason);
    }

    /// <summary>The next list whose children have to be told of their parent.</summary>
    public bool TryTakeTouched(out OwnList list) => _touched.TryDequeue(out list!);

    private void FillInList(OwnList list, OwnOrder order, Quantity quantity)
    {
        if (list.Parent == order)
        {
            list.ParentFilled += quantity;
            list.Unsettled += quantity;
            Touch(list);
            if (order.IsEnded) EndParent(list);
            return;
        }
        list.Filled += quantity;
        bool isOnlyOne = list.Kind == Contingency.OneCancelsOther;
        list.IsClosed |= isOnlyOne;
        foreach (OwnOrder sibling in list.Siblings)
            if (sibling != order && !sibling.IsEnded) CutSibling(sibling, isOnlyOne ? sibling.Total : Quantity.Min(sibling.Total, quantity));
    }

    /// <summary>Takes off what is active first: what is not may never become it.</summary>
    private void CutSibling(OwnOrder sibling, Quantity quantity)
    {
        if (quantity == sibling.Total)
        {
            EndAlone(sibling, ReportKind.Canceled, ReasonCode.ListDone);
            return;
        }
        Quantity active = Quantity.Min(sibling.Leaves, quantity);
        sibling.Leaves -= active;
        sibling.Inactive -= quantity - active;
        Add(ReportKind.Replaced, sibling, ReasonCode.ListDone);
    }

    private void CutReducing(VenueInstrument instrument)
    {
        for (int i = instrument.Reducing.Count - 1; i >= 0; i--)
        {
            OwnOrder order = instrument.Reducing[i];
            Quantity room = instrument.RoomToReduce(order.Side);
            if (order.Leaves <= room) continue;
            if (room.IsZero)
            {
                End(order, ReportKind.Canceled, ReasonCode.NothingToReduce);
                continue;
            }
            order.Leaves = room;
            Add(ReportKind.Replaced, order, ReasonCode.ReduceOnly);
        }
    }

    private void EndParent(OwnList list)
    {
        list.Parent = null;
        if (list.ParentFilled.IsPositive) Touch(list);
    }

    private void Touch(OwnList list)
    {
        if (list.IsTouched) return;
        list.IsTouched = true;
        _touched.Enqueue(list);
    }

    private void Add(ReportKind kind, OwnOrder order, ReasonCode reason) =>
        _changes.Add(new OwnChange(kind, order, Quantity.Zero, Price.None, Liquidity.None, order.Cumulative, order.Total, reason));
}
