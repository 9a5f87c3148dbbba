using System.Runtime.CompilerServices;

namespace Fathom.Simulation.Generator;

/// <summary>One side of one instrument's book: levels in one sorted array, the best at its end.</summary>
/// <remarks>Nearly everything happens at the end of the array, where finding, inserting and removing a level move next to nothing; a far price costs a binary
/// search and a move of a few kilobytes, and no price is too far. The array never grows: a side that is full takes orders at existing prices only.</remarks>
internal sealed class LadderSide
{
    private const int NearLevels = 6;

    private readonly OrderPool _pool;
    private readonly LadderLevel[] _levels;

    public LadderSide(OrderPool pool, int levelsMax)
    {
        _pool = pool;
        _levels = new LadderLevel[levelsMax];
    }

    public int LevelCount { get; private set; }

    public int OrderCount { get; private set; }

    public bool IsFull => LevelCount == _levels.Length;

    public int BestKey => _levels[LevelCount - 1].Key;

    public ref LadderLevel Best => ref _levels[LevelCount - 1];

    /// <summary>The level that has <paramref name="fromBest"/> levels better than itself.</summary>
    public ref LadderLevel Level(int fromBest) => ref _levels[LevelCount - 1 - fromBest];

    /// <summary>How many levels are better than the one of this price, or the complement of that number when there is none of this price.</summary>
    public int Find(int key)
    {
        int index = IndexOf(key);
        return index >= 0 ? LevelCount - 1 - index : ~(LevelCount - ~index);
    }

    /// <summary>Appends the order to the tail of the queue at its price.</summary>
    public void Append(int slot)
    {
        ref RestingOrder order = ref _pool[slot];
        int index = IndexOf(order.Key);
        if (index < 0) index = InsertLevel(~index, order.Key);
        ref LadderLevel level = ref _levels[index];
        order.Previous = level.Tail;
        order.Next = -1;
        if (level.Count == 0) level.Head = slot;
        else _pool[level.Tail].Next = slot;
        level.Tail = slot;
        level.Count++;
        level.Quantity += order.Quantity;
        OrderCount++;
    }

    /// <summary>Takes the order out of its queue; its slot stays the caller's.</summary>
    public void Remove(int slot)
    {
        ref RestingOrder order = ref _pool[slot];
        int index = IndexOf(order.Key);
        ref LadderLevel level = ref _levels[index];
        if (order.Previous >= 0) _pool[order.Previous].Next = order.Next;
        else level.Head = order.Next;
        if (order.Next >= 0) _pool[order.Next].Previous = order.Previous;
        else level.Tail = order.Previous;
        level.Count--;
        level.Quantity -= order.Quantity;
        OrderCount--;
        if (level.Count == 0) RemoveLevel(index);
    }

    /// <summary>Takes a part of the order's quantity away; it keeps its place.</summary>
    public void Reduce(int slot, int by)
    {
        ref RestingOrder order = ref _pool[slot];
        _levels[IndexOf(order.Key)].Quantity -= by;
        order.Quantity -= by;
    }

    /// <summary>Index of the level, or the complement of where it would stand.</summary>
    private int IndexOf(int key)
    {
        int near = Math.Max(0, LevelCount - NearLevels);
        int index = LevelCount - 1;
        for (; index >= near; index--)
        {
            int other = _levels[index].Key;
            if (other <= key) return other == key ? index : ~(index + 1);
        }
        return Search(key, index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Search(int key, int high)
    {
        int low = 0;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int other = _levels[middle].Key;
            if (other == key) return middle;
            if (other < key) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    private int InsertLevel(int index, int key)
    {
        Array.Copy(_levels, index, _levels, index + 1, LevelCount - index);
        _levels[index] = new LadderLevel { Key = key, Head = -1, Tail = -1 };
        LevelCount++;
        return index;
    }

    private void RemoveLevel(int index)
    {
        LevelCount--;
        Array.Copy(_levels, index + 1, _levels, index, LevelCount - index);
    }
}
