using System.Runtime.CompilerServices;

namespace Fathom.Market.Books;

/// <summary>
/// The slots of all resting orders. A free slot is taken last in, first out: the slot that is taken is the one that was touched most recently, so
/// the working set is the live orders and not every order there ever was. Slot 0 is nobody's: it means "none", and unlinking may write to it blindly.
/// </summary>
internal sealed unsafe class OrderPool : IDisposable
{
    private const int LengthMin = 1024;
    private const uint FreshAtOnce = 256;

    private readonly NativeArray<OrderSlot> _slots = new();

    /// <summary>First free slot that was used before; 0 when there is none.</summary>
    private uint _free;

    /// <summary>First slot that was never free.</summary>
    private uint _fresh = 1;

    public OrderPool() => _slots.Grow(LengthMin);

    public OrderSlot* Slots => _slots.Items;

    /// <summary>Slots below this rest in a queue or are free.</summary>
    public uint Used => _fresh;

    public bool HasFree => _free != 0;

    /// <summary>Takes a slot whose content is arbitrary. May move all slots.</summary>
    public uint Take()
    {
        if (_free == 0) FreeFreshOnes();
        return TakeFree(Slots);
    }

    /// <summary>Takes a used slot; <see cref="HasFree"/> holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TakeFree(OrderSlot* slots)
    {
        uint slot = _free;
        _free = slots[slot].Next;
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(OrderSlot* slots, uint slot)
    {
        slots[slot].Next = _free;
        _free = slot;
    }

    /// <summary>How many slots are free, by walking the list.</summary>
    public int CountFree()
    {
        int count = 0;
        for (uint slot = _free; slot != 0; slot = Slots[slot].Next) count++;
        return count;
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Some at once, so that a book that fills up does not come here for every order.</summary>
    private void FreeFreshOnes()
    {
        if (_fresh == _slots.Length) _slots.Grow(checked(2 * _slots.Length));
        uint end = Math.Min(_fresh + FreshAtOnce, (uint)_slots.Length);
        for (uint slot = end - 1; slot >= _fresh; slot--) Release(Slots, slot);
        _fresh = end;
    }
}
