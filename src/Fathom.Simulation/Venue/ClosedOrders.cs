using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>The last 8,192 orders that are over, rejected ones included, each as it ended. An older one is forgotten: memory grows once, and not with the length of a run.</summary>
internal sealed class ClosedOrders
{
    public const int CountMax = 8_192;

    private readonly Dictionary<ClientOrderId, int> _slots = new(CountMax);      // those that have a name of ours
    private VenueOrder[] _orders = new VenueOrder[1024];
    private int _next;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public bool Contains(ClientOrderId id) => _slots.ContainsKey(id);

    /// <summary>Makes room for one; the caller writes it, with this name.</summary>
    /// <param name="id">Not among them, or None.</param>
    public ref VenueOrder Add(ClientOrderId id)
    {
        if (Count == CountMax) _slots.Remove(_orders[_next].ClientOrderId);
        else Count++;
        if (_next == _orders.Length) Array.Resize(ref _orders, _orders.Length * 8);
        if (!id.IsNone) _slots.Add(id, _next);
        ref VenueOrder slot = ref _orders[_next];
        _next = _next == CountMax - 1 ? 0 : _next + 1;
        return ref slot;
    }

    public bool TryFind(ClientOrderId id, out VenueOrder order)
    {
        bool isThere = _slots.TryGetValue(id, out int slot);
        order = isThere ? _orders[slot] : default;
        return isThere;
    }

    /// <summary>Looks at all of them: for the few that have no name of ours.</summary>
    public bool TryFind(ulong venueOrderId, out VenueOrder order)
    {
        foreach (ref readonly VenueOrder one in _orders.AsSpan(0, Count))
        {
            if (one.VenueOrderId != venueOrderId || venueOrderId == 0) continue;
            order = one;
            return true;
        }
        order = default;
        return false;
    }
}
