using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>Our orders that end by themselves, the first to end first; of those that end at one time the one accepted first.</summary>
/// <remarks>A heap in which each order knows its slot: most of them are filled or canceled long before their time. Day orders of one session all end at one time and are
/// added in order of acceptance, so none of them moves.</remarks>
internal sealed class ExpiryQueue
{
    private OwnOrder[] _heap = new OwnOrder[16];
    private int _count;

    /// <summary>When the first one ends; None when none does.</summary>
    public Timestamp Due { get; private set; } = Timestamp.None;

    /// <summary>There is one.</summary>
    public OwnOrder First => _heap[0];

    public void Add(OwnOrder order)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        Rise(_count++, order);
        NoteFirst();
    }

    /// <summary>Nothing happens when it is not there.</summary>
    public void Remove(OwnOrder order)
    {
        int slot = order.ExpirySlot;
        if (slot < 0) return;
        order.ExpirySlot = -1;
        OwnOrder last = _heap[--_count];
        _heap[_count] = null!;
        if (last != order) Move(slot, last);
        NoteFirst();
    }

    private void Move(int slot, OwnOrder order)
    {
        if (slot > 0 && IsBefore(order, _heap[(slot - 1) / 2])) Rise(slot, order);
        else Sink(slot, order);
    }

    private void Rise(int slot, OwnOrder order)
    {
        for (int above; slot > 0 && IsBefore(order, _heap[above = (slot - 1) / 2]); slot = above) Put(slot, _heap[above]);
        Put(slot, order);
    }

    private void Sink(int slot, OwnOrder order)
    {
        for (int below; (below = 2 * slot + 1) < _count; slot = below)
        {
            if (below + 1 < _count && IsBefore(_heap[below + 1], _heap[below])) below++;
            if (!IsBefore(_heap[below], order)) break;
            Put(slot, _heap[below]);
        }
        Put(slot, order);
    }

    private void Put(int slot, OwnOrder order)
    {
        _heap[slot] = order;
        order.ExpirySlot = slot;
    }

    private void NoteFirst() => Due = _count > 0 ? _heap[0].Expiry : Timestamp.None;

    private static bool IsBefore(OwnOrder left, OwnOrder right) =>
        left.Expiry != right.Expiry ? left.Expiry < right.Expiry : left.VenueOrderId < right.VenueOrderId;
}
