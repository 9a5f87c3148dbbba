using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>
/// What each market-by-order message does to a book, in full: the general form for every message that the hot loop hands over because something about
/// it is not ordinary. Semantics of Databento's MBO schema; what the vendor leaves open is decided here:
/// <list type="bullet">
/// <item>Aggregated levels: an add or modify sets the level's quantity and replaces whatever stood at that price; a cancel takes its quantity off the
/// level. Top of book does the same after emptying the side. Such a level has no orders, and orders that join it later stand behind it.</item>
/// <item>A clear or a snapshot message heals a stale book, unless it carries the flag for a bad book itself.</item>
/// <item>A modify to zero removes the order.</item>
/// </list>
/// </summary>
internal sealed unsafe class BookRules(BookMemory memory)
{
    private const BookFlags LevelFlags = BookFlags.TopOfBook | BookFlags.Aggregated;

    /// <summary>Applies one message. May move everything.</summary>
    public void Apply(in MarketByOrder message)
    {
        int instrument = memory.Reserve(message.Header.Instrument);
        NoteStaleness(instrument, in message);
        if (message.Action == BookAction.Trade) memory.Heads[instrument].NoteTrade(message.Price.Nanos);
        if ((message.Flags & LevelFlags) == 0) ApplyToOrder(instrument, in message);
        else ApplyToLevel(instrument, in message);

        memory.Heads[instrument].IsEventOpen = !message.IsLast;
        if (message.IsLast) CompareBest(instrument);
    }

    /// <summary>Counts a crossed or locked book, where the trading state makes it an anomaly.</summary>
    public void CompareBest(int instrument)
    {
        if (!memory.Heads[instrument].State.Matches()) return;
        if (!memory.TryBest(instrument, 0, out _, out long bid) || !memory.TryBest(instrument, 1, out _, out long ask)) return;
        if (bid > ask) memory.Note(instrument, BookAnomaly.Crossed);
        else if (bid == ask) memory.Note(instrument, BookAnomaly.Locked);
    }

    private void NoteStaleness(int instrument, in MarketByOrder message)
    {
        BookHead* head = memory.Heads + instrument;
        if (message.Action == BookAction.Clear || (message.Flags & BookFlags.Snapshot) != 0) head->SetStale(false);
        if ((message.Flags & BookFlags.MaybeBadBook) != 0) head->SetStale(true);
    }

    private void ApplyToOrder(int instrument, in MarketByOrder message)
    {
        switch (message.Action)
        {
            case BookAction.Add: Add(instrument, in message); break;
            case BookAction.Cancel: Cancel(instrument, in message); break;
            case BookAction.Modify: Modify(instrument, in message); break;
            case BookAction.Clear: Clear(instrument); break;
            case BookAction.Fill:
                if (memory.Table.Find(instrument, message.OrderId, out _) == 0) memory.Note(instrument, BookAnomaly.UnknownFill);
                break;
            case BookAction.None or BookAction.Trade: break;
            default: memory.Note(instrument, BookAnomaly.UnknownAction); break;
        }
    }

    private void ApplyToLevel(int instrument, in MarketByOrder message)
    {
        switch (message.Action)
        {
            case BookAction.Add or BookAction.Modify: SetLevel(instrument, in message); break;
            case BookAction.Cancel: ReduceLevel(instrument, in message); break;
            case BookAction.Clear: Clear(instrument); break;
            case BookAction.None or BookAction.Trade or BookAction.Fill: break;
            default: memory.Note(instrument, BookAnomaly.UnknownAction); break;
        }
    }

    private void Add(int instrument, in MarketByOrder message)
    {
        if (!IsComplete(instrument, in message)) return;
        uint slot = memory.Table.Find(instrument, message.OrderId, out uint bucket);
        if (slot != 0)
        {
            memory.Note(instrument, BookAnomaly.DuplicateAdd);
            memory.Remove(instrument, slot, bucket);
        }
        memory.Append(instrument, message.OrderId, SideOf(in message), message.Price.Nanos, message.Quantity.Nanos);
    }

    private void Cancel(int instrument, in MarketByOrder message)
    {
        long quantity = message.Quantity.Nanos;
        uint slot = memory.Table.Find(instrument, message.OrderId, out uint bucket);
        if (slot == 0) memory.Note(instrument, BookAnomaly.UnknownCancel);
        else if (quantity <= 0) memory.Note(instrument, BookAnomaly.MissingQuantity);
        else
        {
            long leaves = memory.Pool.Slots[slot].Quantity;
            if (quantity > leaves) memory.Note(instrument, BookAnomaly.OversizedCancel);
            if (quantity >= leaves) memory.Remove(instrument, slot, bucket);
            else memory.Reduce(slot, leaves - quantity);
        }
    }

    private void Modify(int instrument, in MarketByOrder message)
    {
        uint slot = memory.Table.Find(instrument, message.OrderId, out uint bucket);
        if (slot == 0)
        {
            memory.Note(instrument, BookAnomaly.UnknownModify);
            Add(instrument, in message);
            return;
        }
        if (message.Quantity.Nanos <= 0)
        {
            memory.Note(instrument, BookAnomaly.MissingQuantity);
            memory.Remove(instrument, slot, bucket);
            return;
        }
        if (!IsComplete(instrument, in message)) return;

        OrderSlot order = memory.Pool.Slots[slot];
        uint side = SideOf(in message);
        if (side != (memory.Arena.Levels[order.Level].Owner & 1)) memory.Note(instrument, BookAnomaly.SideChange);
        else if (message.Quantity.Nanos <= order.Quantity && message.Price.Nanos == memory.PriceOf(instrument, order.Level))
        {
            memory.Reduce(slot, message.Quantity.Nanos);
            return;
        }
        memory.Remove(instrument, slot, bucket);
        memory.Append(instrument, message.OrderId, side, message.Price.Nanos, message.Quantity.Nanos);
    }

    private void Clear(int instrument)
    {
        memory.RemoveSide(instrument, 0);
        memory.RemoveSide(instrument, 1);
    }

    private void SetLevel(int instrument, in MarketByOrder message)
    {
        if (!HasSide(instrument, in message)) return;
        uint side = SideOf(in message);
        if ((message.Flags & BookFlags.TopOfBook) != 0)
        {
            memory.RemoveSide(instrument, side);
            if (message.Price.IsNone) return;
        }
        if (!HasPrice(instrument, in message)) return;

        int level = memory.FindLevel(instrument, side, message.Price.Nanos);
        if (level >= 0) memory.RemoveLevel(instrument, level);
        if (message.Quantity.IsNone || message.Quantity.Nanos < 0) memory.Note(instrument, BookAnomaly.MissingQuantity);
        else if (!message.Quantity.IsZero) memory.AddAggregated(instrument, side, message.Price.Nanos, message.Quantity.Nanos);
    }

    private void ReduceLevel(int instrument, in MarketByOrder message)
    {
        if (!HasSide(instrument, in message) || !HasPrice(instrument, in message)) return;
        int level = memory.FindLevel(instrument, SideOf(in message), message.Price.Nanos);
        long aggregated = level < 0 ? 0 : memory.AggregatedOf(level), quantity = message.Quantity.Nanos;
        if (aggregated == 0) memory.Note(instrument, BookAnomaly.UnknownCancel);
        else if (quantity <= 0) memory.Note(instrument, BookAnomaly.MissingQuantity);
        else
        {
            if (quantity > aggregated) memory.Note(instrument, BookAnomaly.OversizedCancel);
            memory.Lower(instrument, level, Math.Min(quantity, aggregated));
        }
    }

    private bool IsComplete(int instrument, in MarketByOrder message)
    {
        if (!HasSide(instrument, in message) || !HasPrice(instrument, in message)) return false;
        bool hasQuantity = message.Quantity.Nanos > 0 && !message.Quantity.IsNone;
        if (!hasQuantity) memory.Note(instrument, BookAnomaly.MissingQuantity);
        return hasQuantity;
    }

    private bool HasSide(int instrument, in MarketByOrder message)
    {
        bool hasSide = message.Side is Side.Buy or Side.Sell;
        if (!hasSide) memory.Note(instrument, BookAnomaly.MissingSide);
        return hasSide;
    }

    private bool HasPrice(int instrument, in MarketByOrder message)
    {
        if (message.Price.IsNone) memory.Note(instrument, BookAnomaly.MissingPrice);
        return !message.Price.IsNone;
    }

    private static uint SideOf(in MarketByOrder message) => (uint)message.Side - (uint)Side.Buy;
}
