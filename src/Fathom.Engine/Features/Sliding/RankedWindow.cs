using System.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Sliding;

/// <summary>
/// The values of a window, cut in two at a rank: the lower ones in a heap whose top is their largest, the others in one whose top is their smallest. What leaves the window is found by the slot that it has in the
/// order of coming. A new value mostly takes the place of the one that leaves and moves a step or two from there, whatever the window; the longest way is the height of a heap.
/// </summary>
internal sealed class RankedWindow : IWindow
{
    private readonly FeatureWindow _window;
    private readonly double _share;
    private readonly SlotHeap _lower, _upper;
    private Ring<long> _times;      // of a window of a time
    private int[] _places;      // of all values, in either heap
    private long _first, _end;      // numbers of the oldest value and of the one to come; a value's slot is the last bits of its number

    /// <param name="share">Of all ranks that lie below the cut, 0 to 1: with n values the cut is at (n − 1) × share, counted from 0.</param>
    public RankedWindow(FeatureWindow window, double share)
    {
        (_window, _share) = (window, share);
        int capacity = window.IsTime ? TimeWindows.InitialCapacity : window.Count;
        _times = new Ring<long>(window.IsTime ? capacity : 1);
        _places = new int[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        int lower = LowerOf(capacity);
        _lower = new SlotHeap(lower + 1, sign: 1, _places);
        _upper = new SlotHeap(capacity - lower + 1, sign: -1, _places);
    }

    public bool IsTime => _window.IsTime;

    public int Count => (int)(_end - _first);

    /// <summary>It is as full as it has to be: a window of a count holds that many, one of a time has any.</summary>
    public bool IsKnown => IsTime ? Count > 0 : Count == _window.Count;

    /// <summary>The value at the cut, on the straight line between its neighbours; there is one.</summary>
    public double AtCut
    {
        get
        {
            double below = -_lower.TopKey, part = (Count - 1) * _share - (_lower.Count - 1);
            return part > 0 && _upper.Count > 0 ? below + part * (_upper.TopKey - below) : below;
        }
    }

    public void Take(Timestamp now, double value)
    {
        if (IsTime)
            while (Count > 1 && IsPast(_times.First + 1, now)) DropFirst();
        if (Count == (IsTime ? TimeWindows.SamplesMax : _window.Count) || (IsTime && Count > 0 && IsPast(_times.First, now))) Exchange(value);
        else Add(value);
        if (!IsTime) return;
        if (_times.Count == Count) _times.DropFirst();
        _times.Add(now.Nanos);
    }

    /// <summary>What is too old by now goes, where the window is a time.</summary>
    /// <returns>Something went.</returns>
    public bool Expire(Timestamp now)
    {
        if (!IsTime) return false;
        long first = _first;
        while (Count > 0 && IsPast(_times.First, now)) DropFirst();
        return _first != first;
    }

    public void Clear()
    {
        _times.Clear();
        _lower.Clear();
        _upper.Clear();
        Array.Clear(_places);
        (_first, _end) = (0, 0);
    }

    private bool IsPast(long number, Timestamp now) => now.Nanos - _times[number] >= _window.Time.Nanos;

    /// <summary>The oldest goes, the new one comes: as many on either side as before.</summary>
    private void Exchange(double value)
    {
        int slot = SlotOf(_first++), added = SlotOf(_end++);
        if (_lower.Holds(slot))
        {
            if (_upper.Count > 0 && value > _upper.TopKey) MoveAndReplace(_upper, _lower, slot, value, added);
            else _lower.Replace(slot, -value, added);
        }
        else if (_lower.Count > 0 && value < -_lower.TopKey)
        {
            MoveAndReplace(_lower, _upper, slot, -value, added);
        }
        else
        {
            _upper.Replace(slot, value, added);
        }
    }

    /// <summary>The top of one takes the place of what leaves the other, the new one that of the top.</summary>
    private static void MoveAndReplace(SlotHeap from, SlotHeap to, int slot, double key, int added)
    {
        to.Replace(slot, -from.TopKey, from.TopSlot);
        from.ReplaceTop(key, added);
    }

    private void Add(double value)
    {
        if (Count == _places.Length) DoubleSlots();
        int slot = SlotOf(_end++);
        if (_lower.Count > 0 && value <= -_lower.TopKey) _lower.Add(-value, slot);
        else _upper.Add(value, slot);
        Balance();
    }

    private void DropFirst()
    {
        _times.DropFirst();
        int slot = SlotOf(_first++);
        if (_lower.Holds(slot)) _lower.Remove(slot);
        else _upper.Remove(slot);
        Balance();
    }

    private void Balance()
    {
        int lower = LowerOf(Count);
        while (_lower.Count < lower) Move(_upper, _lower);
        while (_lower.Count > lower) Move(_lower, _upper);
    }

    private static void Move(SlotHeap from, SlotHeap to)
    {
        double key = -from.TopKey;
        int slot = from.TopSlot;
        from.Remove(slot);
        to.Add(key, slot);
    }

    private int LowerOf(int count) => count == 0 ? 0 : (int)((count - 1) * _share) + 1;

    private int SlotOf(long number) => (int)(number & (_places.Length - 1));

    private void DoubleSlots()
    {
        int[] places = new int[_places.Length * 2];
        int first = SlotOf(_first);
        bool isHigh = (_first & _places.Length) != 0;
        _lower.DoubleSlots(places, first, isHigh);
        _upper.DoubleSlots(places, first, isHigh);
        _places = places;
    }
}
