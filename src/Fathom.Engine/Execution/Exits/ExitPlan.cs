using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Engine.Execution.Exits;

/// <summary>The orders that are to rest for a position: a stop, which trails or not, and a limit order that takes its profit.</summary>
/// <param name="Side">Of the orders: against the position.</param>
/// <param name="Quantity">Of the whole position, above zero.</param>
/// <param name="Trigger">Of the stop; None without one. Where it trails, the first one, by which it is there before any price was seen.</param>
/// <param name="TrailOffset">None where the stop does not trail.</param>
/// <param name="TakeProfit">None without one.</param>
internal readonly record struct ExitPlan(Side Side, Quantity Quantity, Price Trigger, Price TrailOffset, Price TakeProfit)
{
    public bool HasStop => !Trigger.IsNone;

    public bool HasTakeProfit => !TakeProfit.IsNone;

    public OrderType StopType => TrailOffset.IsNone ? OrderType.Stop : OrderType.Trailing;

    public ReasonCode StopReason => TrailOffset.IsNone ? ReasonCode.StopLoss : ReasonCode.TrailingStop;

    /// <summary>Plans for a position. A stop is never further than stated, a profit never smaller: prices off the tick go to the next tick that keeps the word.</summary>
    /// <param name="position">Signed, not zero.</param>
    /// <param name="average">Its average price.</param>
    /// <param name="trailOffset">As it was fixed when the position was opened; None where nothing trails.</param>
    /// <param name="tick">Above zero.</param>
    public static ExitPlan For(ExitOptions options, Quantity position, Price average, Price trailOffset, Price tick)
    {
        bool isLong = position.IsPositive;
        Price trigger = Price.None, takeProfit = Price.None;
        if (!options.StopLoss.IsNone) trigger = Level(average, options.StopLoss, tick, isUp: !isLong, isRoundedUp: isLong, canBeZero: false);
        if (!trailOffset.IsNone) trigger = Tighter(isLong, trigger, Level(average, trailOffset, tick, isUp: !isLong, isRoundedUp: isLong, canBeZero: false));
        if (!options.TakeProfit.IsNone) takeProfit = Level(average, options.TakeProfit, tick, isUp: isLong, isRoundedUp: isLong, canBeZero: true);
        return new ExitPlan(isLong ? Side.Sell : Side.Buy, new Quantity(Math.Abs(position.Nanos)), trigger, trailOffset, takeProfit);
    }

    /// <summary>The trigger that lets less be lost; one of them may be None.</summary>
    public static Price Tighter(bool isLong, Price left, Price right)
    {
        if (left.IsNone || right.IsNone) return left.IsNone ? right : left;
        return isLong == left > right ? left : right;
    }

    private static Price Level(Price average, PriceDistance distance, Price tick, bool isUp, bool isRoundedUp, bool canBeZero) =>
        Level(average, distance.At(average, tick), tick, isUp, isRoundedUp, canBeZero);

    /// <summary>A price at a distance. A trigger of zero would count as none: it is a tick nearer.</summary>
    private static Price Level(Price average, Price distance, Price tick, bool isUp, bool isRoundedUp, bool canBeZero)
    {
        Int128 level = average.Nanos + (isUp ? distance.Nanos : -(Int128)distance.Nanos);
        Int128 over = (level % tick.Nanos + tick.Nanos) % tick.Nanos;
        if (over != 0) level += isRoundedUp ? tick.Nanos - over : -over;
        if (level == 0 && !canBeZero) level = isUp ? -tick.Nanos : tick.Nanos;
        return new Price((long)Int128.Clamp(level, -(long.MaxValue - 1) / tick.Nanos * tick.Nanos, (long.MaxValue - 1) / tick.Nanos * tick.Nanos));
    }
}
