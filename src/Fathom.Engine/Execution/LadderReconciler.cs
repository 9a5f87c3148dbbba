using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk.Adjust;

namespace Fathom.Engine.Execution;

/// <summary>
/// Finds what has to be done so that the live orders of a ladder become what the ladder says.
/// <para>Per side the targets and the live orders are sorted, best price first, and paired in that order. A pair whose price is off by less than the requote threshold, and not met by the other side, stays: its
/// place in the queue is worth more than the tick. One that is off is replaced in one command; a target without an order is submitted; an order without a target is canceled. An order with
/// an unanswered request is left alone until the answer is there.</para>
/// <para>A quote that stays is made smaller at once, which costs nothing. To be made larger it has to go to the back of its queue: that happens only where less than half of what is wanted is left of it, be
/// it that it was filled or that the ladder has grown.</para>
/// <para>What can still be filled on a side, with every request taken at its worst, is never made more than the ladder's quantity on that side: what is to grow waits until what is to
/// shrink or to go has done so.</para>
/// </summary>
/// <remarks>Bids come first, or asks where the new bid would meet an ask of ours that is still there, so that a pair of quotes that moves as a whole never meets itself.</remarks>
internal sealed class LadderReconciler
{
    private const int OrdersMax = 2 * QuoteLadder.LevelsMax;
    private const double TicksMax = 4e18;      // beyond it a double has no place for single ticks, and a long no room

    private readonly Target[] _targets = new Target[QuoteLadder.LevelsMax];
    private readonly Order[] _orders = new Order[OrdersMax];
    private readonly List<LadderAction> _actions = new(OrdersMax);
    private readonly List<LadderAction> _bids = new(OrdersMax);
    private LadderAdjustment _adjustment;

    /// <summary>What is to be done, in this order. Valid until the next call.</summary>
    /// <param name="first">The oldest live order of the instrument.</param>
    /// <param name="definition">The instrument's.</param>
    /// <param name="adjustment">What risk does to the quotes.</param>
    public List<LadderAction> Reconcile(StandingLadder standing, Order? first, ushort strategy, in InstrumentDefinition definition, in LadderAdjustment adjustment = default)
    {
        _actions.Clear();
        _adjustment = adjustment;
        bool isWanted = standing is { IsStanding: true, IsQuotable: true } && definition.Tick.Nanos > 0;
        Price bid = ReconcileSide(standing, Side.Buy, isWanted, first, strategy, in definition);
        bool isAskInTheWay = !bid.IsNone && HasAskUpTo(bid, first, strategy);
        if (isAskInTheWay)
        {
            _bids.Clear();
            _bids.AddRange(_actions);
            _actions.Clear();
        }
        ReconcileSide(standing, Side.Sell, isWanted, first, strategy, in definition);
        if (isAskInTheWay) _actions.AddRange(_bids);
        return _actions;
    }

    /// <returns>The best price that is wanted; None when none is.</returns>
    private Price ReconcileSide(StandingLadder standing, Side side, bool isWanted, Order? first, ushort strategy, in InstrumentDefinition definition)
    {
        if (standing.IsBlocked(side)) return Price.None;      // what lives stays until the market or the ladder moves

        int targets = isWanted ? FindTargets(standing, side, in definition) : 0;
        int orders = FindOrders(first, side, strategy, out int ending, out Int128 worst);
        Int128 room = -worst;
        for (int i = 0; i < targets; i++) room += _targets[i].Quantity.Nanos;

        Int128 threshold = (Int128)standing.Ladder.RequoteTicks * definition.Tick.Nanos;
        for (int i = 0; i < orders; i++)
        {
            Order order = _orders[i];
            if (i >= targets) Add(WantKind.Cancel, order.Id, side, order.Price, order.Quantity);
            else if (order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled) Adjust(standing, order, _targets[i], threshold, definition.Lot, ref room);
        }
        for (int i = orders; i < targets - ending && _targets[i].Quantity.Nanos <= room; i++)
        {
            Add(WantKind.Submit, ClientOrderId.None, side, _targets[i].Price, _targets[i].Quantity);
            room -= _targets[i].Quantity.Nanos;
        }
        return targets > 0 ? _targets[0].Price : Price.None;
    }

    private void Adjust(StandingLadder standing, Order order, Target target, Int128 threshold, Quantity lot, ref Int128 room)
    {
        bool isThrough = order.Side == Side.Buy ? order.Price >= standing.Best.Ask.Price : order.Price <= standing.Best.Bid.Price;
        bool isOff = isThrough || Int128.Abs((Int128)target.Price.Nanos - order.Price.Nanos) >= threshold;
        long growth = target.Quantity.Nanos - order.Leaves.Nanos;
        bool isShort = order.Leaves.Nanos < target.Quantity.Nanos / 2;
        if (!isOff && growth >= 0 && !isShort) return;
        if (growth > 0 && growth > room) growth = 0;
        long whole = order.Cumulative.Nanos + order.Leaves.Nanos + growth;
        if (lot.IsPositive && target.Quantity >= lot) whole -= whole % lot.Nanos;      // the tape's orders need not be whole lots, so neither are fills
        if (!isOff && whole == order.Quantity.Nanos) return;
        if (growth > 0) room -= growth;
        Add(WantKind.Replace, order.Id, order.Side, isOff ? target.Price : order.Price, new Quantity(whole));
    }

    /// <summary>A quote of ours is offered at or below a price.</summary>
    private static bool HasAskUpTo(Price price, Order? first, ushort strategy)
    {
        for (Order? order = first; order is not null; order = order.Next)
            if (order.Origin == OrderOrigin.Ladder && order.Side == Side.Sell && order.Strategy == strategy && order.Price <= price) return true;
        return false;
    }

    private void Add(WantKind kind, ClientOrderId order, Side side, Price price, Quantity quantity) => _actions.Add(new LadderAction(kind, order, side, price, quantity));

    /// <summary>The strategy's quotes of the side that are not being canceled, best price first.</summary>
    /// <param name="ending">How many are.</param>
    /// <param name="worst">What all of them may still fill at worst, units of 1e-9.</param>
    private int FindOrders(Order? first, Side side, ushort strategy, out int ending, out Int128 worst)
    {
        int count = 0;
        ending = 0;
        worst = 0;
        for (Order? order = first; order is not null; order = order.Next)
        {
            if (order.Origin != OrderOrigin.Ladder || order.Side != side || order.Strategy != strategy) continue;
            worst += order.WorstLeaves.Nanos;
            if (order.IsCancelSent)
            {
                ending++;
                continue;
            }
            if (count == OrdersMax) break;
            int at = count++;
            for (; at > 0 && IsBetter(side, order.WantedPrice, _orders[at - 1].WantedPrice); at--) _orders[at] = _orders[at - 1];
            _orders[at] = order;
        }
        return count;
    }

    /// <summary>The side's targets, rounded and kept off the other side, best price first, one per price.</summary>
    private int FindTargets(StandingLadder standing, Side side, in InstrumentDefinition definition)
    {
        int count = 0;
        double reference = ReferenceTicks(standing, definition.Tick);
        SideAdjustment adjustment = _adjustment[side];
        foreach (ref readonly QuoteLevel level in standing.Ladder.Levels)
        {
            if (level.Side != side || !TryPrice(in level, standing, reference, definition.Tick, adjustment.StepBack(definition.Tick), out Price price)) continue;
            Quantity whole = definition.Lot.IsPositive ? new Quantity(level.Quantity.Nanos - level.Quantity.Nanos % definition.Lot.Nanos) : level.Quantity;
            // Less than a lot goes on to the gate, which refuses it and says why: a quote that is silently not there helps nobody.
            Quantity asked = whole.IsPositive ? whole : level.Quantity;
            count = Insert(count, side, price, adjustment.IsNone ? asked : new Quantity(adjustment.Quantity(asked.Nanos, definition.Lot.Nanos)));
        }
        return adjustment.IsCut ? CutTargets(count, adjustment.RoomNanos, definition.Lot.Nanos) : count;
    }

    /// <summary>Of the best prices so much as there is room for, in whole lots.</summary>
    private int CutTargets(int count, long room, long lot)
    {
        for (int i = 0; i < count; i++)
        {
            long left = Smaller.WholeLots(Math.Min(_targets[i].Quantity.Nanos, room), lot);
            if (left == 0) return i;
            _targets[i].Quantity = new Quantity(left);
            room -= left;
        }
        return count;
    }

    private int Insert(int count, Side side, Price price, Quantity quantity)
    {
        int at = count;
        while (at > 0 && IsBetter(side, price, _targets[at - 1].Price)) at--;
        if (at > 0 && _targets[at - 1].Price == price)
        {
            _targets[at - 1].Quantity = new Quantity((long)Int128.Min((Int128)_targets[at - 1].Quantity.Nanos + quantity.Nanos, long.MaxValue - 1));
            return count;
        }
        for (int i = count; i > at; i--) _targets[i] = _targets[i - 1];
        _targets[at] = new Target { Price = price, Quantity = quantity };
        return count + 1;
    }

    /// <summary>False where no price can be told: it would not fit.</summary>
    private static bool TryPrice(in QuoteLevel level, StandingLadder standing, double reference, Price tick, Int128 stepBack, out Price price)
    {
        bool isBuy = level.Side == Side.Buy;
        double distance = level.Ticks + level.Bps * Math.Abs(reference) / 10_000;
        double ticks = level.Price.IsNone ? reference + standing.Ladder.ShiftTicks + (isBuy ? -distance : distance) : 0;
        price = Price.None;
        if (!(Math.Abs(ticks) < TicksMax)) return false;
        Int128 nanos = level.Price.IsNone
            ? (Int128)(isBuy ? Math.Floor(ticks) : Math.Ceiling(ticks)) * tick.Nanos
            : Rounded(level.Price.Nanos, tick.Nanos, isDown: isBuy);
        Int128 limit = isBuy ? (Int128)standing.Best.Ask.Price.Nanos - tick.Nanos : (Int128)standing.Best.Bid.Price.Nanos + tick.Nanos;
        limit = Rounded(limit, tick.Nanos, isDown: isBuy);
        nanos = isBuy ? Int128.Min(nanos, limit) - stepBack : Int128.Max(nanos, limit) + stepBack;
        if (nanos <= long.MinValue || nanos >= long.MaxValue) return false;
        price = new Price((long)nanos);
        return true;
    }

    private static Int128 Rounded(Int128 value, long step, bool isDown)
    {
        Int128 rest = value % step;
        if (rest == 0) return value;
        Int128 down = rest > 0 ? value - rest : value - rest - step;
        return isDown ? down : down + step;
    }

    private static double ReferenceTicks(StandingLadder standing, Price tick)
    {
        BookLevel bid = standing.Best.Bid, ask = standing.Best.Ask;
        if (standing.Ladder.Reference == PriceReference.FairValue) return Math.Round(standing.Ladder.FairValue * Price.Scale) / tick.Nanos;
        if (standing.Ladder.Reference == PriceReference.Mid) return (bid.Price.Nanos / 2.0 + ask.Price.Nanos / 2.0) / tick.Nanos;
        double bidQuantity = bid.Quantity.Nanos, askQuantity = ask.Quantity.Nanos;
        return (bid.Price.Nanos * (askQuantity / (bidQuantity + askQuantity)) + ask.Price.Nanos * (bidQuantity / (bidQuantity + askQuantity))) / tick.Nanos;
    }

    private static bool IsBetter(Side side, Price price, Price than) => side == Side.Buy ? price > than : price < than;

    private struct Target
    {
        public Price Price;
        public Quantity Quantity;
    }
}
