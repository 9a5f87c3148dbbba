using Fathom.Domain;

namespace Fathom.Market.Books;

/// <summary>The laws that the state of all books keeps between two messages. Checking them walks everything: for tests.</summary>
internal static unsafe class BookLaws
{
    /// <exception cref="InvariantException">One of them is broken.</exception>
    public static void Validate(BookMemory memory)
    {
        int orders = 0;
        for (int instrument = 0; instrument < memory.InstrumentCount; instrument++) orders += ValidateInstrument(memory, instrument);
        Invariant.Require(orders == memory.Table.Count, "every order of a queue is counted in the table");
        Invariant.Require(orders + memory.Pool.CountFree() == (int)memory.Pool.Used - 1, "every used slot is in a queue or free");
        ValidateTable(memory);
    }

    private static int ValidateInstrument(BookMemory memory, int instrument)
    {
        int orders = 0;
        BookHead* head = memory.Heads + instrument;
        for (uint side = 0; side < 2; side++)
        {
            int levels = 0;
            Int128 keyLast = Int128.MaxValue;
            for (var cursor = new LevelCursor(memory, instrument, side); cursor.MoveNext(); levels++)
            {
                long key = OutsideLevels.KeyOf(side, cursor.Price);
                Invariant.Require(key < keyLast, "levels go from the best to the worst");
                keyLast = key;
                Invariant.Require(memory.Arena.Levels[cursor.Level].Owner == ((uint)instrument << 1 | side), "a level belongs to its instrument and side");
                Invariant.Require(memory.FindLevel(instrument, side, cursor.Price) == cursor.Level, "a level is found by its price");
                Invariant.Require(memory.PriceOf(instrument, cursor.Level) == cursor.Price, "a level knows its price");
                orders += ValidateLevel(memory, instrument, cursor.Level);
            }
            Invariant.Require(levels == memory.LevelCount(instrument, side), "levels are counted");
            int first = head->FirstOf(side), best = side == 0 ? head->BestBid : head->BestAsk;
            if (head->Width != 0)
                Invariant.Require(best == LevelArena.Highest(memory.Arena.Occupied, first, head->Width), "the best level is the highest occupied one");
            for (int level = first; level < first + head->Width; level++)
            {
                bool isOccupied = (memory.Arena.Occupied[level >> 6] >> level & 1) != 0;
                Invariant.Require(isOccupied == (memory.Arena.Levels[level].Quantity != 0), "a bit says whether a level is occupied");
            }
        }
        Invariant.Require(orders == head->Orders, "the instrument's orders are counted");
        return orders;
    }

    private static int ValidateLevel(BookMemory memory, int instrument, int number)
    {
        PriceLevel level = memory.Arena.Levels[number];
        Int128 quantity = 0;
        int count = 0;
        uint previous = 0;
        long arrivalLast = -1;
        for (uint slot = level.Head; slot != 0; slot = memory.Pool.Slots[slot].Next)
        {
            OrderSlot order = memory.Pool.Slots[slot];
            Invariant.Require(order.Level == number && order.Previous == previous, "an order knows its level and its neighbours");
            Invariant.Require(order.Quantity > 0, "a resting order has a quantity");
            Invariant.Require(order.Arrival > arrivalLast && order.Arrival < memory.Heads[instrument].NextArrival, "arrivals grow along a queue");
            Invariant.Require(memory.Table.Find(instrument, order.Id, out _) == slot, "a resting order is found by its id");
            quantity += order.Quantity;
            previous = slot;
            arrivalLast = order.Arrival;
            count++;
        }
        Invariant.Require(level.Tail == previous && level.Orders == count, "a level knows its tail and how many orders it has");
        Invariant.Require(level.Quantity > 0 && level.Quantity >= quantity, "an occupied level has a quantity, at least that of its orders");
        return count;
    }

    private static void ValidateTable(BookMemory memory)
    {
        OrderTable table = memory.Table;
        int count = 0;
        for (uint bucket = 0; bucket <= table.Mask; bucket++)
        {
            ulong entry = table.Entries[bucket];
            if (entry == 0) continue;
            count++;
            for (uint at = (uint)(entry >> 32) >> table.Shift; at != bucket; at = (at + 1) & table.Mask)
                Invariant.Require(table.Entries[at] != 0, "no empty bucket lies between an order's home and its place");
        }
        Invariant.Require(count == table.Count && count <= table.CountMax, "the table counts its orders and is at most half full");
    }
}
