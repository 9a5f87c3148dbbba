using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Orders.Lifecycle;
using Fathom.Engine.Risk;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop;

/// <summary>
/// Sends one strategy's orders, and does what the venue cannot: keeps stops until they are met and children until their parents fill, lets one order of a list act on the others, ends orders
/// whose time is up, and holds reduce-only orders to the position.
/// </summary>
/// <remarks>
/// <code>
///            ┌─▶ stops ──trigger───────┐
///   taken ───┤                         ├─▶ line ─▶ judged, sent ─▶ looked after
///            └─▶ children ──parent fills┘
/// </code>
/// Whatever happens first does its work on the orders' numbers (<see cref="Order.Wanted"/>); then, order by order, what is wanted is brought about: at the venue by commands, here at once. What
/// stands in line leaves as soon as nothing is unanswered that could still change what of it may leave, so that two stops of one position never close it twice.
/// <para>A fill by the tape is known here before the tape is: its children become active when the tape has come to its time, as they would at the venue.</para>
/// </remarks>
internal sealed partial class HeldOrderKeeper(StrategyContext context, SessionServices services, OrderSender sender, ushort strategy)
{
    private readonly HeldStops _stops = new();
    private readonly OrderDeadlines _deadlines = new(services.Blotter);
    private readonly List<Order> _line = new(4);
    private readonly Queue<ClientOrderId> _follow = new(8);
    private readonly List<OrderList> _touched = new(4);
    private readonly List<Order> _scratch = new(8);
    private readonly List<ClientOrderId> _met = new(4);
    private readonly OrderCommand[] _asked = new OrderCommand[3];
    private Timestamp _retry = Timestamp.None;

    /// <summary>Complete events of the market are to be told.</summary>
    public bool IsWatching => _stops.Count + _touched.Count > 0;

    /// <summary>When an order's time is up, or one in line is to be looked at again; None when neither is.</summary>
    public Timestamp NextWake => Timestamp.Min(_deadlines.Next, _retry);

    private HoldRules Rules => services.Executor.Rules;

    // ---- what the strategy asks for

    /// <summary>Takes an order by itself.</summary>
    public void Submit(in Want want) => Submit(services.Executor.NewOrder(in want, strategy, context.Clock), OrderOrigin.Intent);

    /// <summary>As the other, for those who make orders in the strategy's place.</summary>
    public void Submit(in OrderCommand asked, OrderOrigin origin)
    {
        bool sendsReduceOnly = services.Executor.SendsReduceOnly(in asked);
        if (Rules.KeepsTrigger(asked.Type, asked.IsReduceOnly, sendsReduceOnly)) TakeHeld(in asked, isHeld: true, origin);
        else if (asked.IsReduceOnly && !sendsReduceOnly && HasUnknown(asked.Header.Instrument, null, isReducing: true)) TakeHeld(in asked, isHeld: false, origin);
        else Send(in asked, isChild: false, origin);
        Act();
    }

    /// <summary>Takes the orders of a list: all of them or none.</summary>
    public void SubmitList(ReadOnlySpan<Want> wants)
    {
        bool isKept = false, hasParent = wants[0].Contingency == Contingency.OneTriggersOther;
        Span<OrderCommand> asked = _asked.AsSpan(0, wants.Length);
        for (int i = 0; i < wants.Length; i++)
        {
            asked[i] = services.Executor.NewOrder(in wants[i], strategy, context.Clock);
            isKept |= Rules.KeepsList(asked[i].Type, asked[i].IsReduceOnly, services.Executor.SendsReduceOnly(in asked[i]));
        }
        if (!Approves(asked, isKept, hasParent)) return;
        if (isKept) TakeList(asked, hasParent);
        else SendList(asked, hasParent);
        Act();
    }

    /// <param name="asked">What it does not state stays.</param>
    public void Replace(Order order, in OrderChange asked)
    {
        bool statesCondition = !asked.TriggerPrice.IsNone || !asked.TrailOffset.IsNone;
        OrderChange change = Whole(order, in asked);
        if (statesCondition && !order.IsWaiting) sender.TellNotReplaced(order, in asked, new Refusal(ReasonCode.ConditionInvalid, 0, 0));
        else if (order.IsHere) ReplaceHeld(order, in change);
        else if (order.List is { Parent: { } parent } && parent != order && !asked.Quantity.IsNone) sender.TellNotReplaced(order, in asked, new Refusal(ReasonCode.NotReplaceable, 0, 0));
        else if (sender.Replace(order, in change).IsNone) order.WantedNext = Left(order);
        Act();
    }

    public void Cancel(Order order)
    {
        if (order.IsHere) End(order, OrderInput.CancelHere, ReasonCode.Requested);
        else sender.Cancel(order);
        Act();
    }

    /// <summary>Ends everything that is held here.</summary>
    /// <param name="keepsExits">Those that get out of positions stay.</param>
    public void EndAll(bool keepsExits = false)
    {
        for (int index = 0; index < services.Blotter.InstrumentCount; index++) EndAll(new InstrumentId(index), keepsExits);
    }

    /// <summary>Ends everything that is held here in an instrument.</summary>
    /// <param name="keepsExits">Those that get out of positions stay.</param>
    public void EndAll(InstrumentId instrument, bool keepsExits = false)
    {
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
            if (order.Strategy == strategy && order.IsHere && !(keepsExits && order.Origin == OrderOrigin.Exit)) _follow.Enqueue(order.Id);
        foreach (ClientOrderId id in _follow)
            if (services.Blotter.TryFind(id, out Order? order) && order.IsHere) order.CutAll(ReasonCode.Requested);
        Act();
    }

    // ---- what happens

    /// <summary>A trade of an event that is not complete, while the market matches.</summary>
    public void NoteTrade(InstrumentId instrument, Price price)
    {
        if (_stops.Count > 0) _stops.NoteTrade(instrument, price);
    }

    /// <summary>An event is complete: first what waited for the tape, then the stops that it met.</summary>
    public void NoteEvent(OrderBook book, bool isTrading)
    {
        _met.Clear();
        foreach (Order order in _stops.JudgeEvent(book, isTrading, TickOf(book.Instrument))) _met.Add(order.Id);
        Act();
        foreach (ClientOrderId id in _met)
            if (services.Blotter.TryFind(id, out Order? order) && _stops.Contains(order)) Trigger(order);
        Act();
    }

    /// <summary>The venue said something of an order, which may be over by that and leaves the blotter next. What follows is brought about by <see cref="Follow"/>.</summary>
    public void NoteReport(Order order, in OrderReport report)
    {
        if (report.Kind is ReportKind.Accepted or ReportKind.Replaced) order.AcceptedAt = context.Clock;      // it may take now
        if (report.Kind == ReportKind.Filled) NoteFill(order, in report);
        else if (report.Kind is ReportKind.Replaced or ReportKind.ReplaceRejected) NoteReplaceAnswer(order, report.Kind == ReportKind.Replaced);
        if (order.Status.IsTerminal()) NoteOver(order);
        else if (order.IsLookedAfter) _follow.Enqueue(order.Id);
    }

    /// <summary>Brings about what follows from a report.</summary>
    /// <param name="isExecution">The position has moved.</param>
    public void Follow(InstrumentId instrument, bool isExecution)
    {
        if (isExecution) CutReducing(instrument);
        Act();
    }

    /// <summary>Ends the orders whose time is up, a nanosecond after it: what the tape brings at that very time still comes first.</summary>
    public void Expire(Timestamp now)
    {
        while (_deadlines.TryTake(now, out Order order))
        {
            if (order.Deadline.IsNone) continue;      // it left, and the venue ends it
            if (order.IsHere) End(order, OrderInput.ExpireHere, ReasonCode.TimeIsUp);
            else CancelFor(order, ReasonCode.TimeIsUp);
        }
        Act();
    }

    // ---- taking orders

    private void Send(in OrderCommand asked, bool isChild, OrderOrigin origin = OrderOrigin.Intent)
    {
        if (!sender.Submit(in asked, origin, isChild).IsNone || !Rules.KeepsTime) return;
        if (services.Blotter.TryFind(asked.ClientOrderId, out Order? order)) SetDeadline(order);
    }

    /// <param name="isHeld">By a condition; else it only waits until something is answered.</param>
    private void TakeHeld(in OrderCommand asked, bool isHeld, OrderOrigin origin)
    {
        Refusal refusal = Review(in asked, isHeld, isChild: false);
        if (refusal.IsNone) Activate(Hold(in asked, origin));
        else sender.Refuse(in asked, refusal);
    }

    private Refusal Review(in OrderCommand asked, bool isHeld, bool isChild)
    {
        bool isWatchable = !isHeld || asked.TriggerSource <= TriggerSource.BidAsk;
        return isWatchable ? services.Executor.Review(in asked, isHeld, isChild) : new Refusal(ReasonCode.Unsupported, 0, 0);
    }

    /// <summary>One that is refused takes the others along.</summary>
    private bool Approves(ReadOnlySpan<OrderCommand> asked, bool isKept, bool hasParent)
    {
        for (int i = 0; i < asked.Length; i++)
        {
            bool isChild = hasParent && i > 0;
            Refusal refusal = Review(in asked[i], isKept && (isChild || asked[i].Type.HasTrigger()), isChild);
            if (refusal.IsNone) continue;
            for (int other = 0; other < asked.Length; other++) sender.Refuse(in asked[other], other == i ? refusal : new Refusal(ReasonCode.ListDone, 0, 0));
            return false;
        }
        return true;
    }

    private void SendList(ReadOnlySpan<OrderCommand> asked, bool hasParent)
    {
        for (int i = 0; i < asked.Length; i++)
        {
            bool isChild = hasParent && i > 0;
            Send(in asked[i], isChild);
            if (services.Blotter.TryFind(asked[i].ClientOrderId, out _)) continue;
            // The others' leaving made it too many: an order without its list must not stay.
            for (int other = 0; other < i; other++)
                if (services.Blotter.TryFind(asked[other].ClientOrderId, out Order? sent)) sender.Cancel(sent, ReasonCode.ListDone);
            for (int other = i + 1; other < asked.Length; other++) sender.Refuse(in asked[other], new Refusal(ReasonCode.ListDone, 0, 0));
            return;
        }
    }

    private void TakeList(ReadOnlySpan<OrderCommand> asked, bool hasParent)
    {
        OrderList list = new(asked[^1].Contingency, hasParent);
        for (int i = 0; i < asked.Length; i++)
        {
            Order order = Hold(in asked[i]);
            order.List = list;
            if (hasParent && i == 0) list.Parent = order;
            else list.Siblings.Add(order);
            if (hasParent && i > 0) (order.Wanted, order.Inactive) = (Quantity.Zero, order.Wanted);
        }
        if (hasParent) Activate(list.Parent!);
        else
            foreach (Order sibling in list.Siblings) Activate(sibling);
    }

    private Order Hold(in OrderCommand asked, OrderOrigin origin = OrderOrigin.Intent)
    {
        Order order = services.Blotter.Hold(in asked, origin);
        SetDeadline(order);
        sender.PublishTransition(order, OrderStatus.None);
        return order;
    }

    private void SetDeadline(Order order)
    {
        if (order.Type == OrderType.Market && order.ListId == 0) return;
        if (order.TimeInForce == TimeInForce.GoodTillDate) order.Deadline = order.ExpireTime;
        else if (order.TimeInForce == TimeInForce.Day) order.Deadline = services.Calendar.Next(context.Clock).Close;
        AddDeadline(order);
    }

    private void AddDeadline(Order order)
    {
        if (!order.Deadline.IsNone) _deadlines.Add(order, order.Deadline + new Duration(1));
    }

    // ---- waiting and leaving

    /// <summary>Something of a held order may be filled from now on: it waits for its trigger, or leaves.</summary>
    private void Activate(Order order)
    {
        if (!order.IsWaiting)
        {
            LineUp(order);
            return;
        }
        if (!order.TrailOffset.IsNone && TryWatch(order, out Price price)) StopTrigger.Follow(order, price, TickOf(order.Instrument));
        _stops.Add(order);
        TriggerIfMet(order);
    }

    private void TriggerIfMet(Order order)
    {
        if (IsTrading(order.Instrument) && TryWatch(order, out Price price) && StopTrigger.IsMet(order, price)) Trigger(order);
    }

    private void Trigger(Order order)
    {
        _stops.Remove(order);
        OrderStatus from = order.Status;
        order.NoteTriggered();
        LineUp(order);
        sender.TellTransition(order, from, ReasonCode.None);
    }

    private void LineUp(Order order)
    {
        order.IsLeaving = true;
        _line.Add(order);
    }

    private void Leave(Order order)
    {
        bool isReduceOnly = order.IsReduceOnly;
        Quantity room = isReduceOnly ? services.Executor.RoomToReduce(order) : Quantity.None;
        if (room.IsZero)
        {
            End(order, OrderInput.CancelHere, ReasonCode.NothingToReduce);
            return;
        }
        Refusal refusal = sender.Release(order, isReduceOnly ? Quantity.Min(order.Wanted, room) : order.Wanted);
        if (!refusal.IsNone)
        {
            End(order, OrderInput.Refuse, refusal.Reason, refusal);
            return;
        }
        order.Wanted = order.Quantity;
        if (!services.Executor.KeepsTime(order)) order.Deadline = Timestamp.None;
    }

    /// <summary>The answer to something unanswered may still change how much of an order may leave, or take out of its way what it would meet.</summary>
    private bool HasToWait(Order order)
    {
        bool isReducing = (order.IsReduceOnly && !services.Executor.SendsReduceOnly(order)) || HasReducedSibling(order);
        if ((isReducing || order.List is not null) && HasUnknown(order.Instrument, order.List, isReducing)) return true;
        return HasUnknown(order.Instrument, null, isReducing: true) && services.Executor.MeetsOwn(order, context.Clock);
    }

    /// <summary>A sibling may end with the position, and the order with it.</summary>
    private bool HasReducedSibling(Order order)
    {
        if (order.List is null) return false;
        foreach (Order sibling in order.List.Siblings)
            if (sibling != order && sibling.IsReduceOnly) return true;
        return false;
    }

    /// <summary>An order of ours was sent of which nobody knows what it has taken, and which concerns the list, or any that reduces.</summary>
    private bool HasUnknown(InstrumentId instrument, OrderList? list, bool isReducing)
    {
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
        {
            if (order.Strategy != strategy || order.IsHere || !(isReducing || (list is not null && order.List == list)) || IsKnown(order)) continue;
            return true;
        }
        return false;
    }

    /// <summary>The order waits or rests, and we know of what it took on its way. Fills of one that takes come right behind its acceptance: it is known once time has passed since.</summary>
    private bool IsKnown(Order order)
    {
        if (!order.IsAccepted || order.IsInDoubt || !(order.CanRest || order.IsWaiting)) return false;
        bool isToldByAnswer = order.AcceptedAt.IsNone;      // the venue was asked: all that it took by then has come
        if (order.IsWaiting || isToldByAnswer || order.AcceptedAt < context.Clock || !CrossesMarket(order)) return true;
        _retry = new Timestamp(context.Clock.Nanos + 1);
        return false;
    }

    private bool CrossesMarket(Order order)
    {
        if ((order.Flags & OrderFlags.PostOnly) != 0) return false;
        OrderBook book = services.Stage.State.Books[order.Instrument];
        if (order.Side == Side.Buy) return book.TryBestAsk(out BookLevel ask) && ask.Price <= order.Price;
        return book.TryBestBid(out BookLevel bid) && bid.Price >= order.Price;
    }

    // ---- changes and ends

    private void ReplaceHeld(Order order, in OrderChange change)
    {
        Refusal refusal = services.Executor.ReviewChange(order, in change, context.Clock);
        if (!refusal.IsNone)
        {
            sender.TellNotReplaced(order, in change, refusal);
            return;
        }
        Resize(order, change.Quantity);
        order.ChangeHeld(change.Price, change.TriggerPrice, change.TrailOffset);
        if (!order.TrailOffset.IsNone) StopTrigger.Reset(order, TickOf(order.Instrument));
        sender.TellTransition(order, order.Status, ReasonCode.None);
        if (_stops.Contains(order)) TriggerIfMet(order);
    }

    /// <summary>A child's inactive part is what its quantity has more than what is active, while its parent lives.</summary>
    private static void Resize(Order order, Quantity quantity)
    {
        bool isChild = order.List is { HasParent: true } list && list.Parent != order;
        order.Wanted = isChild ? Quantity.Min(order.Wanted, quantity) : quantity;
        order.Inactive = isChild && order.List!.Parent is not null ? quantity - order.Wanted : Quantity.Zero;
        order.SizeHeld();
    }

    private static OrderChange Whole(Order order, in OrderChange asked) => new()
    {
        Price = asked.Price.IsNone ? order.WantedPrice : asked.Price,
        Quantity = asked.Quantity.IsNone ? order.Quantity : asked.Quantity,
        TriggerPrice = asked.TriggerPrice.IsNone ? order.TriggerStated : asked.TriggerPrice,
        TrailOffset = asked.TrailOffset.IsNone ? order.TrailOffset : asked.TrailOffset,
    };

    /// <summary>An order that is here is over.</summary>
    private void End(Order order, OrderInput input, ReasonCode reason, Refusal refusal = default)
    {
        OrderStatus from = order.Status;
        _stops.Remove(order);
        _line.Remove(order);
        order.IsLeaving = false;
        order.NoteEnded(input);
        order.EndReason = reason;
        sender.TellTransition(order, from, reason, refusal);
        NoteOver(order);
        services.Blotter.Remove(order);
    }

    private void NoteFill(Order order, in OrderReport report)
    {
        Quantity quantity = report.LastQuantity;
        order.Wanted -= Quantity.Min(order.Wanted, quantity);
        if (!order.WantedNext.IsNone) order.WantedNext -= Quantity.Min(order.WantedNext, quantity);
        if (order.List is not { } list) return;
        if (list.Parent == order)
        {
            list.NoteParentFill(quantity);
            if (report.Liquidity == Liquidity.Maker) list.SettleFrom = Timestamp.Max(list.SettleFrom, report.Header.EventTime);
            Touch(list);
            return;
        }
        list.NoteSiblingFill(order, quantity);
        foreach (Order sibling in list.Siblings)
            if (sibling != order) _follow.Enqueue(sibling.Id);
    }

    private void NoteReplaceAnswer(Order order, bool isReplaced)
    {
        if (isReplaced && !order.WantedNext.IsNone) order.Wanted = order.WantedNext;
        else if (!isReplaced && order.WantedNext.IsNone && order.Wanted < order.Leaves && order.IsLookedAfter) order.Wanted = Quantity.Zero;      // it could not be cut: it goes
        if (!isReplaced && order.Wanted > order.Leaves) order.Wanted = order.Leaves;
        order.WantedNext = Quantity.None;
    }

    /// <summary>What an order's end does to its list.</summary>
    private void NoteOver(Order order)
    {
        if (order.List is not { } list) return;
        if (list.Parent == order)
        {
            list.Parent = null;
            if (list.HasParentFilled) Touch(list);
            else EndSiblings(list);
            return;
        }
        int at = list.Siblings.IndexOf(order);
        if (at < 0) return;
        bool isCut = order.EndReason == ReasonCode.ListDone, isDone = order.Status == OrderStatus.Filled;
        bool goesOn = (isCut || isDone) && (order.Wanted + order.Inactive).IsPositive;
        if (goesOn)
        {
            list.Siblings[at] = GoOn(order);
            return;
        }
        list.Siblings.RemoveAt(at);
        if (!isCut && !isDone) EndSiblings(list);
    }

    /// <summary>An order at the venue is over, but its parent fills on: the rest is an order of its own.</summary>
    private Order GoOn(Order order)
    {
        Order rest = services.Blotter.Hold(services.Executor.RestOf(order, context.NextId(), context.Clock));
        rest.List = order.List;
        (rest.Wanted, rest.Inactive, rest.Number, rest.Deadline) = (order.Wanted, order.Inactive, order.Number, order.Deadline);
        rest.TakeOver(order.IsTriggered);
        AddDeadline(rest);
        sender.TellTransition(rest, OrderStatus.None, ReasonCode.None);
        if (rest.Wanted.IsPositive) Activate(rest);
        return rest;
    }

    private void EndSiblings(OrderList list)
    {
        foreach (Order sibling in list.Siblings)
        {
            sibling.CutAll(ReasonCode.ListDone);
            _follow.Enqueue(sibling.Id);
        }
    }

    private void Touch(OrderList list)
    {
        if (list.IsTouched) return;
        list.IsTouched = true;
        _touched.Add(list);
    }

    /// <summary>Each reduce-only order singly is no larger than the position; the newest is cut first. What the venue cuts itself is left to it, but for the end of the order's siblings here.</summary>
    private void CutReducing(InstrumentId instrument)
    {
        _scratch.Clear();
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
            if (order.Strategy == strategy && order is { IsReduceOnly: true, IsLookedAfter: true, IsHere: false, IsWaiting: false }) _scratch.Add(order);
        for (int i = _scratch.Count - 1; i >= 0; i--)
        {
            Order order = _scratch[i];
            Quantity room = services.Executor.RoomToReduce(order);
            if (order.Wanted <= room) continue;
            if (room.IsPositive) order.Cut(order.Wanted - room);
            else if (order.IsReductionWatched) order.CutAll(ReasonCode.NothingToReduce);
            if (order.IsReductionWatched) _follow.Enqueue(order.Id);
            if (room.IsZero && order.List is { } list && list.Parent != order)
                foreach (Order sibling in list.Siblings)
                    if (sibling != order) EndSibling(sibling);
        }
    }

    private void EndSibling(Order sibling)
    {
        sibling.CutAll(ReasonCode.ListDone);
        _follow.Enqueue(sibling.Id);
    }

    // ---- bringing it about

    /// <summary>Does one thing after the other until nothing is left to be done: what is wanted of orders, what parents' fills set free, who may leave.</summary>
    private void Act()
    {
        while (TryBringAbout() || TrySettle() || TryLeave()) { }
    }

    private bool TryBringAbout()
    {
        if (!_follow.TryDequeue(out ClientOrderId id)) return false;
        if (services.Blotter.TryFind(id, out Order? order)) BringAbout(order);
        return true;
    }

    private void BringAbout(Order order)
    {
        if (order.IsHere)
        {
            BringAboutHere(order);
            return;
        }
        if (order.IsCancelSent || !order.IsLookedAfter) return;
        if (order.Wanted.IsZero)
        {
            CancelFor(order, order.EndReason != ReasonCode.None ? order.EndReason : order.List is null ? ReasonCode.NothingToReduce : ReasonCode.ListDone);
            return;
        }
        bool isReplaceable = order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled or OrderStatus.Triggered && order.CanRest;
        if (!isReplaceable || order.Wanted == order.Leaves) return;
        OrderChange change = Whole(order, new OrderChange { Quantity = order.Cumulative + order.Wanted });
        bool isSent = sender.Replace(order, in change).IsNone;
        if (isSent || order.Wanted > order.Leaves) order.Wanted = Quantity.Min(order.Wanted, Left(order));      // as much as risk lets through
        else sender.Cancel(order);
    }

    private void BringAboutHere(Order order)
    {
        if ((order.Wanted + order.Inactive).IsZero)
        {
            End(order, OrderInput.CancelHere, order.EndReason == ReasonCode.None ? ReasonCode.ListDone : order.EndReason);
            return;
        }
        order.SizeHeld();
        if (order.Wanted.IsPositive) return;
        _stops.Remove(order);
        if (_line.Remove(order)) order.IsLeaving = false;
    }

    private void CancelFor(Order order, ReasonCode reason)
    {
        if (order.IsCancelSent) return;      // it ends for the reason that was first
        order.EndReason = reason;
        order.IsEndWanted = true;
        sender.Cancel(order, reason);
    }

    private bool TrySettle()
    {
        for (int i = 0; i < _touched.Count; i++)
        {
            OrderList list = _touched[i];
            if (list.SettleFrom > services.Stage.VenueTime) continue;
            _touched.RemoveAt(i);
            Settle(list);
            return true;
        }
        return false;
    }

    /// <summary>Tells children what their parent has filled since, and that it is over.</summary>
    private void Settle(OrderList list)
    {
        Quantity news = list.Unsettled;
        list.Unsettled = Quantity.Zero;
        list.IsTouched = false;
        _scratch.Clear();
        _scratch.AddRange(list.Siblings);
        foreach (Order child in _scratch)
        {
            Quantity more = Quantity.Min(news, child.Inactive), inactive = child.Inactive - more;
            bool canGrow = list.Parent is not null;
            if (more.IsZero && (canGrow || inactive.IsZero)) continue;
            child.Wanted += more;
            child.Inactive = canGrow ? inactive : Quantity.Zero;
            Enlarge(child, more.IsPositive);
        }
    }

    private void Enlarge(Order child, bool isMore)
    {
        if (!child.IsHere)
        {
            if (child.IsReductionWatched && child.Wanted > child.Leaves)
                child.Wanted = Quantity.Min(child.Wanted, Quantity.Max(child.Leaves, services.Executor.RoomToReduce(child)));
            _follow.Enqueue(child.Id);
            return;
        }
        child.SizeHeld();
        if (isMore && !child.IsLeaving && !_stops.Contains(child)) Activate(child);
        else if (child.Wanted.IsZero) _follow.Enqueue(child.Id);
    }

    /// <summary>Of one strategy in one instrument nobody overtakes.</summary>
    private bool TryLeave()
    {
        _retry = Timestamp.None;
        for (int i = 0; i < _line.Count; i++)
        {
            Order order = _line[i];
            if (IsBehindAnother(i) || HasToWait(order)) continue;
            _line.RemoveAt(i);
            Leave(order);
            return true;
        }
        return false;
    }

    private bool IsBehindAnother(int at)
    {
        for (int i = 0; i < at; i++)
            if (_line[i].Instrument == _line[at].Instrument) return true;
        return false;
    }

    private bool TryWatch(Order order, out Price price) => StopTrigger.TryWatch(order, services.Stage.State.Books[order.Instrument], IsTrading(order.Instrument), out price);

    private bool IsTrading(InstrumentId instrument) => services.Stage.State.Instruments.StateOf(instrument).Matches();

    private Price TickOf(InstrumentId instrument) => services.Stage.State.Instruments[instrument].Tick;

    private static Quantity Left(Order order) => new(Math.Max(0, order.WantedQuantity.Nanos - order.Cumulative.Nanos));
}
