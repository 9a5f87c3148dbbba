using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Market.Universe;

namespace Fathom.Simulation.Venue;

/// <summary>Finds the fills of our resting orders in the tape's events.</summary>
/// <remarks>
/// The tape does not contain our orders, so nobody ever says that they filled; it has to be inferred from what happened to others:
/// <code>
///    bid 100.00   [1: 5] [2: 3] (ours: 4) [3: 6]        F of 1 or 2: they stood ahead, the queue before us shortens
///    bid  99.75   [7: 2]                                F of 3 or 7: they stood behind us: that quantity would have hit us first
/// </code>
/// The naive answer, "fill when the price trades", forgets the queue; "fill when the quantity at the price is used up" forgets who canceled. With
/// order-by-order data neither is needed: our place in the queue is the arrival number that the book would have given our order, and a tape
/// order is behind us exactly if its price is worse, or equal with an arrival not smaller.
/// The tape's book is never altered: what we displaced is not resurrected, and what we took from an arriving order is noted in the ledger.
/// </remarks>
/// <param name="changes">Take the fills, in the order in which they happen, and what each does to other orders.</param>
internal sealed class QueueMatcher(Instruments instruments, BookSet books, OrderChanges changes)
{
    private const BookFlags NotAnOrder = BookFlags.Snapshot | BookFlags.TopOfBook | BookFlags.Aggregated;
    private const BookFlags Level = BookFlags.TopOfBook | BookFlags.Aggregated;

    private bool _isRebuilt;

    /// <summary>False when the message, which is an event of its own, has to be known to the book alone.</summary>
    public static bool HasToJudge(VenueInstrument instrument, in MarketByOrder record) => instrument.CanConcern(in record) || IsNearRenumbering(instrument.Book);

    /// <summary>Applies the one message of an event that is over with it, and finds our fills.</summary>
    public void JudgeSingle(VenueInstrument instrument, in MarketByOrder record)
    {
        _isRebuilt = false;
        if (record.Action == BookAction.Trade) JudgeSinglePrint(instrument, in record);
        JudgeRecord(instrument, in record);
        End(instrument);
    }

    /// <summary>Applies all gathered messages of an event and finds our fills.</summary>
    public void JudgeEvent(VenueInstrument instrument)
    {
        ReadOnlySpan<byte> messages = instrument.Gathered;
        bool judgesAll = IsNearRenumbering(instrument.Book);
        if (!instrument.IsEventOurs && !judgesAll)
        {
            books.ApplyRun(messages);
            return;
        }
        _isRebuilt = false;
        if (instrument.HasPrintsOnly && instruments.StateOf(instrument.Id).Matches()) JudgePrints(instrument, messages);
        int applied = 0;
        for (int at = 0; at < messages.Length;)
        {
            ReadOnlySpan<byte> message = messages[at..];
            int length = Messages.Header(message).Length;
            if (judgesAll || Messages.Header(message).Type != MessageType.MarketByOrder || instrument.CanConcern(in Messages.As<MarketByOrder>(message)))
            {
                books.ApplyRun(messages[applied..at]);      // those in between, at once
                JudgeMessage(instrument, message);
                applied = at + length;
            }
            at += length;
        }
        books.ApplyRun(messages[applied..]);
        End(instrument);
    }

    /// <summary>A shared tape leads an event's messages through <see cref="Before"/> and <see cref="After"/> itself.</summary>
    /// <param name="hasPrintsOnly">The event has trades that can reach us and names no fill.</param>
    public void BeginShared(VenueInstrument instrument, ReadOnlySpan<byte> messages, bool hasPrintsOnly)
    {
        _isRebuilt = false;
        if (hasPrintsOnly && instruments.StateOf(instrument.Id).Matches()) JudgePrints(instrument, messages);
    }

    public void EndShared(VenueInstrument instrument) => End(instrument);

    private void JudgeMessage(VenueInstrument instrument, ReadOnlySpan<byte> message)
    {
        switch (Messages.Header(message).Type)
        {
            case MessageType.MarketByOrder: JudgeRecord(instrument, in Messages.As<MarketByOrder>(message)); break;
            case MessageType.TradingStateChanged: ApplyState(in Messages.As<TradingStateChanged>(message)); break;
            case MessageType.InstrumentDefined or MessageType.InstrumentChanged: ApplyDefinition(in Messages.As<InstrumentDefinition>(message)); break;
        }
    }

    /// <summary>Applies a message while no order of ours rests: then nothing but the ledger can have to do with it.</summary>
    public void ApplyAlone(VenueInstrument instrument, in MarketByOrder record)
    {
        bool isNoted = instrument.CanTouchLedger(in record);
        if (isNoted && record.Action == BookAction.Add && (record.Flags & Level) == 0) ForgetReplaced(instrument, in record);
        books.Apply(in record);
        if (isNoted) TidyLedger(instrument, in record);
    }

    /// <summary>Tape quantity ahead of the order at its price.</summary>
    public static Quantity QueueAhead(OrderBook book, OwnOrder order)
    {
        if (!book.TryLevel(order.Side, order.Price, out var level)) return Quantity.Zero;
        long behind = 0;
        foreach (QueuedOrder other in book.QueueAt(order.Side, order.Price))
            if (other.Arrival >= order.Place) behind += other.Quantity.Nanos;
        return new Quantity(level.Quantity.Nanos - behind);      // quantity that came as a level stands before all orders
    }

    /// <summary>Within an event the book may give all arrivals anew.</summary>
    public static bool IsNearRenumbering(OrderBook book) => book.NextArrival > uint.MaxValue - 2 * SimulatedVenue.EventMessagesMax;

    /// <summary>After a rebuilt book our orders stand behind all orders of their price.</summary>
    private void End(VenueInstrument instrument)
    {
        if (!_isRebuilt) return;
        SetPlaces(instrument, instrument.Book.NextArrival);
    }

    private void ApplyState(in TradingStateChanged change)
    {
        instruments.Apply(in change);
        books.Apply(in change);
    }

    private void ApplyDefinition(in InstrumentDefinition definition)
    {
        instruments.Apply(in definition);
        books.Apply(in definition);
    }

    private bool IsMatching(VenueInstrument instrument) => !instrument.Book.IsStale && instruments.StateOf(instrument.Id).Matches();

    private void JudgeRecord(VenueInstrument instrument, in MarketByOrder record)
    {
        BookBefore before = Before(instrument, in record);
        books.Apply(in record);
        After(instrument, in record, in before);
    }

    /// <summary>What a message does to us before the book takes it, and what has to be known afterwards of how the book was.</summary>
    public BookBefore Before(VenueInstrument instrument, in MarketByOrder record)
    {
        if (record.Action == BookAction.Clear || (record.Flags & BookFlags.Snapshot) != 0) NoteRebuilt(instrument);
        OrderBook book = instrument.Book;
        BookBefore before = new() { NextArrival = book.NextArrival };
        switch (record.Action)
        {
            case BookAction.Add or BookAction.Modify:
                if (record.Action == BookAction.Add && (record.Flags & Level) == 0 && instrument.Ledger.MayHold(record.OrderId)) ForgetReplaced(instrument, in record);
                if (before.NextArrival >= uint.MaxValue - 1) BeforeRenumbering(instrument, in record, ref before);
                break;
            case BookAction.Fill:
                before.IsHit = book.TryFind(record.OrderId, out before.Hit);
                break;
        }
        return before;
    }

    /// <summary>What a message does to us once the book has taken it.</summary>
    public void After(VenueInstrument instrument, in MarketByOrder record, in BookBefore before)
    {
        if (record.Action is BookAction.Add or BookAction.Modify) AfterArrival(instrument, in record, in before);
        else if (before.IsHit && !record.Quantity.IsNone && IsMatching(instrument)) Displace(instrument, in before.Hit, record.Quantity);
        if (instrument.CanTouchLedger(in record)) TidyLedger(instrument, in record);
    }

    /// <summary>The quantity that hit an order behind us would have hit us first. An order that the book does not know counts as ahead.</summary>
    private void Displace(VenueInstrument instrument, in RestingOrder hit, Quantity quantity)
    {
        foreach (OwnOrder order in instrument.Orders.Of(hit.Side))
        {
            bool isBehindUs = order.IsBetterThan(hit.Price) || (order.Price == hit.Price && hit.Arrival >= order.Place);
            if (!isBehindUs) return;      // the rest of ours is worse, or came later
            Quantity share = Quantity.Min(order.Leaves, quantity);
            if (!share.IsPositive) continue;
            quantity -= share;
            Fill(instrument, order, share);
        }
    }

    /// <summary>An order that joins a queue at our price or through it trades with us before it rests.</summary>
    private void AfterArrival(VenueInstrument instrument, in MarketByOrder record, in BookBefore before)
    {
        bool isRenumbered = before.IsNearRenumbering && AfterRenumbering(instrument, in record, in before);
        bool isReached = before.IsNearRenumbering ? record.Side != Side.None : instrument.Orders.IsReachedBy(record.Side, record.Price);
        if (!isReached || (record.Flags & NotAnOrder) != 0) return;
        if (instrument.Book.TryFind(record.OrderId, out RestingOrder arrived) && (isRenumbered || arrived.Arrival >= before.NextArrival) && IsMatching(instrument))
            TakeFrom(instrument, record.OrderId, in arrived);
    }

    private void TakeFrom(VenueInstrument instrument, ulong orderId, in RestingOrder arrived)
    {
        Quantity available = arrived.Quantity - instrument.Ledger.TakenFrom(orderId);
        foreach (OwnOrder order in instrument.Orders.Of(arrived.Side.Opposite()))
        {
            if (!order.IsReachedBy(arrived.Price)) return;
            Quantity share = Quantity.Min(order.Leaves, available);
            if (!share.IsPositive) continue;
            available -= share;
            instrument.Ledger.Take(orderId, share);
            Fill(instrument, order, share);
        }
    }

    // ---- prints: trades of an event that names no fills

    /// <summary>All prints are judged before the event's first message is applied: the cancels behind a print take the same quantity out of the
    /// queue again, and prints at one price go through the queue one behind the other.</summary>
    private void JudgePrints(VenueInstrument instrument, ReadOnlySpan<byte> messages)
    {
        bool isStale = instrument.Book.IsStale;
        for (; !messages.IsEmpty; messages = messages[Messages.Header(messages).Length..])
        {
            if (Messages.Header(messages).Type != MessageType.MarketByOrder) continue;
            ref readonly MarketByOrder record = ref Messages.As<MarketByOrder>(messages);
            if (record.Action == BookAction.Clear || (record.Flags & BookFlags.Snapshot) != 0) isStale = false;
            if ((record.Flags & BookFlags.MaybeBadBook) != 0) isStale = true;
            if (record.Action == BookAction.Trade) JudgePrint(instrument, in record, isStale);
        }
        ResetPrints(instrument);
    }

    private void JudgeSinglePrint(VenueInstrument instrument, in MarketByOrder print)
    {
        if (!instruments.StateOf(instrument.Id).Matches()) return;
        bool isStale = (instrument.Book.IsStale && (print.Flags & BookFlags.Snapshot) == 0) || (print.Flags & BookFlags.MaybeBadBook) != 0;
        JudgePrint(instrument, in print, isStale);
        ResetPrints(instrument);
    }

    private void JudgePrint(VenueInstrument instrument, in MarketByOrder print, bool isStale)
    {
        if (isStale || print.Side is not (Side.Buy or Side.Sell) || print.Price.IsNone || print.Quantity.IsNone) return;

        // A print covers the piece [used, quantity) of its own quantity that no order of ours has had yet.
        long used = 0, quantity = print.Quantity.Nanos;
        foreach (OwnOrder order in instrument.Orders.Of(print.Side.Opposite()))
        {
            bool isAtPrice = order.Price == print.Price;
            if (!isAtPrice && !order.IsBetterThan(print.Price)) return;
            if (isAtPrice) used = Math.Max(used, AbsorbAhead(instrument, order, quantity));
            long share = Math.Min(order.Leaves.Nanos, quantity - used);
            if (share <= 0) continue;
            used += share;
            Fill(instrument, order, new Quantity(share));
        }
    }

    /// <summary>How much of a print at the order's price the tape quantity ahead absorbs.</summary>
    private static long AbsorbAhead(VenueInstrument instrument, OwnOrder order, long quantity)
    {
        if (order.AheadBeforePrints < 0) order.AheadBeforePrints = QueueAhead(instrument.Book, order).Nanos;
        long absorbed = Math.Clamp(order.AheadBeforePrints - order.PrintedAtPrice, 0, quantity);
        order.PrintedAtPrice = quantity > long.MaxValue - order.PrintedAtPrice ? long.MaxValue : order.PrintedAtPrice + quantity;
        return absorbed;
    }

    private static void ResetPrints(VenueInstrument instrument)
    {
        ResetPrints(instrument.Orders.Of(Side.Buy));
        ResetPrints(instrument.Orders.Of(Side.Sell));
    }

    private static void ResetPrints(ReadOnlySpan<OwnOrder> orders)
    {
        foreach (OwnOrder order in orders)
        {
            order.AheadBeforePrints = -1;
            order.PrintedAtPrice = 0;
        }
    }

    private void Fill(VenueInstrument instrument, OwnOrder order, Quantity quantity) => changes.Fill(instrument, order, quantity, order.Price, Liquidity.Maker);

    // ---- rare things

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteRebuilt(VenueInstrument instrument)
    {
        _isRebuilt = true;
        SetPlaces(instrument, OwnOrder.BehindAll);
    }

    private static void SetPlaces(VenueInstrument instrument, long place)
    {
        foreach (OwnOrder order in instrument.Orders.Of(Side.Buy)) order.Place = place;
        foreach (OwnOrder order in instrument.Orders.Of(Side.Sell)) order.Place = place;
    }

    /// <summary>An add of an id that rests already is another order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForgetReplaced(VenueInstrument instrument, in MarketByOrder record)
    {
        bool isComplete = record.Side is Side.Buy or Side.Sell && !record.Price.IsNone && record.Quantity.IsPositive && !record.Quantity.IsNone;
        if (isComplete) instrument.Ledger.Forget(record.OrderId);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TidyLedger(VenueInstrument instrument, in MarketByOrder record)
    {
        if (record.Action == BookAction.Clear) instrument.Ledger.Clear();
        else if ((record.Flags & Level) != 0) instrument.Ledger.ForgetGone(instrument.Book);
        else if (!instrument.Book.TryFind(record.OrderId, out _)) instrument.Ledger.Forget(record.OrderId);
    }

    /// <summary>The book is about to give all arrivals anew: our places are carried over by the number of orders ahead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BeforeRenumbering(VenueInstrument instrument, in MarketByOrder record, ref BookBefore before)
    {
        OrderBook book = instrument.Book;
        (before.IsNearRenumbering, before.ArrivalEpoch) = (true, book.ArrivalEpoch);
        ArrivalRenumbering.CountAhead(book, instrument.Orders.Of(Side.Buy), record.OrderId);
        ArrivalRenumbering.CountAhead(book, instrument.Orders.Of(Side.Sell), record.OrderId);
    }

    /// <returns>True when the book has given them.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AfterRenumbering(VenueInstrument instrument, in MarketByOrder record, in BookBefore before)
    {
        OrderBook book = instrument.Book;
        if (book.ArrivalEpoch == before.ArrivalEpoch) return false;
        ArrivalRenumbering.Restore(book, instrument.Orders.Of(Side.Buy), record.OrderId);
        ArrivalRenumbering.Restore(book, instrument.Orders.Of(Side.Sell), record.OrderId);
        return true;
    }
}
