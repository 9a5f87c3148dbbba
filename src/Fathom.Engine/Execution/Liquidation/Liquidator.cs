using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>
/// Decides what a liquidation does next. It sends one limit order at a time, over at once (immediate or cancel), for no more than a share of the position and of what stands at the other side's best price, and none
/// before the last one is known to be over. No order is larger than what is left of the position when everything that may still be filled on its side is filled: it never turns the position around.
/// </summary>
/// <remarks>
/// The floor is the stricter of two prices: the mid of the beginning less so many bps (for a sale), so that a falling market does not take the floor along, and the mid of the moment less as many, so that a risen one does not
/// leave the floor behind. Where nothing is filled for longer than its patience it is widened; at the widest it is given up: a position that cannot be closed at a sane price is a matter for a person.
/// </remarks>
internal static class Liquidator
{
    private const int Whole = 10_000;

    /// <param name="collarBps">The gate lets no price pass that is further from the mid of the moment; 0 for none.</param>
    /// <param name="quantityMax">Nor an order that is larger; None for none.</param>
    public static LiquidationMove Decide(LiquidationOptions options, LiquidationPlan plan, in LiquidationView view, int collarBps, Quantity quantityMax)
    {
        if (plan.Rejects >= options.RejectsMax) return new LiquidationMove(LiquidationStep.GiveUp, Obstacle: LiquidationObstacle.Rejected);
        Int128 excess = Int128.Abs(view.Position.Nanos) - plan.Keep.Nanos;
        bool isOver = excess <= 0 || (plan.Keep.IsPositive && excess < view.Lot.Nanos);
        if (isOver) return view.HasLive ? LiquidationMove.Wait(LiquidationObstacle.Unanswered) : new LiquidationMove(LiquidationStep.Finish);
        long room = (long)Int128.Max(excess - view.ReservedNanos, 0);
        if (view.HasOwn || room == 0) return LiquidationMove.Wait(LiquidationObstacle.Unanswered);
        if (!view.IsTrading) return LiquidationMove.Wait(LiquidationObstacle.Halted);
        LiquidationMove next = Next(options, plan, in view, room, collarBps, quantityMax);
        bool isOutOfPatience = !plan.StuckSince.IsNone && plan.StuckSince + options.Patience <= view.Clock;
        if (!isOutOfPatience || next.Obstacle == LiquidationObstacle.Unanswered) return next;
        if (next.Obstacle == LiquidationObstacle.OddLot) return new LiquidationMove(LiquidationStep.GiveUp, Obstacle: next.Obstacle);      // no floor is wide enough for that
        LiquidationObstacle obstacle = next.Obstacle is LiquidationObstacle.NoMarket or LiquidationObstacle.Floor ? next.Obstacle : LiquidationObstacle.NoLiquidity;
        return new LiquidationMove(plan.FloorBps < options.FloorMaxBps ? LiquidationStep.Widen : LiquidationStep.GiveUp, Obstacle: obstacle);
    }

    private static LiquidationMove Next(LiquidationOptions options, LiquidationPlan plan, in LiquidationView view, long room, int collarBps, Quantity quantityMax)
    {
        Side side = view.Position.IsPositive ? Side.Sell : Side.Buy;
        if (!view.IsSound || !plan.HasReference) return LiquidationMove.Wait(LiquidationObstacle.NoMarket);
        Price floor = Floor(plan, in view, side, collarBps), touch = side == Side.Sell ? view.Bid : view.Ask;
        if (side == Side.Sell ? touch < floor : touch > floor) return LiquidationMove.Wait(LiquidationObstacle.Floor) with { Side = side, Price = floor };
        if (view.Clock < plan.NextSlice) return LiquidationMove.Wait(LiquidationObstacle.Pace);
        Quantity standing = side == Side.Sell ? view.BidQuantity : view.AskQuantity;
        long quantity = Size(options, plan, in view, room, standing, quantityMax);
        if (quantity > 0) return new LiquidationMove(LiquidationStep.Send, side, new Quantity(quantity), floor);
        return LiquidationMove.Wait(view.ReservedNanos > 0 ? LiquidationObstacle.Unanswered : LiquidationObstacle.OddLot);
    }

    /// <summary>The worst price at which it sells (or buys), on the tick.</summary>
    public static Price Floor(LiquidationPlan plan, in LiquidationView view, Side side, int collarBps)
    {
        int now = collarBps > 0 ? Math.Min(plan.FloorBps, collarBps) : plan.FloorBps;
        Int128 ofBeginning = Away(plan.TwiceReference, plan.FloorBps, side), ofNow = Away((Int128)view.Bid.Nanos + view.Ask.Nanos, now, side);
        Int128 bound = side == Side.Sell ? Int128.Max(ofBeginning, ofNow) : Int128.Min(ofBeginning, ofNow);
        Int128 step = (Int128)2 * Whole * Math.Max(view.Tick.Nanos, 1);
        Int128 ticks = side == Side.Sell ? -FloorDiv(-bound, step) : FloorDiv(bound, step);
        return new Price((long)Int128.Clamp(ticks * Math.Max(view.Tick.Nanos, 1), long.MinValue + 1, long.MaxValue - 1));
    }

    /// <summary>In 1/20,000 of a unit of 1e-9, so that neither the mid nor its share is rounded.</summary>
    private static Int128 Away(Int128 twiceMid, int bps, Side side)
    {
        Int128 away = Int128.Abs(twiceMid) * bps;
        return twiceMid * Whole + (side == Side.Sell ? -away : away);
    }

    /// <summary>Zero where what is left has no whole lot and something may still be filled, or the gate lets nothing of that size pass.</summary>
    private static long Size(LiquidationOptions options, LiquidationPlan plan, in LiquidationView view, long room, Quantity standing, Quantity quantityMax)
    {
        long lot = Math.Max(view.Lot.Nanos, 1);
        long slice = AtLeastALot(Math.Abs((double)plan.Start.Nanos) * options.Slice, lot), share = AtLeastALot(standing.Nanos * options.Share, lot);
        long most = Math.Min(Math.Min(slice, share), Math.Min(room, quantityMax.Nanos));
        if (most >= lot) return most - most % lot;
        bool isLast = plan.Keep.IsZero && view.ReservedNanos == 0 && room < lot && most == room;
        return isLast ? most : 0;      // the gate lets a rest that is no whole lot end a position
    }

    private static long AtLeastALot(double nanos, long lot) => Math.Max((long)Math.Min(nanos, long.MaxValue / 2), lot);

    private static Int128 FloorDiv(Int128 value, Int128 by)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(value, by);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
