using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Risk;

/// <summary>Whether an order states the conditions that its type and time in force need, and no others. A trigger or offset of zero counts as not stated, as at a venue.</summary>
internal static class OrderConditions
{
    /// <param name="order">The one that is to be replaced, null for a new order. A replacement states all that it leaves as it is.</param>
    /// <returns>The tick and what was found instead, or the engine's clock and the expiry; zeros where something is there that has no place, or is not there.</returns>
    public static Refusal Check(in OrderCommand command, Order? order, Price tick)
    {
        bool hasPlace = !command.Type.HasTrigger() || order is null || order.IsWaiting;
        Refusal refusal = hasPlace ? CheckTrigger(in command, tick) : Refusal.None;
        if (!refusal.IsNone || order is not null) return refusal;
        return CheckTime(in command);
    }

    private static Refusal CheckTrigger(in OrderCommand command, Price tick)
    {
        bool isTrailing = command.Type == OrderType.Trailing, hasTrigger = command.Type.HasTrigger();
        bool isTriggerSound = IsStated(command.TriggerPrice) ? hasTrigger && IsOnTick(command.TriggerPrice, tick) : command.Type is not (OrderType.Stop or OrderType.StopLimit);
        if (!isTriggerSound) return Wrong(tick, command.TriggerPrice);
        bool isOffsetSound = IsStated(command.TrailOffset) ? isTrailing && command.TrailOffset.Nanos > 0 && IsOnTick(command.TrailOffset, tick) : !isTrailing;
        if (!isOffsetSound) return Wrong(tick, command.TrailOffset);
        bool isPriceless = command.Type is OrderType.Market or OrderType.Stop or OrderType.Trailing;
        return isPriceless && !command.Price.IsNone && command.Type != OrderType.Market ? Wrong(tick, command.Price) : Refusal.None;
    }

    private static Refusal CheckTime(in OrderCommand command)
    {
        bool isDated = command.TimeInForce == TimeInForce.GoodTillDate, hasTime = command.ExpireTime.Nanos != 0 && !command.ExpireTime.IsNone;
        if (hasTime != isDated) return new Refusal(ReasonCode.ConditionInvalid, 0, 0);
        if (isDated && command.ExpireTime <= command.Header.EventTime) return new Refusal(ReasonCode.ConditionInvalid, command.Header.EventTime.Nanos, command.ExpireTime.Nanos);
        bool canRest = command.Type is OrderType.Limit or OrderType.StopLimit && !command.TimeInForce.IsImmediate();
        return command.IsPostOnly && !canRest ? new Refusal(ReasonCode.ConditionInvalid, 0, 0) : Refusal.None;
    }

    private static bool IsStated(Price price) => price.Nanos != 0 && !price.IsNone;

    private static bool IsOnTick(Price price, Price tick) => tick.Nanos <= 0 || price.Nanos % tick.Nanos == 0;

    private static Refusal Wrong(Price tick, Price found) => new(ReasonCode.ConditionInvalid, tick.Nanos, found.IsNone ? 0 : found.Nanos);
}
