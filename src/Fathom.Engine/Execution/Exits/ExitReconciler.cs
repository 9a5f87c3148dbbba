using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Execution.Exits;

/// <summary>
/// Finds the next thing to be done so that an exit order is as planned. A request that is not answered is waited for, and so is a stop that was met.
/// <para>Each exit is a reduce-only order by itself, not a list: the end of one must not take the other along, and what one fills is taken off the other by its being reduce-only. Orders that rest are cut
/// with the position by the venue, or by whoever watches them in its place; one that waits for its trigger is cut by nobody before, so here.</para>
/// </summary>
internal static class ExitReconciler
{
    /// <param name="order">The live one; null for none.</param>
    /// <param name="source">By which price it is met.</param>
    public static ExitAction DecideStop(in ExitPlan plan, InstrumentId instrument, Order? order, TriggerSource source)
    {
        if (order is null)
        {
            return ExitAction.Submit(Intent(in plan, instrument, Price.None, plan.StopReason) with
            {
                Type = plan.StopType,
                TriggerPrice = plan.Trigger,
                TriggerSource = source,
                TrailOffset = plan.TrailOffset,
            });
        }
        if (!order.IsWaiting || !IsAtRest(order)) return ExitAction.None;
        if (order.Type != plan.StopType) return ExitAction.Cancel;
        Price trigger = plan.TrailOffset.IsNone ? plan.Trigger : ExitPlan.Tighter(plan.Side == Side.Sell, order.TriggerStated, plan.Trigger);
        Quantity whole = order.Cumulative + plan.Quantity;
        if (order.Quantity == whole && order.TriggerStated == trigger) return ExitAction.None;
        return ExitAction.Replace(new OrderChange { Quantity = whole, TriggerPrice = trigger });
    }

    /// <param name="order">The live one; null for none.</param>
    public static ExitAction DecideTakeProfit(in ExitPlan plan, InstrumentId instrument, Order? order)
    {
        if (order is null) return ExitAction.Submit(Intent(in plan, instrument, plan.TakeProfit, ReasonCode.TakeProfit));
        if (order.IsHere || !IsAtRest(order)) return ExitAction.None;
        bool isMoved = order.Price != plan.TakeProfit, isSmall = order.Leaves < plan.Quantity;
        return isMoved || isSmall ? ExitAction.Replace(new OrderChange { Quantity = order.Cumulative + plan.Quantity, Price = plan.TakeProfit }) : ExitAction.None;
    }

    /// <summary>Closes a position at any price.</summary>
    public static OrderIntent Close(in ExitPlan plan, InstrumentId instrument, ReasonCode reason) =>
        Intent(in plan, instrument, Price.None, reason) with { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel };

    /// <summary>Why an exit order is there.</summary>
    public static ReasonCode ReasonOf(ulong userTag) => (ReasonCode)userTag;

    /// <summary>Nothing about it is unanswered.</summary>
    private static bool IsAtRest(Order order) => order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled or OrderStatus.Held;

    /// <summary>The order's tag says why it is there: it comes back wherever the order does.</summary>
    private static OrderIntent Intent(in ExitPlan plan, InstrumentId instrument, Price price, ReasonCode reason) =>
        new(instrument, plan.Side, plan.Quantity, price) { ReduceOnly = true, UserTag = (ulong)reason };
}
