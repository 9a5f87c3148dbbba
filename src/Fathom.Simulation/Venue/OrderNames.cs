using System.Diagnostics.CodeAnalysis;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>The orders that the venue knows, by name: the live ones, and the last 8,192 that are not live any more. An older one is
/// forgotten: a cancel of it meets an unknown order, and memory does not grow with the length of a run.</summary>
internal sealed class OrderNames
{
    private readonly Dictionary<ClientOrderId, OwnOrder> _live = new(64);
    private readonly List<OwnOrder> _unnamed = [];      // live ones that others placed
    private readonly ClosedOrders _closed = new();

    public int LiveCount => _live.Count + _unnamed.Count;

    public bool IsKnown(ClientOrderId id) => _live.ContainsKey(id) || _closed.Contains(id);

    public bool TryFind(ClientOrderId id, [NotNullWhen(true)] out OwnOrder? order) => _live.TryGetValue(id, out order);

    /// <summary>By either of its names: by ours, where it is stated. Without it those that have none come first; the others are looked at one by one.</summary>
    public bool TryFind(ClientOrderId id, ulong venueOrderId, [NotNullWhen(true)] out OwnOrder? order)
    {
        if (!id.IsNone) return _live.TryGetValue(id, out order);
        order = null;
        foreach (OwnOrder one in _unnamed)
            if (one.VenueOrderId == venueOrderId) order = one;
        if (order is not null) return true;
        foreach (OwnOrder one in _live.Values)
            if (one.VenueOrderId == venueOrderId) order = one;
        return order is not null;
    }

    /// <summary>As it ended, by either of its names: by ours, where it is stated.</summary>
    public bool TryFindClosed(ClientOrderId id, ulong venueOrderId, out VenueOrder order) =>
        id.IsNone ? _closed.TryFind(venueOrderId, out order) : _closed.TryFind(id, out order);

    /// <summary>Adds all live orders to a list, in order of acceptance.</summary>
    public void AddLiveTo(List<OwnOrder> orders)
    {
        orders.AddRange(_live.Values);
        orders.AddRange(_unnamed);
        orders.Sort(static (left, right) => left.VenueOrderId.CompareTo(right.VenueOrderId));
    }

    /// <param name="order">Without a name of ours when others placed it.</param>
    public void Open(OwnOrder order)
    {
        if (order.ClientOrderId.IsNone) _unnamed.Add(order);
        else _live.Add(order.ClientOrderId, order);
    }

    /// <summary>The order is not live any more.</summary>
    /// <param name="order">As it ended.</param>
    public void Close(OwnOrder order)
    {
        if (order.ClientOrderId.IsNone) RemoveUnnamed(order.VenueOrderId);
        else _live.Remove(order.ClientOrderId);
        order.Describe(out _closed.Add(order.ClientOrderId));
    }

    /// <summary>The order never lived. Its name is not known yet.</summary>
    public void Close(in VenueOrder rejected) => _closed.Add(rejected.ClientOrderId) = rejected;

    private void RemoveUnnamed(ulong venueOrderId) => _unnamed.RemoveAll(one => one.VenueOrderId == venueOrderId);
}
