using System.Runtime.CompilerServices;

namespace Fathom.Engine.Features.Sliding;

/// <summary>
/// A heap of numbers, each in a slot by which it is found again and taken out or replaced wherever it stands. The top is the smallest key; keys of the other sign make it the largest. Eight children a node: their keys
/// fill a cache line, and the way up and down is a third as long as with two.
/// </summary>
internal sealed class SlotHeap
{
    private const int ChildrenLog = 3, Children = 1 << ChildrenLog;

    private readonly int _sign;
    private double[] _keys;
    private int[] _slots;
    private int[] _places;

    /// <param name="capacity">Numbers for which there is room from the start; it doubles where there are more.</param>
    /// <param name="sign">1 or −1: what tells its places from those of another heap over the same slots.</param>
    /// <param name="places">By slot, sign × (1 + place); 0 where no heap holds it.</param>
    public SlotHeap(int capacity, int sign, int[] places)
    {
        _keys = new double[Math.Max(capacity, 1)];
        _slots = new int[_keys.Length];
        (_sign, _places) = (sign, places);
    }

    public int Count { get; private set; }

    /// <summary>The smallest; there is one.</summary>
    public double TopKey => _keys[0];

    /// <summary>Where the smallest is.</summary>
    public int TopSlot => _slots[0];

    public bool Holds(int slot) => _places[slot] * _sign > 0;

    /// <param name="slot">One that no heap holds.</param>
    public void Add(double key, int slot)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, _keys.Length * 2);
            Array.Resize(ref _slots, _keys.Length);
        }
        Rise(Count++, key, slot);
    }

    /// <param name="slot">One that it holds.</param>
    public void Remove(int slot)
    {
        int place = PlaceOf(slot);
        _places[slot] = 0;
        Count--;
        if (place < Count) Settle(place, _keys[Count], _slots[Count]);
    }

    /// <summary>Another number comes to where one was.</summary>
    /// <param name="slot">One that it holds.</param>
    /// <param name="newSlot">The same, one that no heap holds, or that of another heap's top that is about to be replaced.</param>
    public void Replace(int slot, double key, int newSlot)
    {
        int place = PlaceOf(slot);
        _places[slot] = 0;
        Settle(place, key, newSlot);
    }

    /// <summary>Another number comes to where the smallest was; its slot is another heap's by now.</summary>
    /// <param name="newSlot">One that no heap holds.</param>
    public void ReplaceTop(double key, int newSlot) => Sink(0, key, newSlot);

    public void Clear() => Count = 0;

    /// <summary>There are twice as many slots: what was in slot i of n is now in i or in i + n.</summary>
    /// <param name="places">All 0 for what it holds.</param>
    /// <param name="first">The slot of the oldest number; those in slots before it came after all others.</param>
    /// <param name="isHigh">The oldest number is now in first + n.</param>
    public void DoubleSlots(int[] places, int first, bool isHigh)
    {
        int slots = _places.Length;
        _places = places;
        for (int place = 0; place < Count; place++)
        {
            ref int slot = ref _slots[place];
            if (isHigh == slot >= first) slot += slots;
            places[slot] = _sign * (1 + place);
        }
    }

    private int PlaceOf(int slot) => _places[slot] * _sign - 1;

    /// <summary>To where it belongs, from a place whose number is gone.</summary>
    private void Settle(int place, double key, int slot)
    {
        if (place > 0 && key < _keys[(place - 1) >> ChildrenLog]) Rise(place, key, slot);
        else Sink(place, key, slot);
    }

    private void Rise(int place, double key, int slot)
    {
        while (place > 0)
        {
            int parent = (place - 1) >> ChildrenLog;
            if (!(key < _keys[parent])) break;
            Put(place, _keys[parent], _slots[parent]);
            place = parent;
        }
        Put(place, key, slot);
    }

    private void Sink(int place, double key, int slot)
    {
        while (true)
        {
            int child = (place << ChildrenLog) + 1;
            if (child >= Count) break;
            int least = LeastOf(_keys.AsSpan(child, Math.Min(Children, Count - child)));
            if (!(_keys[child + least] < key)) break;
            Put(place, _keys[child + least], _slots[child + least]);
            place = child + least;
        }
        Put(place, key, slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LeastOf(ReadOnlySpan<double> keys)
    {
        int least = 0;
        double leastKey = keys[0];
        for (int i = 1; i < keys.Length; i++)
        {
            bool isLess = keys[i] < leastKey;
            least = isLess ? i : least;
            leastKey = isLess ? keys[i] : leastKey;
        }
        return least;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(int place, double key, int slot)
    {
        _keys[place] = key;
        _slots[place] = slot;
        _places[slot] = _sign * (1 + place);
    }
}
