using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Execution;

/// <summary>
/// Finds the next thing to be done so that a position becomes its target.
/// <para>At most one order works for a target. So what is live is never more than what is missing: an order on the wrong side, too large, or of another urgency goes (or shrinks) first, and what takes its
/// place waits until it is gone. An order with an unanswered request is left alone until the answer is there; only where it has no business any more it is canceled at once.</para>
/// <para>What is missing is rounded toward the position that there is: the last whole lot before the target is as near as it gets. What tape orders filled of an order may be no whole number of lots; its
/// whole quantity always is.</para>
/// </summary>
internal static class TargetReconciler
{
    /// <param name="wanted">What the target is to be for now; signed.</param>
    /// <param name="order">The live order of the target; null when there is none.</param>
    /// <param name="position">The strategy's own.</param>
    /// <param name="definition">The instrument's.</param>
    public static TargetAction Decide(StandingTarget standing, Quantity wanted, Order? order, Quantity position, in InstrumentDefinition definition)
    {
        if (standing.IsBlocked) return TargetAction.None;

        bool isWanted = standing is { IsStanding: true, IsQuotable: true, IsExited: false } && definition.Tick.Nanos > 0;
        Int128 missing = isWanted ? (Int128)wanted.Nanos - position.Nanos : 0;
        Side side = missing > 0 ? Side.Buy : Side.Sell;
        long filled = order?.Cumulative.Nanos ?? 0;
        long whole = WholeLots(filled + Int128.Abs(missing), definition.Lot);
        if (order is null) return whole > 0 ? new TargetAction(WantKind.Submit, NewOrder(standing, side, new Quantity(whole), definition.Tick)) : TargetAction.None;
        return whole > filled && order.Side == side && IsShaped(order, standing.Target.Urgency) ? Adjust(standing, order, whole, definition.Tick) : End(order);
    }

    /// <summary>Cancels what has no business any more. What cannot rest is over before a cancel could reach it.</summary>
    private static TargetAction End(Order order) =>
        order.Type == OrderType.Market || order.IsCancelSent ? TargetAction.None : new TargetAction(WantKind.Cancel, default);

    private static OrderIntent NewOrder(StandingTarget standing, Side side, Quantity quantity, Price tick)
    {
        TargetUrgency urgency = standing.Target.Urgency;
        if (urgency != TargetUrgency.Immediate) return new OrderIntent(standing.Instrument, side, quantity, PriceOf(standing, side, tick)) { PostOnly = urgency == TargetUrgency.Passive };
        return new OrderIntent(standing.Instrument, side, quantity, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel };
    }

    private static bool IsShaped(Order order, TargetUrgency urgency) => urgency switch
    {
        TargetUrgency.Immediate => order.Type == OrderType.Market,
        TargetUrgency.Passive => order.Type == OrderType.Limit && (order.Flags & OrderFlags.PostOnly) != 0,
        _ => order.Type == OrderType.Limit && (order.Flags & OrderFlags.PostOnly) == 0,
    };

    /// <summary>Moves a live limit order after the market, makes it smaller where it is too large, and larger where it has lost its place in the queue anyway, where that is worth nothing, or where it is
    /// less than half of what is missing.</summary>
    private static TargetAction Adjust(StandingTarget standing, Order order, long whole, Price tick)
    {
        if (order.Type == OrderType.Market || order.Status is not (OrderStatus.Open or OrderStatus.PartiallyFilled)) return TargetAction.None;
        bool isPassive = standing.Target.Urgency == TargetUrgency.Passive;
        Price price = PriceOf(standing, order.Side, tick);
        // At a better price than the market's the other side comes to us: only what it has left behind moves.
        bool isLeft = order.Side == Side.Buy ? order.Price < price : order.Price > price;
        bool isMoved = isPassive ? order.Price != price : isLeft;
        long leaves = whole - order.Cumulative.Nanos;
        bool isGrowing = leaves > order.Leaves.Nanos;
        if (isGrowing && isPassive && !isMoved && order.Leaves.Nanos >= leaves / 2) whole = order.Quantity.Nanos;
        if (!isMoved && whole == order.Quantity.Nanos) return TargetAction.None;
        return new TargetAction(WantKind.Replace, new OrderIntent(standing.Instrument, order.Side, new Quantity(whole), isMoved ? price : order.Price));
    }

    /// <summary>The best price of the own side (passive) or of the other one. Off the tick: the next one that does not take (passive), or that still does.</summary>
    private static Price PriceOf(StandingTarget standing, Side side, Price tick)
    {
        bool isPassive = standing.Target.Urgency == TargetUrgency.Passive, isBuy = side == Side.Buy;
        long best = (isBuy == isPassive ? standing.Best.Bid : standing.Best.Ask).Price.Nanos;
        long rest = best % tick.Nanos;
        if (rest == 0) return new Price(best);
        Int128 down = (Int128)best - (rest > 0 ? rest : rest + tick.Nanos);
        Int128 price = isBuy == isPassive ? down : down + tick.Nanos;
        return new Price((long)Int128.Clamp(price, long.MinValue, long.MaxValue - 1));
    }

    private static long WholeLots(Int128 quantity, Quantity lot)
    {
        long most = (long)Int128.Min(quantity, long.MaxValue - 1);
        return lot.IsPositive ? most - most % lot.Nanos : most;
    }
}
