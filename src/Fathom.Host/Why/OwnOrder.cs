using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Host.Why;

/// <summary>A live order of ours at a moment.</summary>
/// <param name="Ahead">Quantity ahead of it in its queue, as far as the engine knew; None when it did not.</param>
internal readonly record struct OwnOrder(
    ClientOrderId Id, int Owner, Side Side, OrderType Type, OrderStatus Status, OrderOrigin Origin, Price Price, Price TriggerPrice, Quantity Leaves, Quantity Ahead);
