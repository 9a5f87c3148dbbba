using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fathom.Market.Books;

/// <summary>
/// Finds a resting order by instrument and order id. Every second message asks it, and nearly half of all messages delete from it.
/// <para>The naive answer, a <c>Dictionary</c> of objects, costs three dependent cache misses and an allocation per order. Indexing by the id's
/// own low bits is worse than it looks: ids are handed out in order with gaps, and long runs of neighbours become clusters of thousands of probes.</para>
/// <para>The idea: one flat array of 8-byte entries (the upper half of the hash as a tag, and the order's slot; eight entries to a cache line), linear
/// probing, never more than half full (a quarter, while it fits the cache). The hash is a multiplication by 2⁶⁴/φ, which scatters consecutive ids evenly. A deleted
/// entry leaves no tombstone: the entries behind it that may stand nearer to their home move up, so that the table is at any time as if the deleted orders
/// had never been. The tag is the hash's upper 32 bits and the home bucket its top bits, so that moving and growing need no look at the orders.</para>
/// <para>The multiplier is a constant that anyone may read, so ids can be made up that all fall into one bucket. A probe that is too long to be bad
/// luck therefore brings another multiplier, and the table is built anew.</para>
/// </summary>
internal sealed unsafe class OrderTable : IDisposable
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int LengthMin = 2048;

    /// <summary>A megabyte. Up to there the table stays in the cache, where fewer probes (25 % more messages a second) are worth more than the space; beyond it
    /// space is misses, and half full is better.</summary>
    private const int LengthSparse = 1 << 17;

    /// <summary>At half load the longest probe of a million orders is around 40.</summary>
    public const int ProbesMax = 256;

    private readonly OrderPool _pool;
    private readonly LevelArena _arena;
    private NativeArray<ulong> _entries = new();
    private int _countAtRebuild;

    public OrderTable(OrderPool pool, LevelArena arena)
    {
        _pool = pool;
        _arena = arena;
        Resize(LengthMin);
    }

    public ulong* Entries => _entries.Items;
    public uint Mask { get; private set; }

    /// <summary>Home bucket = tag >> this.</summary>
    public int Shift { get; private set; }

    public ulong Multiplier { get; private set; } = Golden;

    /// <summary>Orders in the table.</summary>
    public int Count { get; set; }

    /// <summary>No more orders than this without growing.</summary>
    public int CountMax { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Tag(int instrument, ulong orderId, ulong multiplier) =>
        (uint)(((orderId ^ ((ulong)(uint)instrument << 40)) * multiplier) >> 32);

    /// <summary>The order's bucket, or the empty one where it would go.</summary>
    /// <returns>The order's slot; 0 when it is not here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Find(ulong* entries, uint mask, int shift, OrderSlot* slots, PriceLevel* levels, uint tag, int instrument, ulong orderId, out uint bucket)
    {
        uint at = tag >> shift;
        while (true)
        {
            ulong entry = entries[at];
            if (entry == 0)
            {
                bucket = at;
                return 0;
            }
            if ((uint)(entry >> 32) == tag)
            {
                OrderSlot* slot = slots + (uint)entry;
                if (slot->Id == orderId && levels[slot->Level].Owner >> 1 == (uint)instrument)
                {
                    bucket = at;
                    return (uint)entry;
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// <summary>Empties a bucket and moves up what stands behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Delete(ulong* entries, uint mask, int shift, uint bucket)
    {
        uint hole = bucket, at = bucket;
        while (true)
        {
            at = (at + 1) & mask;
            ulong entry = entries[at];
            if (entry == 0) break;
            uint home = (uint)(entry >> 32) >> shift;
            if (((at - home) & mask) < ((at - hole) & mask)) continue;      // its home lies behind the hole: it may not go there
            entries[hole] = entry;
            hole = at;
        }
        entries[hole] = 0;
    }

    public uint Find(int instrument, ulong orderId, out uint bucket) =>
        Find(Entries, Mask, Shift, _pool.Slots, _arena.Levels, Tag(instrument, orderId, Multiplier), instrument, orderId, out bucket);

    public void Delete(uint bucket)
    {
        Delete(Entries, Mask, Shift, bucket);
        Count--;
    }

    /// <summary>Puts an order into the table that is not in it; its slot and level are set.</summary>
    public void Insert(int instrument, uint slot)
    {
        if (Count >= CountMax) Resize(checked(2 * _entries.Length));
        uint tag = Tag(instrument, _pool.Slots[slot].Id, Multiplier);
        int probes = Place(tag, slot);
        Count++;
        if (probes > ProbesMax && Count > 2 * _countAtRebuild) TakeAnotherMultiplier();
    }

    public void Dispose() => _entries.Dispose();

    private int Place(uint tag, uint slot)
    {
        uint at = tag >> Shift;
        int probes = 0;
        for (; Entries[at] != 0; at = (at + 1) & Mask) probes++;
        Entries[at] = ((ulong)tag << 32) | slot;
        return probes;
    }

    private void Resize(int length)
    {
        NativeArray<ulong> old = _entries;
        _entries = new NativeArray<ulong>();
        _entries.Grow(length);
        Mask = (uint)length - 1;
        Shift = 32 - BitOperations.Log2((uint)length);
        CountMax = length <= LengthSparse ? length / 4 : length / 2;
        for (int i = 0; i < old.Length; i++)
            if (old.Items[i] != 0) Place((uint)(old.Items[i] >> 32), (uint)old.Items[i]);
        old.Dispose();
    }

    /// <summary>At most once per doubling of the number of orders, so that it costs nothing in the long run even against an adversary.</summary>
    private void TakeAnotherMultiplier()
    {
        _countAtRebuild = Count;
        Multiplier = (Multiplier ^ (Multiplier >> 29)) * 0xBF58476D1CE4E5B9 | 1;
        NativeArray<ulong> old = _entries;
        _entries = new NativeArray<ulong>();
        _entries.Grow(old.Length);
        for (int i = 0; i < old.Length; i++)
        {
            uint slot = (uint)old.Items[i];
            if (slot == 0) continue;
            OrderSlot order = _pool.Slots[slot];
            Place(Tag((int)(_arena.Levels[order.Level].Owner >> 1), order.Id, Multiplier), slot);
        }
        old.Dispose();
    }
}
