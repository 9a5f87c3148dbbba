using System.Runtime.CompilerServices;

namespace Fathom.Simulation.Generator;

/// <summary>The live orders of all instruments in one array of fixed size, free slots linked through <see cref="RestingOrder.Next"/>.</summary>
internal sealed class OrderPool
{
    private readonly RestingOrder[] _orders;
    private int _free = -1;
    private int _used;

    public OrderPool(int capacity) => _orders = new RestingOrder[capacity];

    public int Live { get; private set; }

    public bool IsFull => Live == _orders.Length;

    public ref RestingOrder this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _orders[slot];
    }

    /// <summary>The slot of a new order; the caller has seen that the pool is not full.</summary>
    public int Take(ulong id, int key, int quantity)
    {
        int slot = _free;
        if (slot >= 0) _free = _orders[slot].Next;
        else slot = _used++;
        Live++;
        _orders[slot] = new RestingOrder { Id = id, Key = key, Quantity = quantity, Next = -1, Previous = -1 };
        return slot;
    }

    public void Return(int slot)
    {
        _orders[slot].Next = _free;
        _free = slot;
        Live--;
    }
}
