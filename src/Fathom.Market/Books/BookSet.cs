using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>
/// The order books of all instruments of a run, order by order.
/// <para>The problem: tens of millions of messages a second, each of which finds an order by its id, changes its queue and its level, and may change the best price.
/// The naive answer (dictionary, sorted dictionary, linked list: the slow twin of the tests) allocates for every order and spends its time waiting for memory.</para>
/// <para>The idea: few bytes, close together, and no branch that the processor cannot foresee.</para>
/// <code>
/// (instrument, order id) ──hash──► OrderTable: 8-byte entries ──► OrderSlot: 32 bytes, linked to its neighbours in the queue
///                                                                     │ level number
/// price ── (price − base) / tick, by a reciprocal ──► PriceLevel: 24 bytes in a dense array, asks mirrored ──► bit in a word: next best level
///                                     └─ not in the window: OutsideLevels, a tree
/// </code>
/// <para>One loop (<see cref="Run{TPrefetch}"/>) does the ordinary messages; whatever is not ordinary, checked before anything is changed, goes whole to
/// <see cref="BookRules"/>. When the live orders outgrow the cache a second form of the loop asks for memory ahead of its use; while they fit, that would only cost.</para>
/// </summary>
public sealed unsafe class BookSet : IDisposable
{
    /// <summary>Message type and length in words of a market-by-order message, as the first two bytes hold them.</summary>
    private const ushort Ordinary = (ushort)MessageType.MarketByOrder | (64 / 8) << 8;

    private const int Size = 64;
    /// <summary>Orders × (slot + table entry) is then several times a usual second-level cache; measured: 0.77 × the speed at 7,000 orders, 1.2 × at 250,000,
    /// 1.3 × at 750,000.</summary>
    private const int OrdersToPrefetch = 1 << 17;

    private readonly BookMemory _memory;
    private readonly BookRules _rules;
    private OrderBook?[] _books = [];

    private readonly int _ordersToPrefetch;

    public BookSet() : this(firstArrival: 0) { }

    /// <param name="firstArrival">Where each instrument's arrival counter starts; a test brings it near its end.</param>
    /// <param name="ordersToPrefetch">With more live orders than this the prefetching loop runs.</param>
    internal BookSet(uint firstArrival, int ordersToPrefetch = OrdersToPrefetch)
    {
        _ordersToPrefetch = ordersToPrefetch;
        _memory = new BookMemory(firstArrival);
        _rules = new BookRules(_memory);
    }

    private interface ISwitch
    {
        static abstract bool IsOn { get; }
    }

    private struct On : ISwitch { public static bool IsOn => true; }

    private struct Off : ISwitch { public static bool IsOn => false; }

    /// <summary>One more than the largest instrument id seen.</summary>
    public int InstrumentCount => _memory.InstrumentCount;

    /// <summary>Resting orders of all instruments.</summary>
    public int OrderCount => _memory.Table.Count;

    internal BookMemory Memory => _memory;

    /// <summary>The instrument's book; one object per instrument for the whole run, empty before the first message.</summary>
    public OrderBook this[InstrumentId instrument]
    {
        get
        {
            int index = _memory.Reserve(instrument);
            if (index >= _books.Length) Array.Resize(ref _books, Math.Max(index + 1, 2 * _books.Length));
            return _books[index] ??= new OrderBook(_memory, instrument);
        }
    }

    /// <summary>An order that rests in the instrument's book; false when none has that id.</summary>
    public bool TryFind(InstrumentId instrument, ulong orderId, out RestingOrder order) => this[instrument].TryFind(orderId, out order);

    /// <summary>What was wrong with the instrument's messages so far.</summary>
    public AnomalyCounts Anomalies(InstrumentId instrument) => _memory.Anomalies(_memory.Reserve(instrument));

    /// <summary>Takes one message.</summary>
    public void Apply(in MarketByOrder message) => ApplyRun(Messages.AsBytes(in message));

    /// <summary>Takes the price step from the definition.</summary>
    public void Apply(in InstrumentDefinition definition) => _memory.SetTick(_memory.Reserve(definition.Header.Instrument), in definition);

    /// <summary>From here on crossed and locked books are counted, or not.</summary>
    public void Apply(in TradingStateChanged change) => _memory.SetState(_memory.Reserve(change.Header.Instrument), change.State);

    /// <summary>Takes market-by-order messages from the start of <paramref name="messages"/> up to the first message of another type.</summary>
    /// <returns>Bytes taken.</returns>
    public int ApplyRun(ReadOnlySpan<byte> messages)
    {
        fixed (byte* start = messages)
        {
            byte* end = start + messages.Length / Size * Size;
            byte* stop = Sse.IsSupported && OrderCount > _ordersToPrefetch ? Run<On>(start, end) : Run<Off>(start, end);
            return (int)(stop - start);
        }
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>The hot loop. Local copies of the arrays' addresses are renewed after every rare message, which may have moved them.</summary>
    private byte* Run<TPrefetch>(byte* at, byte* end) where TPrefetch : struct, ISwitch
    {
        BookMemory memory = _memory;
        OrderTable orders = memory.Table;
        OrderPool pool = memory.Pool;
    Renew:
        ulong* entries = orders.Entries;
        uint mask = orders.Mask;
        int shift = orders.Shift;
        ulong multiplier = orders.Multiplier;
        OrderSlot* slots = pool.Slots;
        PriceLevel* levels = memory.Arena.Levels;
        ulong* occupied = memory.Arena.Occupied;
        BookHead* heads = memory.Heads;
        int instruments = memory.InstrumentCount;

        for (; at < end; at += Size)
        {
            if (*(ushort*)at != Ordinary) break;
            var message = (MarketByOrder*)at;
            if (TPrefetch.IsOn) PrefetchAhead(at, end, entries, shift, multiplier, slots, levels, heads, instruments);

            int instrument = message->Header.Instrument.Index;
            if ((uint)instrument >= (uint)instruments) goto Rare;
            BookHead* head = heads + instrument;
            if ((message->Flags & head->RareFlags) != 0) goto Rare;
            long quantity = message->Quantity.Nanos;

            switch (message->Action)
            {
                case BookAction.Add:
                    {
                        uint side = (uint)message->Side - (uint)Side.Buy;
                        if (side > 1 || !head->TryLevel(side, message->Price.Nanos, out int number)) goto Rare;
                        if ((ulong)(quantity - 1) >= long.MaxValue - 1 || !pool.HasFree || orders.Count >= orders.CountMax) goto Rare;
                        PriceLevel* level = levels + number;
                        uint arrival = head->NextArrival;
                        if (level->Quantity > long.MaxValue - quantity || arrival == uint.MaxValue) goto Rare;
                        uint tag = OrderTable.Tag(instrument, message->OrderId, multiplier);
                        if (OrderTable.Find(entries, mask, shift, slots, levels, tag, instrument, message->OrderId, out uint bucket) != 0) goto Rare;
                        if ((bucket - (tag >> shift) & mask) > OrderTable.ProbesMax) goto Rare;

                        uint taken = pool.TakeFree(slots);
                        OrderSlot* slot = slots + taken;
                        slot->Id = message->OrderId;
                        Join(slots, slot, taken, level, number, quantity, arrival, occupied, head, side);
                        entries[bucket] = (ulong)tag << 32 | taken;
                        orders.Count++;
                        head->NextArrival = arrival + 1;
                        head->Orders++;
                        break;
                    }

                case BookAction.Cancel:
                    {
                        uint tag = OrderTable.Tag(instrument, message->OrderId, multiplier);
                        uint found = OrderTable.Find(entries, mask, shift, slots, levels, tag, instrument, message->OrderId, out uint bucket);
                        if (found == 0) goto Rare;
                        OrderSlot* slot = slots + found;
                        if (quantity <= 0 || quantity > slot->Quantity) goto Rare;
                        PriceLevel* level = levels + slot->Level;
                        if (quantity < slot->Quantity)
                        {
                            slot->Quantity -= quantity;
                            level->Quantity -= quantity;
                            break;
                        }
                        if (level->Quantity == quantity && !IsDense(head, slot->Level)) goto Rare;
                        Leave(slots, slot, level, occupied, head);
                        OrderTable.Delete(entries, mask, shift, bucket);
                        pool.Release(slots, found);
                        orders.Count--;
                        head->Orders--;
                        break;
                    }

                case BookAction.Modify:
                    {
                        uint side = (uint)message->Side - (uint)Side.Buy;
                        if (side > 1 || (ulong)(quantity - 1) >= long.MaxValue - 1 || !head->TryLevel(side, message->Price.Nanos, out int number)) goto Rare;
                        uint tag = OrderTable.Tag(instrument, message->OrderId, multiplier);
                        uint found = OrderTable.Find(entries, mask, shift, slots, levels, tag, instrument, message->OrderId, out _);
                        if (found == 0) goto Rare;
                        OrderSlot* slot = slots + found;
                        PriceLevel* level = levels + number;
                        if (number == slot->Level && quantity <= slot->Quantity)
                        {
                            level->Quantity -= slot->Quantity - quantity;
                            slot->Quantity = quantity;
                            break;
                        }
                        uint arrival = head->NextArrival;
                        PriceLevel* old = levels + slot->Level;
                        if ((old->Owner & 1) != side || !IsDense(head, slot->Level)) goto Rare;
                        if (level->Quantity > long.MaxValue - quantity || arrival == uint.MaxValue) goto Rare;
                        Leave(slots, slot, old, occupied, head);
                        Join(slots, slot, found, level, number, quantity, arrival, occupied, head, side);
                        head->NextArrival = arrival + 1;
                        break;
                    }

                case BookAction.Fill:
                    {
                        uint tag = OrderTable.Tag(instrument, message->OrderId, multiplier);
                        if (OrderTable.Find(entries, mask, shift, slots, levels, tag, instrument, message->OrderId, out _) == 0) goto Rare;
                        break;
                    }

                case BookAction.Trade: head->NoteTrade(message->Price.Nanos); break;
                case BookAction.None: break;
                default: goto Rare;
            }

            bool isLast = (message->Flags & BookFlags.Last) != 0;
            head->IsEventOpen = !isLast;
            if (isLast && head->BestBid + head->BestAsk >= head->CrossAt) _rules.CompareBest(instrument);
        }
        return at;

    Rare:
        _rules.Apply(in *(MarketByOrder*)at);
        at += Size;
        goto Renew;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDense(BookHead* head, int level) => (uint)(level - head->First) < 2 * (uint)head->Width;

    /// <summary>Puts an order at the tail of a level of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(OrderSlot* slots, OrderSlot* slot, uint number, PriceLevel* level, int levelNumber, long quantity, uint arrival, ulong* occupied,
        BookHead* head, uint side)
    {
        uint tail = level->Tail;
        slot->Quantity = quantity;
        slot->Arrival = arrival;
        slot->Level = levelNumber;
        slot->Next = 0;
        slot->Previous = tail;
        slots[tail].Next = number;      // slot 0 is nobody's
        level->Tail = number;
        level->Head = tail == 0 ? number : level->Head;
        level->Orders++;
        long before = level->Quantity;
        level->Quantity = before + quantity;
        if (before != 0) return;
        LevelArena.SetOccupied(occupied, levelNumber);
        int* best = &head->BestBid + side;
        *best = Math.Max(*best, levelNumber);
    }

    /// <summary>Takes an order out of its queue. Its level either stays or is one of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Leave(OrderSlot* slots, OrderSlot* slot, PriceLevel* level, ulong* occupied, BookHead* head)
    {
        uint next = slot->Next, previous = slot->Previous;
        slots[previous].Next = next;      // slot 0 is nobody's
        slots[next].Previous = previous;
        level->Head = previous == 0 ? next : level->Head;
        level->Tail = next == 0 ? previous : level->Tail;
        level->Orders--;
        level->Quantity -= slot->Quantity;
        if (level->Quantity != 0) return;
        LevelArena.SetEmpty(occupied, slot->Level);
        uint side = level->Owner & 1;
        int* best = &head->BestBid + side;
        if (*best == slot->Level) *best = LevelArena.NextBelow(occupied, slot->Level, head->FirstOf(side));
    }

    /// <summary>Asks for the memory of messages to come: sixteen ahead the table's line and the instrument's head, eight ahead the order and its level, four
    /// ahead its neighbours in the queue and the level's tail. What lies ahead may be a message of another type: then some useless line is fetched, nothing worse.</summary>
    /// <remarks>No branch depends on the action: it is a coin toss that the loop itself pays for once, and twice more here would eat what prefetching brings. A
    /// cancel states its order's price, so the level is asked for by price whatever the action.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchAhead(byte* at, byte* end, ulong* entries, int shift, ulong multiplier, OrderSlot* slots, PriceLevel* levels, BookHead* heads,
        int instruments)
    {
        if (at + 16 * Size >= end) return;
        var far = (MarketByOrder*)(at + 16 * Size);
        int farInstrument = far->Header.Instrument.Index;
        Sse.Prefetch0(entries + (OrderTable.Tag(farInstrument, far->OrderId, multiplier) >> shift));
        Sse.Prefetch0(heads + farInstrument);

        var middle = (MarketByOrder*)(at + 8 * Size);
        int instrument = middle->Header.Instrument.Index;
        Sse.Prefetch0(slots + (uint)entries[OrderTable.Tag(instrument, middle->OrderId, multiplier) >> shift]);
        Sse.Prefetch0(levels + LevelAhead(middle, heads, instruments));

        var near = (MarketByOrder*)(at + 4 * Size);
        OrderSlot* slot = slots + (uint)entries[OrderTable.Tag(near->Header.Instrument.Index, near->OrderId, multiplier) >> shift];
        Sse.Prefetch0(slots + slot->Next);
        Sse.Prefetch0(slots + slot->Previous);
        Sse.Prefetch0(slots + levels[LevelAhead(near, heads, instruments)].Tail);
    }

    /// <summary>The window's level of a message to come; 0, which is some level, where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LevelAhead(MarketByOrder* message, BookHead* heads, int instruments)
    {
        uint instrument = (uint)message->Header.Instrument.Index;
        if (instrument >= (uint)instruments) return 0;
        return heads[instrument].TryLevel((uint)message->Side - 1 & 1, message->Price.Nanos, out int level) ? level : 0;
    }
}
