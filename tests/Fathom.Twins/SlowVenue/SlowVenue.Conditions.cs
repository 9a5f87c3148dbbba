using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Twins.SlowVenue;

// What fills, prices and times do to orders that depend on them.
public sealed partial class SlowVenue
{
    private readonly Dictionary<ulong, SlowList> _lists = [];
    private readonly List<SlowList> _toTell = [];
    private readonly Dictionary<int, Int128> _positions = [];

    // ---- fills and ends, and what they do to others at once

    private void Fill(SlowOrder order, long quantity, long? takenAt = null)
    {
        order.Leaves -= quantity;
        order.Cumulative += quantity;
        bool isDone = order.Leaves + order.Inactive == 0;
        Note(ReportKind.Filled, order, quantity: quantity, takenAt: takenAt);
        _positions[order.Instrument.Index] = _positions.GetValueOrDefault(order.Instrument.Index) + (order.Side == Side.Buy ? quantity : -(Int128)quantity);

        if (order.List is { } list && order.IsParent)
        {
            list.ParentFilled += quantity;
            list.News += quantity;
            list.IsParentOver |= isDone;
            if (!_toTell.Contains(list)) _toTell.Add(list);
        }
        else if (order.List is { } own)
        {
            own.SiblingsFilled += quantity;
            own.IsClosed |= own.Kind == Contingency.OneCancelsOther;
            foreach (SlowOrder other in Siblings(own).Where(one => one != order))
            {
                long cut = own.Kind == Contingency.OneCancelsOther ? long.MaxValue : quantity;
                long left = Math.Max(0, other.Leaves + other.Inactive - cut);
                other.Inactive = Math.Min(other.Inactive, left);
                other.Leaves = left - other.Inactive;
                Note(left == 0 ? ReportKind.Canceled : ReportKind.Replaced, other, ReasonCode.ListDone);
            }
        }
        CutReducing(order.Instrument);
    }

    private void CutReducing(InstrumentId instrument)
    {
        foreach (SlowOrder other in Ours(instrument).Where(one => one.IsReduceOnly).OrderByDescending(one => one.VenueOrderId))
        {
            if (other.Leaves <= Room(other)) continue;      // or over by now, with another
            if (Room(other) == 0)
            {
                End(other, ReportKind.Canceled, ReasonCode.NothingToReduce);
                continue;
            }
            other.Leaves = Room(other);
            Note(ReportKind.Replaced, other, ReasonCode.ReduceOnly);
        }
    }

    /// <summary>The order is over; so are its siblings, and the children of a parent that has filled nothing.</summary>
    private void End(SlowOrder order, ReportKind kind, ReasonCode reason)
    {
        order.Leaves = order.Inactive = 0;
        Note(kind, order, reason);
        if (order.List is not { } list) return;
        if (order.IsParent)
        {
            list.IsParentOver = true;
            if (list.ParentFilled > 0 && !_toTell.Contains(list)) _toTell.Add(list);
        }
        if (!order.IsParent || list.ParentFilled == 0) EndSiblings(list);
    }

    private void EndSiblings(SlowList list)
    {
        list.IsClosed = true;
        foreach (SlowOrder other in Siblings(list))
        {
            other.Leaves = other.Inactive = 0;
            Note(ReportKind.Canceled, other, ReasonCode.ListDone);
        }
    }

    private void EndWholly(SlowOrder order, ReportKind kind, ReasonCode reason)
    {
        End(order, kind, reason);
        Flush();
        TellChildren();
    }

    /// <summary>Live orders of the list that are not its parent, in order of acceptance.</summary>
    private List<SlowOrder> Siblings(SlowList list) => [.. _live.Where(order => order.List == list && !order.IsParent && order.Leaves + order.Inactive > 0)];

    /// <summary>How much of the position an order of that side can reduce.</summary>
    private long Room(SlowOrder order)
    {
        Int128 position = _positions.GetValueOrDefault(order.Instrument.Index);
        return (long)Int128.Max(0, order.Side == Side.Sell ? position : -position);
    }

    // ---- expiry

    private void SetExpiry(SlowOrder order)
    {
        bool lasts = order.Phase != SlowPhase.Entering || order.CanRest || order.Command.ListId != 0;
        if (order.Command.TimeInForce == TimeInForce.GoodTillDate) order.Expiry = order.Command.ExpireTime.Nanos;
        else if (order.Command.TimeInForce == TimeInForce.Day && lasts) order.Expiry = new SessionCalendar(_terms.Hours ?? SessionHours.EveryDay).Next(new Timestamp(_now)).Close.Nanos;
        if (order.Expiry != long.MaxValue) _timeline.Add(order);
    }

    private void Expire(SlowOrder order)
    {
        if (order.IsLive) EndWholly(order, ReportKind.Expired, ReasonCode.TimeIsUp);
    }

    // ---- stops

    /// <summary>After an event: who is met by it, as the triggers stood before; then the trails of the others.</summary>
    private void WatchPrices(InstrumentId instrument, SlowTapeBook book, List<long> trades)
    {
        foreach (SlowOrder order in _live.Where(order => order.Instrument == instrument && order.Phase == SlowPhase.Waiting))
        {
            List<long> prices = order.WatchesBook ? Best(book, order.Side) is { } best ? [best] : [] : trades;
            if (prices.Any(order.MeetsTrigger)) order.IsMet = true;
            else if (order.Offset is not null)
                foreach (long price in prices) order.Watch(price, Tick(order));
        }
    }

    private void StartWaiting(SlowOrder order)
    {
        order.Phase = SlowPhase.Waiting;
        if (order.Offset is not null && KnownPrice(order) is { } price) order.Watch(price, Tick(order));
        TriggerIfMet(order);
    }

    /// <summary>What the order watches was changed.</summary>
    private void Reconsider(SlowOrder order)
    {
        order.SetTriggerAnew(Tick(order));
        if (order.Phase == SlowPhase.Waiting) TriggerIfMet(order);
    }

    private void TriggerIfMet(SlowOrder order)
    {
        if (Book(order.Instrument).IsTrading && KnownPrice(order) is { } price && order.MeetsTrigger(price)) Trigger(order);
    }

    private void Trigger(SlowOrder order)
    {
        order.IsMet = false;
        order.IsTriggered = true;
        long entering = order.Leaves;
        order.Phase = SlowPhase.Entering;
        order.Place = Book(order.Instrument).NextRank;
        ReasonCode reason = ObjectionToEntry(order, order.Price, ref entering, out List<(TapeOrder Order, long Quantity)> takes);
        if (reason == ReasonCode.None) order.Leaves = entering;
        Note(ReportKind.Triggered, order);
        Flush();
        EnterOrEnd(order, reason, takes);
        TellChildren();
    }

    private void EnterOrEnd(SlowOrder order, ReasonCode reason, List<(TapeOrder Order, long Quantity)> takes)
    {
        if (reason == ReasonCode.None) Enter(order, takes);
        else End(order, ReportKind.Canceled, reason == ReasonCode.ReduceOnly ? ReasonCode.NothingToReduce : reason);
        Flush();
    }

    private long? KnownPrice(SlowOrder order)
    {
        SlowTapeBook book = Book(order.Instrument);
        return !order.WatchesBook ? book.LastTrade : book.IsTrading ? Best(book, order.Side) : null;
    }

    /// <summary>What a stop of that side would trade with: a sell with the best bid.</summary>
    private static long? Best(SlowTapeBook book, Side side) => side == Side.Sell ? book.Best()?.Bid : book.Best()?.Ask;

    private long Tick(SlowOrder order) => Book(order.Instrument).Definition!.Value.Tick.Nanos;

    // ---- lists

    private SlowList? ListOf(OrderCommand command) => command.ListId == 0 ? null : _lists.GetValueOrDefault(command.ListId);

    private ReasonCode ObjectionOfList(OrderCommand command)
    {
        if (ListOf(command) is not { } list) return ReasonCode.None;
        if (command.Contingency == Contingency.OneTriggersOther) return ReasonCode.Unsupported;
        bool isPast = list.Created < _now && !_live.Any(order => order.List == list);
        if (list.IsClosed || isPast) return ReasonCode.ListDone;
        bool fits = list.Instrument == command.Header.Instrument && (list.Kind == Contingency.None || list.Kind == command.Contingency);
        return fits ? ReasonCode.None : ReasonCode.Unsupported;
    }

    private void Join(SlowOrder order, OrderCommand command)
    {
        if (ListOf(command) is not { } list) _lists.Add(command.ListId, list = new SlowList { Instrument = order.Instrument, Created = _now });
        order.List = list;
        if (command.Contingency == Contingency.OneTriggersOther) list.Parent = order;
        else list.Kind = command.Contingency;
    }

    /// <summary>A member that is rejected takes its siblings along; nobody joins a list that began with a rejection.</summary>
    private void NoteRejectedMember(OrderCommand command, ReasonCode reason)
    {
        if (command.ListId == 0) return;
        if (ListOf(command) is not { } list)
            _lists.Add(command.ListId, new SlowList { Instrument = command.Header.Instrument, Created = _now, IsClosed = true });
        else if (command.Contingency != Contingency.OneTriggersOther && reason != ReasonCode.DuplicateOrder && command.Header.Instrument == list.Instrument)
            EndSiblings(list);
    }

    /// <summary>Children are told what their parents have filled, list by list.</summary>
    private void TellChildren()
    {
        while (_toTell.Count > 0)
        {
            SlowList list = _toTell[0];
            _toTell.RemoveAt(0);
            long news = list.News;
            list.News = 0;
            foreach (SlowOrder child in Siblings(list))
                if (child.Leaves + child.Inactive > 0) Tell(child, Math.Min(news, list.Active(child.Leaves + child.Inactive) - child.Leaves), list.CanGrow);
        }
    }

    private void Tell(SlowOrder child, long more, bool canGrow)
    {
        long rest = canGrow ? child.Inactive - more : 0;
        if (more == 0 && rest == child.Inactive) return;
        long wanted = child.Leaves + more;
        child.Inactive = rest;
        if (wanted == 0)
        {
            Note(ReportKind.Canceled, child, ReasonCode.ListDone);
            Flush();
            return;
        }
        if (more == 0 || child.IsUntriggered)
        {
            bool isNew = child.Phase == SlowPhase.Dormant;
            child.Leaves = wanted;
            if (isNew) child.Phase = SlowPhase.Waiting;
            Note(ReportKind.Replaced, child, ReasonCode.ListDone);
            Flush();
            if (isNew) StartWaiting(child);
            return;
        }
        bool isInBook = child.Phase == SlowPhase.InBook;
        long entering = wanted;
        if (!isInBook) (child.Phase, child.Place) = (SlowPhase.Entering, Book(child.Instrument).NextRank);
        ReasonCode reason = ObjectionToEntry(child, child.Price, ref entering, out List<(TapeOrder Order, long Quantity)> takes);
        if (reason != ReasonCode.None && isInBook)
        {
            EnterOrEnd(child, reason, takes);
            return;
        }
        bool keepsPlace = isInBook && entering <= child.Leaves;
        child.Leaves = reason == ReasonCode.None ? entering : wanted;
        if (isInBook && !keepsPlace) (child.Phase, child.Place) = (SlowPhase.Entering, Book(child.Instrument).NextRank);
        Note(ReportKind.Replaced, child, ReasonCode.ListDone);
        Flush();
        if (!keepsPlace) EnterOrEnd(child, reason, takes);
    }
}
