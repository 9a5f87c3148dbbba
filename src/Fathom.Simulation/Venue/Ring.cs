using Fathom.Domain;

namespace Fathom.Simulation.Venue;

/// <summary>A queue in a circle of slots that grows by doubling up to a bound and then allocates no more.</summary>
/// <param name="countMax">A power of two. More waiting items mean that a strategy runs away or a clock stands still.</param>
internal sealed class Ring<T>(int countMax) where T : unmanaged
{
    private T[] _slots = new T[16];
    private int _head;

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    /// <summary>The oldest item; there is one.</summary>
    public ref readonly T First => ref _slots[_head];

    public void Enqueue(in T item)
    {
        if (Count == _slots.Length) Grow();
        _slots[(_head + Count) & (_slots.Length - 1)] = item;
        Count++;
    }

    /// <summary>Drops the oldest item; there is one.</summary>
    public void Dequeue()
    {
        _head = (_head + 1) & (_slots.Length - 1);
        Count--;
    }

    private void Grow()
    {
        Invariant.Require(Count < countMax, "a venue's queue stays below its bound");
        T[] larger = new T[_slots.Length * 2];
        for (int i = 0; i < Count; i++) larger[i] = _slots[(_head + i) & (_slots.Length - 1)];
        _slots = larger;
        _head = 0;
    }
}
