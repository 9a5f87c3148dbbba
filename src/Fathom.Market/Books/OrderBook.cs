using Fathom.Domain.Books;
using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>One instrument's order book, order by order. A view: it shows the book as the messages so far have left it, and nothing it returned earlier changes.</summary>
public sealed unsafe class OrderBook : IBookView
{
    private readonly BookMemory _memory;

    internal OrderBook(BookMemory memory, InstrumentId instrument)
    {
        _memory = memory;
        Instrument = instrument;
    }

    public InstrumentId Instrument { get; }

    public bool IsStale => Head->IsStale;

    /// <summary>The instrument's last message was not the last of its venue event: the book may be crossed, and is nobody's to judge.</summary>
    public bool IsEventOpen => Head->IsEventOpen;

    /// <summary>Price of the last trade that came while the market was continuous or of unknown state; None before the first.</summary>
    public Price LastTrade => new(Head->LastTrade);

    public int OrderCount => Head->Orders;

    /// <summary>The arrival that the next order to join a queue gets.</summary>
    public uint NextArrival => Head->NextArrival;

    /// <summary>How often all arrivals were given anew because their counter was used up: who remembers an arrival must then look it up again.</summary>
    public int ArrivalEpoch => _memory.Margins[Instrument.Index].ArrivalEpoch;

    public AnomalyCounts Anomalies => _memory.Anomalies(Instrument.Index);

    private BookHead* Head => _memory.Heads + Instrument.Index;

    public bool TryBestBid(out BookLevel level) => TryBest(0, out level);

    public bool TryBestAsk(out BookLevel level) => TryBest(1, out level);

    /// <summary>Both best levels in one look; false when a side is empty, and then the empty one is default.</summary>
    public bool TryBest(out BookLevel bid, out BookLevel ask)
    {
        BookHead* head = Head;
        int best = head->BestBid, against = head->BestAsk;
        if (head->IsWindowFirst && best >= head->FirstOf(0) && against >= head->FirstOf(1))
        {
            bid = View(best, head->PriceOf(best));
            ask = View(against, head->PriceOf(against));
            return true;
        }
        return TryBestBid(out bid) & TryBestAsk(out ask);
    }

    public int LevelCount(Side side) => side == Side.None ? 0 : _memory.LevelCount(Instrument.Index, NumberOf(side));

    public int CopyLevels(Side side, Span<BookLevel> levels)
    {
        if (side == Side.None) return 0;
        var cursor = new LevelCursor(_memory, Instrument.Index, NumberOf(side));
        int count = 0;
        while (count < levels.Length && cursor.MoveNext()) levels[count++] = View(cursor.Level, cursor.Price);
        return count;
    }

    /// <summary>The level at a price; false when nothing rests there.</summary>
    public bool TryLevel(Side side, Price price, out BookLevel level)
    {
        int number = side == Side.None ? -1 : _memory.FindLevel(Instrument.Index, NumberOf(side), price.Nanos);
        level = number < 0 ? default : View(number, price.Nanos);
        return number >= 0;
    }

    /// <summary>The order as it rests now; false when no such order rests here.</summary>
    public bool TryFind(ulong orderId, out RestingOrder order)
    {
        uint slot = _memory.Table.Find(Instrument.Index, orderId, out _);
        if (slot == 0)
        {
            order = default;
            return false;
        }
        OrderSlot found = _memory.Pool.Slots[slot];
        Side side = (_memory.Arena.Levels[found.Level].Owner & 1) == 0 ? Side.Buy : Side.Sell;
        order = new RestingOrder(side, new Price(_memory.PriceOf(Instrument.Index, found.Level)), new Quantity(found.Quantity), found.Arrival);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>What came as an aggregated level, without orders, stands before all orders of that price.</remarks>
    public bool TryQueueAhead(ulong orderId, out Quantity ahead)
    {
        ahead = default;
        uint slot = _memory.Table.Find(Instrument.Index, orderId, out _);
        if (slot == 0) return false;
        long behind = 0;
        OrderSlot* slots = _memory.Pool.Slots;
        for (uint at = slot; at != 0; at = slots[at].Next) behind += slots[at].Quantity;
        ahead = new Quantity(_memory.Arena.Levels[slots[slot].Level].Quantity - behind);
        return true;
    }

    /// <summary>The orders at a price, first in the queue first; empty where there is no such level.</summary>
    public OrderQueue QueueAt(Side side, Price price)
    {
        int level = side == Side.None ? -1 : _memory.FindLevel(Instrument.Index, NumberOf(side), price.Nanos);
        return new OrderQueue(_memory.Pool, level < 0 ? 0 : _memory.Arena.Levels[level].Head);
    }

    private static uint NumberOf(Side side) => side == Side.Buy ? 0u : 1u;

    private bool TryBest(uint side, out BookLevel level)
    {
        bool isFound = _memory.TryBest(Instrument.Index, side, out int number, out long price);
        level = isFound ? View(number, price) : default;
        return isFound;
    }

    private BookLevel View(int number, long price)
    {
        PriceLevel* level = _memory.Arena.Levels + number;
        return new BookLevel(new Price(price), new Quantity(level->Quantity), level->Orders);
    }
}
