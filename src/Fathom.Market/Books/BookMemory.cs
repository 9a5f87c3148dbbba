using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Market.Books;

/// <summary>The state of all books of a run, and the elementary changes of it in their general form. Sides are numbers here: 0 bid, 1 ask.</summary>
/// <remarks>The hot loop of <see cref="BookSet"/> does the common cases of the same changes on the same state; the twin in the tests holds both to one meaning.</remarks>
internal sealed unsafe class BookMemory : IDisposable
{
    private readonly NativeArray<BookHead> _heads = new();
    private readonly NativeArray<BookMargin> _margins = new();
    private readonly BookWindows _windows;
    private readonly uint _firstArrival;
    private AnomalyCounts[] _anomalies = [];

    public BookMemory(uint firstArrival)
    {
        _firstArrival = firstArrival;
        Outside = new OutsideLevels(Arena);
        Table = new OrderTable(Pool, Arena);
        _windows = new BookWindows(this);
    }

    public OrderPool Pool { get; } = new();
    public LevelArena Arena { get; } = new();
    public OutsideLevels Outside { get; }
    public OrderTable Table { get; }
    public BookHead* Heads => _heads.Items;
    public BookMargin* Margins => _margins.Items;

    /// <summary>One more than the largest instrument seen.</summary>
    public int InstrumentCount { get; private set; }

    /// <summary>Makes the instrument's book exist. May move all heads and margins.</summary>
    public int Reserve(InstrumentId instrument)
    {
        int index = instrument.Index;
        if (index < InstrumentCount && index >= 0) return index;
        Invariant.Require((uint)index < Instruments.CountMax, "a dense instrument id is neither negative nor beyond the registry");
        if (index >= _heads.Length) GrowTo(Math.Max(Math.Max(4, index + 1), Math.Min(2 * _heads.Length, Instruments.CountMax)));
        for (int i = InstrumentCount; i <= index; i++)
        {
            Heads[i].BestBid = Heads[i].BestAsk = -1;
            Heads[i].CrossAt = int.MaxValue;
            Heads[i].LastTrade = Price.None.Nanos;
            Heads[i].SetStale(false);
            Heads[i].NextArrival = Margins[i].ArrivalJudged = _firstArrival;
        }
        InstrumentCount = index + 1;
        return index;
    }

    public ref int Root(int instrument, uint side) => ref side == 0 ? ref Margins[instrument].BidRoot : ref Margins[instrument].AskRoot;

    public ref int OutsideCount(int instrument, uint side) => ref side == 0 ? ref Margins[instrument].BidsOutside : ref Margins[instrument].AsksOutside;

    public ref int Best(int instrument, uint side) => ref side == 0 ? ref Heads[instrument].BestBid : ref Heads[instrument].BestAsk;

    public AnomalyCounts Anomalies(int instrument) => _anomalies[instrument];

    public void Note(int instrument, BookAnomaly anomaly) => _anomalies[instrument].Note(anomaly);

    public void SetState(int instrument, TradingState state)
    {
        Heads[instrument].State = state;
        UpdateCrossAt(instrument);
    }

    public void SetTick(int instrument, in InstrumentDefinition definition)
    {
        bool isStated = (definition.Assumed & InstrumentAssumptions.Tick) == 0 && definition.Tick.Nanos > 0;
        Margins[instrument].TickStated = isStated ? definition.Tick.Nanos : 0;
    }

    public int LevelCount(int instrument, uint side) =>
        OutsideCount(instrument, side) + Arena.CountOccupied(Heads[instrument].FirstOf(side), Heads[instrument].Width);

    /// <summary>Number of the occupied level at a price; −1 when there is none.</summary>
    public int FindLevel(int instrument, uint side, long price)
    {
        if (Heads[instrument].TryLevel(side, price, out int level)) return Arena.Levels[level].Quantity != 0 ? level : -1;
        int node = Outside.Find(Root(instrument, side), OutsideLevels.KeyOf(side, price));
        return node == 0 ? -1 : Outside.LevelOf(node);
    }

    public long PriceOf(int instrument, int level) => Outside.Holds(level)
        ? OutsideLevels.PriceOf(Arena.Levels[level].Owner & 1, Outside.KeyOf(level))
        : Heads[instrument].PriceOf(level);

    /// <summary>Best level of a side; false when the side is empty.</summary>
    public bool TryBest(int instrument, uint side, out int level, out long price)
    {
        BookHead* head = Heads + instrument;
        level = side == 0 ? head->BestBid : head->BestAsk;
        if (head->IsWindowFirst && level >= head->FirstOf(side))
        {
            price = head->PriceOf(level);
            return true;
        }
        return TryBestAnywhere(instrument, side, out level, out price);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryBestAnywhere(int instrument, uint side, out int level, out long price)
    {
        var cursor = new LevelCursor(this, instrument, side);
        bool isFound = cursor.MoveNext();
        level = cursor.Level;
        price = cursor.Price;
        return isFound;
    }

    /// <summary>Puts a new order at the tail of its price, unless the level's total would overflow: then it is counted and dropped.</summary>
    public void Append(int instrument, ulong orderId, uint side, long price, long quantity)
    {
        int number = MakeLevel(instrument, side, price);
        if (Arena.Levels[number].Quantity > long.MaxValue - quantity)
        {
            Note(instrument, BookAnomaly.QuantityOverflow);
            return;
        }
        if (Heads[instrument].NextArrival == uint.MaxValue) Renumber(instrument);

        PriceLevel* level = Arena.Levels + number;
        uint slot = Pool.Take();
        Pool.Slots[slot] = new OrderSlot
        {
            Id = orderId,
            Quantity = quantity,
            Arrival = Heads[instrument].NextArrival++,
            Level = number,
            Previous = level->Tail,
        };
        if (level->Tail == 0) level->Head = slot;
        else Pool.Slots[level->Tail].Next = slot;
        level->Tail = slot;
        level->Orders++;
        Raise(instrument, number, quantity);
        Heads[instrument].Orders++;
        Table.Insert(instrument, slot);
    }

    /// <summary>Takes the order at a table's bucket out of its queue, the table and the pool.</summary>
    public void Remove(int instrument, uint slot, uint bucket)
    {
        Table.Delete(bucket);
        OrderSlot order = Pool.Slots[slot];
        PriceLevel* level = Arena.Levels + order.Level;
        if (order.Previous == 0) level->Head = order.Next;
        else Pool.Slots[order.Previous].Next = order.Next;
        if (order.Next == 0) level->Tail = order.Previous;
        else Pool.Slots[order.Next].Previous = order.Previous;
        level->Orders--;
        Pool.Release(Pool.Slots, slot);
        Heads[instrument].Orders--;
        Lower(instrument, order.Level, order.Quantity);
    }

    /// <summary>Gives a resting order a smaller quantity, above zero; it keeps its place.</summary>
    public void Reduce(uint slot, long quantity)
    {
        OrderSlot* order = Pool.Slots + slot;
        Arena.Levels[order->Level].Quantity -= order->Quantity - quantity;
        order->Quantity = quantity;
    }

    /// <summary>Puts quantity without orders at a price where nothing stands.</summary>
    public void AddAggregated(int instrument, uint side, long price, long quantity) =>
        Raise(instrument, MakeLevel(instrument, side, price), quantity);

    /// <summary>The part of a level that came as a level and not as orders.</summary>
    public long AggregatedOf(int level)
    {
        long quantity = Arena.Levels[level].Quantity;
        for (uint slot = Arena.Levels[level].Head; slot != 0; slot = Pool.Slots[slot].Next) quantity -= Pool.Slots[slot].Quantity;
        return quantity;
    }

    /// <summary>Takes quantity off a level; when nothing is left the level is gone.</summary>
    public void Lower(int instrument, int number, long quantity)
    {
        PriceLevel* level = Arena.Levels + number;
        level->Quantity -= quantity;
        if (level->Quantity != 0) return;

        uint side = level->Owner & 1;
        if (Outside.Holds(number))
        {
            Outside.Remove(ref Root(instrument, side), Outside.KeyOf(number));
            OutsideCount(instrument, side)--;
            UpdateCrossAt(instrument);
            return;
        }
        LevelArena.SetEmpty(Arena.Occupied, number);
        ref int best = ref Best(instrument, side);
        if (best == number) best = LevelArena.NextBelow(Arena.Occupied, number, Heads[instrument].FirstOf(side));
    }

    /// <summary>Takes away a level with all that stands there.</summary>
    public void RemoveLevel(int instrument, int number)
    {
        PriceLevel* level = Arena.Levels + number;
        for (uint slot = level->Head; slot != 0;)
        {
            uint next = Pool.Slots[slot].Next;
            Table.Find(instrument, Pool.Slots[slot].Id, out uint bucket);
            Table.Delete(bucket);
            Pool.Release(Pool.Slots, slot);
            slot = next;
        }
        Heads[instrument].Orders -= level->Orders;
        level->Head = level->Tail = 0;
        level->Orders = 0;
        Lower(instrument, number, level->Quantity);
    }

    public void RemoveSide(int instrument, uint side)
    {
        while (TryBest(instrument, side, out int level, out _)) RemoveLevel(instrument, level);
    }

    /// <summary>Says from which sum of best levels on the book has to be looked at for being crossed or locked. While no level outside the window
    /// can be the best one, comparing two level numbers decides: the same price has numbers that add up to the mirror's.</summary>
    public void UpdateCrossAt(int instrument)
    {
        BookHead* head = Heads + instrument;
        if (!head->State.Matches()) head->CrossAt = int.MaxValue;
        else if (IsOutsideAhead(instrument, 0) || IsOutsideAhead(instrument, 1)) head->CrossAt = int.MinValue;
        else head->CrossAt = head->Width == 0 ? int.MaxValue : 2 * head->First + 2 * head->Width - 1;
    }

    public void Dispose()
    {
        Pool.Dispose();
        Arena.Dispose();
        Table.Dispose();
        _heads.Dispose();
        _margins.Dispose();
        InstrumentCount = 0;
    }

    /// <summary>Some level outside the window is better than the window's worst price, so the best one cannot be told by level numbers alone.</summary>
    private bool IsOutsideAhead(int instrument, uint side)
    {
        int node = Outside.Highest(Root(instrument, side));
        if (node == 0) return false;
        BookHead* head = Heads + instrument;
        return head->Width == 0 || Outside.KeyOfNode(node) > OutsideLevels.KeyOf(side, head->PriceOf(head->FirstOf(side)));
    }

    private void GrowTo(int length)
    {
        _heads.Grow(length);
        _margins.Grow(length);
        Array.Resize(ref _anomalies, length);
    }

    /// <summary>The level at a price, made where there is none. May move all levels.</summary>
    private int MakeLevel(int instrument, uint side, long price)
    {
        if (Heads[instrument].TryLevel(side, price, out int level)) return level;
        if (_windows.NoteMiss(instrument, price) && Heads[instrument].TryLevel(side, price, out level)) return level;
        int node = Outside.Find(Root(instrument, side), OutsideLevels.KeyOf(side, price));
        return node != 0 ? Outside.LevelOf(node) : MakeOutside(instrument, side, price);
    }

    /// <summary>Makes a level outside the window at a price that has none. May move all levels.</summary>
    public int MakeOutside(int instrument, uint side, long price)
    {
        int level = Outside.LevelOf(Outside.Insert(ref Root(instrument, side), OutsideLevels.KeyOf(side, price)));
        Arena.Levels[level].Owner = (uint)instrument << 1 | side;
        OutsideCount(instrument, side)++;
        UpdateCrossAt(instrument);
        return level;
    }

    private void Raise(int instrument, int number, long quantity)
    {
        PriceLevel* level = Arena.Levels + number;
        bool wasEmpty = level->Quantity == 0;
        level->Quantity += quantity;
        if (!wasEmpty || Outside.Holds(number)) return;
        LevelArena.SetOccupied(Arena.Occupied, number);
        ref int best = ref Best(instrument, level->Owner & 1);
        best = Math.Max(best, number);
    }

    /// <summary>The arrival counter is used up: gives all resting orders of the instrument new arrivals, bids then asks, best level first.</summary>
    private void Renumber(int instrument)
    {
        uint next = 0;
        for (uint side = 0; side < 2; side++)
            for (var cursor = new LevelCursor(this, instrument, side); cursor.MoveNext();)
                for (uint slot = Arena.Levels[cursor.Level].Head; slot != 0; slot = Pool.Slots[slot].Next) Pool.Slots[slot].Arrival = next++;
        Heads[instrument].NextArrival = Margins[instrument].ArrivalJudged = next;
        Margins[instrument].ArrivalEpoch++;
    }
}
