using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Market.Books;

namespace Fathom.Engine.Execution;

/// <summary>When a stop that we hold is met, and how it trails.</summary>
internal static class StopTrigger
{
    public static bool IsByTrades(Order order) => order.TriggerSource != TriggerSource.BidAsk;

    /// <summary>A buy waits for its trigger or more, a sell for it or less. A trailing stop that has seen no price waits for the first.</summary>
    public static bool IsMet(Order order, Price price) =>
        !order.TriggerPrice.IsNone && (order.Side == Side.Buy ? price >= order.TriggerPrice : price <= order.TriggerPrice);

    /// <summary>The price that the order watches, as last known: the last trade, or the best price that it would take of a sound book; false when there is none.</summary>
    /// <param name="isTrading">The market matches.</param>
    public static bool TryWatch(Order order, OrderBook book, bool isTrading, out Price price)
    {
        price = book.LastTrade;
        if (IsByTrades(order)) return !price.IsNone;
        bool isSound = TryBest(book, out BookLevel bid, out BookLevel ask);
        price = order.Side == Side.Buy ? ask.Price : bid.Price;
        return isSound && isTrading;
    }

    /// <summary>Both sides, not crossed, not stale.</summary>
    public static bool TryBest(OrderBook book, out BookLevel bid, out BookLevel ask) => book.TryBest(out bid, out ask) && bid.Price <= ask.Price && !book.IsStale;

    /// <summary>Takes a watched price into account: where it is the best for the order so far, a trailing trigger follows it, if that is better.</summary>
    public static void Follow(Order order, Price price, Price tick)
    {
        if (!order.Extreme.IsNone && (order.Side == Side.Buy ? price >= order.Extreme : price <= order.Extreme)) return;
        order.Extreme = price;
        order.MoveTrigger(Better(order.Side, order.TriggerPrice, Trail(order, tick)));
    }

    /// <summary>Sets a trailing trigger anew from what was stated and seen.</summary>
    public static void Reset(Order order, Price tick) =>
        order.MoveTrigger(order.Extreme.IsNone ? order.TriggerStated : Better(order.Side, order.TriggerStated, Trail(order, tick)));

    /// <summary>The best price less the offset (a buy: plus), rounded to the tick away from the market; beyond all prices it stops at the last one.</summary>
    private static Price Trail(Order order, Price tick)
    {
        bool isBuy = order.Side == Side.Buy;
        Int128 trail = order.Extreme.Nanos + (isBuy ? order.TrailOffset.Nanos : -(Int128)order.TrailOffset.Nanos);
        Int128 over = tick.Nanos > 0 ? (trail % tick.Nanos + tick.Nanos) % tick.Nanos : 0;
        if (over != 0) trail += isBuy ? tick.Nanos - over : -over;
        return new Price((long)Int128.Clamp(trail, -(long.MaxValue - 1), long.MaxValue - 1));
    }

    private static Price Better(Side side, Price left, Price right) => left.IsNone ? right : (side == Side.Buy ? right < left : right > left) ? right : left;
}
