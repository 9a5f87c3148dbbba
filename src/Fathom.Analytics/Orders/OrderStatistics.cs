using Fathom.Analytics.Statistics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Orders;

/// <summary>Adds up what becomes of one strategy's orders.</summary>
internal sealed class OrderStatistics(ushort strategy, int sampleMax)
{
    private readonly BoundedSample _atPlacement = new(sampleMax);
    private readonly BoundedSample _atFill = new(sampleMax);
    private long _sentOrders, _filledOrders;
    private Int128 _sentNanos, _filledNanos;

    public StrategyOrders Result => new(
        strategy,
        new FillRate(strategy, _sentOrders, _filledOrders, new Volume(_sentNanos), new Volume(_filledNanos)),
        QueuePlaces.Of(_atPlacement),
        QueuePlaces.Of(_atFill));

    public void NoteSent(Quantity quantity)
    {
        _sentOrders++;
        _sentNanos += quantity.Nanos;
    }

    /// <param name="quantityBefore">What the order asked for before the change.</param>
    public void NoteChange(OrderRecord order, Quantity quantityBefore, bool isPlacement)
    {
        _sentNanos += (Int128)order.Quantity.Nanos - quantityBefore.Nanos;
        if (order.Status == OrderStatus.Filled) _filledOrders++;
        if (isPlacement && !order.QueueAtPlacement.IsNone) _atPlacement.Add(order.QueueAtPlacement.Nanos);
    }

    public void NoteFill(in FillEvent fill)
    {
        _filledNanos += fill.Quantity.Nanos;
        if (!fill.QueueAhead.IsNone) _atFill.Add(fill.QueueAhead.Nanos);
    }
}
