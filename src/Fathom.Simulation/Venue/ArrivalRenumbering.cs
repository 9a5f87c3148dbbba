using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>Carries our places in the queues over the moment at which a book gives all its orders new arrivals, once in four billion of them.</summary>
internal static class ArrivalRenumbering
{
    /// <summary>Counts the orders ahead of each of ours, without the one that is about to move.</summary>
    public static void CountAhead(OrderBook book, ReadOnlySpan<OwnOrder> orders, ulong moving)
    {
        foreach (OwnOrder order in orders)
        {
            order.OrdersAhead = 0;
            foreach (QueuedOrder other in book.QueueAt(order.Side, order.Price))
                if (other.OrderId != moving && other.Arrival < order.Place) order.OrdersAhead++;
        }
    }

    /// <summary>Puts each of ours right behind the last of the orders that it counted: queues keep their order.</summary>
    public static void Restore(OrderBook book, ReadOnlySpan<OwnOrder> orders, ulong moved)
    {
        foreach (OwnOrder order in orders)
        {
            if (order.Place == OwnOrder.BehindAll) continue;
            int passed = 0;
            order.Place = 0;
            foreach (QueuedOrder other in book.QueueAt(order.Side, order.Price))
            {
                if (passed == order.OrdersAhead) break;
                if (other.OrderId == moved) continue;
                passed++;
                order.Place = other.Arrival + 1L;
            }
        }
    }
}
