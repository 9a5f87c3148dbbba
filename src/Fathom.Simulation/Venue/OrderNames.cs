using System.Diagnostics.CodeAnalysis;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>The client order ids that the venue knows: those of live orders, and the last 65,536 that are not live any more. An older one is
/// forgotten: a cancel of it meets an unknown order, and memory does not grow with the length of a run.</summary>
internal sealed class OrderNames
{
    public const int ClosedMax = RecentIds<ClientOrderId>.CountMax;

    private readonly Dictionary<ClientOrderId, OwnOrder> _live = new(64);
    private readonly RecentIds<ClientOrderId> _closed = new();

    public int LiveCount => _live.Count;

    public bool IsKnown(ClientOrderId id) => _live.ContainsKey(id) || _closed.Contains(id);

    public bool IsClosed(ClientOrderId id) => _closed.Contains(id);

    public bool TryFind(ClientOrderId id, [NotNullWhen(true)] out OwnOrder? order) => _live.TryGetValue(id, out order);

    public void Open(OwnOrder order) => _live.Add(order.ClientOrderId, order);

    /// <summary>The id belongs to no live order (any more); it is not in the list of closed ones yet.</summary>
    public void Close(ClientOrderId id)
    {
        _live.Remove(id);
        _closed.Add(id);
    }
}
