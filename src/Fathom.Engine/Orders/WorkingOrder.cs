using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>A live order as a reader sees it: a copy, so that it may be kept.</summary>
/// <param name="QueueAhead">Quantity ahead of us as the venue last said; None when it never did.</param>
/// <param name="Origin">The form of want that it comes from.</param>
public readonly record struct WorkingOrder(
    ClientOrderId Id, InstrumentId Instrument, Side Side, Price Price, Quantity Quantity, Quantity Leaves, OrderStatus Status, Quantity QueueAhead, OrderOrigin Origin)
{
    internal static WorkingOrder Of(Order order) =>
        new(order.Id, order.Instrument, order.Side, order.Price, order.Quantity, order.Leaves, order.Status, order.QueueAhead, order.Origin);
}
