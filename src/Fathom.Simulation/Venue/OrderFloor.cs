using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Where accepted orders live: they wait, enter the book, take, rest and leave.</summary>
/// <remarks>
/// <code>
///                    ┌─▶ dormant ──parent fills──┐
///   accepted ─▶ or ──┼─▶ waiting ──trigger───────┼─▶ entered ─▶ takes, rests, fills ─▶ over
///                    └───────────────────────────┘
/// </code>
/// Every step ends with its reports: then what is over is let go, and only then the next one enters.
/// </remarks>
/// <param name="walk">Planned by the admission for the order that it let in last.</param>
internal sealed class OrderFloor(
    Instruments instruments, FeeBook fees, ReportWriter reports, ExecutionLog executions, OrderNames names, OrderAdmission admission, LiquidityWalk walk, OrderChanges changes,
    OrderLists lists)
{
    private readonly Stack<OwnOrder> _pool = new(64);
    private readonly List<OwnOrder> _children = new(4);
    private ulong _orderSequence;

    /// <summary>The newest order's; 0 before the first.</summary>
    public ulong LastVenueOrderId => _orderSequence;

    /// <summary>Orders that end by themselves.</summary>
    public ExpiryQueue Expiries { get; } = new();

    /// <summary>A blank order; it goes back by <see cref="Drop"/>, or once it was accepted and is over.</summary>
    public OwnOrder Rent() => _pool.TryPop(out OwnOrder? order) ? order : new OwnOrder();

    public void Drop(OwnOrder order) => _pool.Push(order);

    /// <summary>The order is live, with the quantities that it has: it waits, or enters as the admission let it in.</summary>
    public void Accept(OwnOrder order, in OrderCommand command, VenueInstrument instrument, Timestamp now)
    {
        order.VenueOrderId = ++_orderSequence;
        order.IsLive = true;
        order.State = order.Leaves.IsZero ? OwnOrderState.Dormant : order.IsStop ? OwnOrderState.Waiting : OwnOrderState.Entered;
        order.Place = instrument.Book.NextArrival;
        names.Open(order);
        if (command.ListId != 0) lists.Join(order, in command, now);
        if (!order.Expiry.IsNone) Expiries.Add(order);
        reports.Standing(ReportKind.Accepted, ReasonCode.None, instrument, order, now);
        if (order.State == OwnOrderState.Entered) Enter(order, instrument, now);
        else if (order.State == OwnOrderState.Waiting) StartWaiting(order, instrument, now);
        Settle(instrument, now);
    }

    /// <summary>The order ends, and with it what depends on it.</summary>
    public void End(OwnOrder order, ReportKind kind, ReasonCode reason, VenueInstrument instrument, Timestamp now)
    {
        changes.End(order, kind, reason);
        Report(instrument, now);
        Settle(instrument, now);
    }

    /// <summary>The position moves without a fill: an execution was taken back or corrected.</summary>
    public void MovePosition(Int128 nanos, VenueInstrument instrument, Timestamp now)
    {
        changes.Move(instrument, nanos);
        Report(instrument, now);
        Settle(instrument, now);
    }

    /// <summary>The other orders of a list end because one was rejected.</summary>
    public void EndSiblings(OwnList list, VenueInstrument instrument, Timestamp now)
    {
        changes.EndSiblings(list);
        Report(instrument, now);
    }

    /// <summary>The order leaves its queue and comes in again like a new one, under its old names, as the admission let it in.</summary>
    /// <param name="reason">Why, unless it was asked for.</param>
    public void Move(OwnOrder order, Price price, Quantity leaves, ReasonCode reason, VenueInstrument instrument, Timestamp now)
    {
        instrument.Withdraw(order);
        order.Price = price;
        order.Leaves = leaves;
        order.Place = instrument.Book.NextArrival;
        reports.Standing(ReportKind.Replaced, reason, instrument, order, now);
        Enter(order, instrument, now);
        Settle(instrument, now);
    }

    /// <summary>The order stands in its place with other quantities or conditions.</summary>
    public void Stay(OwnOrder order, ReasonCode reason, VenueInstrument instrument, Timestamp now) =>
        reports.Standing(ReportKind.Replaced, reason, instrument, order, now);

    /// <summary>The trigger that was stated, or the offset, was changed: a stop that waits is looked at once more.</summary>
    public void Reconsider(OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        order.ResetTrail(instruments[instrument.Id].Tick);
        if (order.State != OwnOrderState.Waiting) return;
        instrument.Stops.NoteChanged();
        if (IsMetNow(order, instrument)) Trigger(order, instrument, now);
        Settle(instrument, now);
    }

    /// <summary>The instrument's event is over: reports what it filled, then lets enter what that set free, then what it triggered, each in order of acceptance.</summary>
    public void EndEvent(VenueInstrument instrument, Timestamp now)
    {
        Report(instrument, now);
        WaitingOrders stops = instrument.Stops;
        bool waits = !stops.IsEmpty;
        if (waits) stops.JudgeEvent(instrument.Book, IsTrading(instrument), instruments[instrument.Id].Tick);
        Settle(instrument, now);
        if (!waits) return;
        foreach (OwnOrder order in stops.Met)
        {
            if (!order.IsMet) continue;      // what entered before it took it along
            Trigger(order, instrument, now);
            Settle(instrument, now);
        }
    }

    // ---- stops

    private void StartWaiting(OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        if (!order.TrailOffset.IsNone && TryWatch(order, instrument, out Price price)) order.Follow(price, instruments[instrument.Id].Tick);
        instrument.Stops.Add(order);
        if (IsMetNow(order, instrument)) Trigger(order, instrument, now);
    }

    private bool IsMetNow(OwnOrder order, VenueInstrument instrument) =>
        IsTrading(instrument) && TryWatch(order, instrument, out Price price) && order.IsMetBy(price);

    /// <summary>The last known trade; or the best price of the order's side of the market, while the book is sound and the market matches.</summary>
    private bool TryWatch(OwnOrder order, VenueInstrument instrument, out Price price)
    {
        if (order.TriggerSource != TriggerSource.BidAsk)
        {
            price = instrument.Book.LastTrade;
            return !price.IsNone;
        }
        bool isKnown = WatchedPrices.TryOfBook(instrument.Book, out WatchedPrices best) && IsTrading(instrument);
        price = best.Against(order.Side);
        return isKnown;
    }

    private bool IsTrading(VenueInstrument instrument) => instruments.StateOf(instrument.Id).Matches();

    private void Trigger(OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        instrument.Stops.Remove(order);
        order.State = OwnOrderState.Entered;
        order.IsTriggered = true;
        order.Place = instrument.Book.NextArrival;
        ReasonCode reason = Admit(order, order.Leaves, instrument);
        reports.Standing(ReportKind.Triggered, ReasonCode.None, instrument, order, now);
        EnterOrEnd(order, reason, instrument, now);
    }

    // ---- lists

    /// <summary>Tells children what their parents have filled since, and that a parent is over.</summary>
    private void Settle(VenueInstrument instrument, Timestamp now)
    {
        while (changes.TryTakeTouched(out OwnList list))
        {
            Quantity news = list.Unsettled;
            list.Unsettled = Quantity.Zero;
            list.IsTouched = false;
            _children.Clear();
            _children.AddRange(list.Siblings);
            foreach (OwnOrder child in _children)
                if (child.IsLive) Activate(child, Quantity.Min(news, list.ActiveOf(child.Total) - child.Leaves), list.Parent is not null, instrument, now);
            lists.Rest(list, now);
        }
    }

    /// <param name="more">What becomes active of it.</param>
    /// <param name="canGrow">The parent may fill more.</param>
    private void Activate(OwnOrder child, Quantity more, bool canGrow, VenueInstrument instrument, Timestamp now)
    {
        Quantity inactive = child.Inactive - more, active = child.Leaves + more;
        bool isCut = !canGrow && inactive.IsPositive;
        if (more.IsZero && !isCut) return;
        child.Inactive = canGrow ? inactive : Quantity.Zero;
        if (active.IsZero) changes.EndAlone(child, ReportKind.Canceled, ReasonCode.ListDone);
        else if (more.IsZero) Stay(child, ReasonCode.ListDone, instrument, now);
        else if (child.IsStop) ActivateStop(child, active, instrument, now);
        else if (child.IsResting) Raise(child, active, instrument, now);
        else ActivateNew(child, active, instrument, now);
        Report(instrument, now);
    }

    private void ActivateStop(OwnOrder child, Quantity active, VenueInstrument instrument, Timestamp now)
    {
        bool isNew = child.State == OwnOrderState.Dormant;
        child.Leaves = active;
        child.State = OwnOrderState.Waiting;
        Stay(child, ReasonCode.ListDone, instrument, now);
        if (isNew) StartWaiting(child, instrument, now);
    }

    private void ActivateNew(OwnOrder child, Quantity active, VenueInstrument instrument, Timestamp now)
    {
        child.State = OwnOrderState.Entered;
        child.Place = instrument.Book.NextArrival;
        ReasonCode reason = Admit(child, active, instrument);
        Stay(child, ReasonCode.ListDone, instrument, now);
        EnterOrEnd(child, reason, instrument, now);
    }

    /// <summary>More of a child that rests: as by a replacement.</summary>
    private void Raise(OwnOrder child, Quantity active, VenueInstrument instrument, Timestamp now)
    {
        ReasonCode reason = admission.JudgeEntry(child, child.Price, child.Cumulative + active, instrument);
        Quantity leaves = admission.Granted - child.Cumulative;
        if (reason != ReasonCode.None)
        {
            EnterOrEnd(child, reason, instrument, now);
        }
        else if (leaves <= child.Leaves)
        {
            child.Leaves = leaves;
            Stay(child, ReasonCode.ListDone, instrument, now);
        }
        else
        {
            instrument.Withdraw(child);
            child.Leaves = leaves;
            child.Place = instrument.Book.NextArrival;
            Stay(child, ReasonCode.ListDone, instrument, now);
            Enter(child, instrument, now);
        }
    }

    // ---- into the book

    /// <summary>What stands against an order that is about to enter with so much; it then has what it may enter with.</summary>
    private ReasonCode Admit(OwnOrder order, Quantity active, VenueInstrument instrument)
    {
        order.Leaves = Quantity.Zero;      // it has no place that it could keep
        ReasonCode reason = admission.JudgeEntry(order, order.Price, order.Cumulative + active, instrument);
        order.Leaves = reason == ReasonCode.None ? admission.Granted - order.Cumulative : active;
        return reason;
    }

    private void EnterOrEnd(OwnOrder order, ReasonCode reason, VenueInstrument instrument, Timestamp now)
    {
        if (reason == ReasonCode.None)
        {
            Enter(order, instrument, now);
            return;
        }
        changes.End(order, ReportKind.Canceled, reason == ReasonCode.ReduceOnly ? ReasonCode.NothingToReduce : reason);
        Report(instrument, now);
    }

    /// <summary>The order takes what its walk found, and rests with what is left or ends.</summary>
    private void Enter(OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        walk.Take(instrument, order.Side);
        foreach (Execution execution in walk.Executions) changes.Fill(instrument, order, execution.Quantity, execution.Price, Liquidity.Taker);
        if (order.Leaves.IsPositive && order.IsImmediate) changes.End(order, ReportKind.Canceled, ReasonCode.NoLiquidity);
        else if (order.Leaves.IsPositive) instrument.Place(order);
        Report(instrument, now);
    }

    // ---- reports

    /// <summary>Reports all changes; then lets go who is over, and takes out of the book who has nothing active.</summary>
    private void Report(VenueInstrument instrument, Timestamp now)
    {
        if (changes.IsEmpty) return;
        foreach (OwnChange change in changes.All) reports.Changed(instrument, in change, FeeOf(instrument, in change), now);
        foreach (OwnChange change in changes.All)
        {
            OwnOrder order = change.Order;
            if (!order.IsLive || order.Leaves.IsPositive) continue;
            Withdraw(order, instrument);
            if (order.IsEnded) Release(order, instrument, now);
        }
        changes.All.Clear();
    }

    private long FeeOf(VenueInstrument instrument, in OwnChange change)
    {
        if (change.Kind != ReportKind.Filled) return 0;
        ref readonly InstrumentDefinition definition = ref instruments[instrument.Id];
        return fees.Of(in definition).FeeNanos(change.Price, change.Quantity, in definition, change.Liquidity);
    }

    private static void Withdraw(OwnOrder order, VenueInstrument instrument)
    {
        if (order.IsResting) instrument.Withdraw(order);
        if (order.State == OwnOrderState.Waiting) instrument.Stops.Remove(order);
        order.State = OwnOrderState.Dormant;
    }

    private void Release(OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        order.IsLive = false;
        Expiries.Remove(order);
        if (instrument.Overdue.Count > 0) instrument.Overdue.Remove(order);
        if (order.List is not null) lists.Leave(order, now);
        names.Close(order);
        executions.Release(order);
        _pool.Push(order);
    }
}
