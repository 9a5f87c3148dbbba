using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>The last 65,536 orders that are over, rejected ones included, each as it ended. An older one is forgotten: memory grows once, and not with the length of a run.</summary>
internal sealed class ClosedOrders
{
    public const int CountMax = 65_536;

    private readonly Dictionary<ClientOrderId, int> _slots = new(CountMax);      // those that have a name of ours
    private VenueOrder[] _orders = new VenueOrder[1024];
    private int _next;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public bool Contains(ClientOrderId id) => _slots.ContainsKey(id);

    /// <param name="order">Its name, where it has one, is not among them. Of its header only the instrument counts.</param>
    public void Add(in VenueOrder order)
    {
        if (Count == CountMax) _slots.Remove(_orders[_next].ClientOrderId);
        else Count++;
        if (_next == _orders.Length) Array.Resize(ref _orders, CountMax);
        if (!order.ClientOrderId.IsNone) _slots.Add(order.ClientOrderId, _next);
        _orders[_next] = order;
        _next = _next == CountMax - 1 ? 0 : _next + 1;
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
