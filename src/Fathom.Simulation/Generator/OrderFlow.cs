using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>What market participants do: one venue event at a time, applied to the book and written as the feed would show it.</summary>
/// <remarks>
/// An event first draws a distance from the touch. Whether an order is added or canceled there depends on how many stand there and how many the profile wants:
/// the chance of an add is wanted / (wanted + standing). So every level, and with it the number of live orders, returns to its target from any state, and
/// no schedule of deaths has to be kept. Takers, the lean of the touch and new best prices follow the pressure of the latent value.
/// </remarks>
internal sealed class OrderFlow
{
    private const int TakerShare = 3_300, ModifyShare = 6_600;            // of 65,536 events
    private const int FarShare = 96;                                      // of 65,536 limit events: prices beyond the profile
    private const int SideOrdersMin = 6, SideLevelsMin = 3, TakenLevelsMax = 3;
    private const double LeanMax = 0.6;

    /// <summary>In a crowded book one quote in sixteen is the end of an order at any price: the price wanders, and would leave full levels behind it.</summary>
    private const ulong CullMask = 15;

    private readonly OrderPool _pool;
    private readonly EventWriter _writer;
    private SplitMix64 _random;
    private ulong _lastId;

    public OrderFlow(OrderPool pool, EventWriter writer, ulong seed)
    {
        _pool = pool;
        _writer = writer;
        _random = new SplitMix64(seed);
        _lastId = 6_413_000_000_000;
    }

    /// <summary>The shared dice of the whole market.</summary>
    public ref SplitMix64 Random => ref _random;

    public ulong LastId => _lastId;

    /// <summary>Builds the book that stands when the file begins, the far orders first: they are the oldest.</summary>
    public void Populate(InstrumentMarket market)
    {
        for (int distance = BookProfile.DistanceMax - 1; distance >= 0; distance--)
        {
            Populate(market, Side.Buy, market.StartTick - 1 - distance, distance);
            Populate(market, Side.Sell, -(market.StartTick + distance), distance);
        }
    }

    private void Populate(InstrumentMarket market, Side side, int key, int distance)
    {
        if (side == Side.Buy && key < 1) return;
        int orders = (int)(market.Profile.Target(distance) + _random.NextUnit());
        if (distance < SideLevelsMin) orders = Math.Max(2, orders);
        LadderSide ladder = market.Ladder(side);
        for (int i = 0; i < orders && !_pool.IsFull; i++)
            ladder.Append(_pool.Take(NextId(), Placeable(ladder, key), market.OrderSizes.Draw(_random.NextUInt64())));
    }

    /// <summary>One event of the pre-opening: orders come, go and move; they may cross and do not meet.</summary>
    public void ActBeforeOpening(InstrumentMarket market)
    {
        ulong bits = _random.NextUInt64();
        if ((int)(bits & 0xFFFF) < ModifyShare) Modify(market, bits >> 16, mayImprove: false);
        else if ((bits >> 16 & 63) == 0 && market.Spread > -3) Add(market, SideOf(bits >> 24), 1 + (int)(bits >> 32 & 1));
        else Quote(market, 0, bits >> 16);
    }

    /// <summary>One event of continuous trading.</summary>
    /// <param name="messagesLeft">The event is no longer than this; at least 1.</param>
    public void Act(InstrumentMarket market, long messagesLeft)
    {
        ulong bits = _random.NextUInt64();
        int kind = (int)(bits & 0xFFFF);
        double pressure = market.Pressure;
        if (kind < TakerShare && TryTake(market, pressure, bits >> 16, messagesLeft)) return;
        if (kind >= TakerShare && kind < TakerShare + ModifyShare) Modify(market, bits >> 16, mayImprove: true);
        else Limit(market, pressure, bits >> 16);
    }

    private void Limit(InstrumentMarket market, double pressure, ulong bits)
    {
        int spread = market.Spread;
        if (spread > 1 && (int)(bits & 255) < (spread == 2 ? 36 : 128))
        {
            Side side = _random.NextUnit() < 0.5 + 0.48 * pressure ? Side.Buy : Side.Sell;
            Add(market, side, 1);
        }
        else Quote(market, pressure, bits >> 8);
    }

    /// <summary>An add or a cancel at a drawn distance, whichever the book needs rather.</summary>
    private void Quote(InstrumentMarket market, double pressure, ulong bits)
    {
        Side side = SideOf(bits);
        LadderSide ladder = market.Ladder(side);
        if ((int)(bits >> 1 & 0xFFFF) < FarShare)
        {
            QuoteFar(market, side, ladder);
            return;
        }
        double crowd = market.LiveOrders / (double)market.Profile.Orders;
        if (crowd > 1 && (bits >> 33 & CullMask) == 0 && TryCancel(market, side, _random.NextBelow(ladder.LevelCount))) return;

        int distance = market.Profile.DrawDistance(bits >> 17);
        int level = ladder.Find(ladder.BestKey - distance);
        double wanted = market.Profile.Target(distance);
        if (level < 0 && wanted < 1 && _random.NextUnit() >= wanted) (distance, level, wanted) = (0, 0, market.Profile.Target(0));      // most far prices stay empty
        double standing = level >= 0 ? ladder.Level(level).Count : 0;
        if (distance == 0) wanted *= 1 + LeanMax * (side == Side.Buy ? pressure : -pressure);
        bool isAdd = _random.NextUnit() * (wanted + standing * crowd * crowd) < wanted;
        if (isAdd || !TryCancel(market, side, level)) Add(market, side, -distance);
    }

    /// <summary>Prices that nobody will see soon: hundreds to thousands of ticks away.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void QuoteFar(InstrumentMarket market, Side side, LadderSide ladder)
    {
        bool isCrowded = market.LiveOrders > market.Profile.Orders;
        if (isCrowded && TryCancel(market, side, ladder.LevelCount - 1)) return;
        int span = Math.Max(2, market.StartTick / 4);
        Add(market, side, -(span / 8 + _random.NextBelow(span)));
    }

    /// <param name="better">Ticks above (buy) or below (sell) the side's best price; negative = worse.</param>
    private void Add(InstrumentMarket market, Side side, int better)
    {
        LadderSide ladder = market.Ladder(side);
        int key = ladder.BestKey + better;
        if (side == Side.Buy && key < 1) key = ladder.BestKey;
        if (_pool.IsFull && TryCancel(market, side, ladder.LevelCount - 1)) return;

        int slot = _pool.Take(NextId(), Placeable(ladder, key), market.OrderSizes.Draw(_random.NextUInt64()));
        ladder.Append(slot);
        Write(BookAction.Add, side, slot, _pool[slot].Quantity);
        _writer.End();
    }

    /// <summary>Cancels an order of the level, now and then only a part of it; false when the side would become too thin or there is no such level.</summary>
    private bool TryCancel(InstrumentMarket market, Side side, int fromBest)
    {
        LadderSide ladder = market.Ladder(side);
        if (fromBest < 0 || !CanSpare(ladder, fromBest)) return false;
        ulong bits = _random.NextUInt64();
        int slot = Pick(ref ladder.Level(fromBest), bits);
        int quantity = _pool[slot].Quantity;
        if (quantity > 1 && (bits >> 32 & 31) == 0)
        {
            int part = 1 + (int)((bits >> 40) % (ulong)(quantity - 1));
            ladder.Reduce(slot, part);
            Write(BookAction.Cancel, side, slot, part);
        }
        else
        {
            Write(BookAction.Cancel, side, slot, quantity);
            ladder.Remove(slot);
            _pool.Return(slot);
        }
        _writer.End();
        return true;
    }

    /// <summary>Moves an order to another price, or makes it smaller (it keeps its place) or larger (it loses it).</summary>
    private void Modify(InstrumentMarket market, ulong bits, bool mayImprove)
    {
        Side side = SideOf(bits);
        LadderSide ladder = market.Ladder(side);
        int distance = market.Profile.DrawDistance(bits >> 1);
        int level = ladder.Find(ladder.BestKey - distance);
        if (level < 0) level = Math.Min(~level, ladder.LevelCount - 1);
        if (!CanSpare(ladder, level))
        {
            Add(market, side, -distance);
            return;
        }
        int slot = Pick(ref ladder.Level(level), bits >> 13);
        int change = (int)(bits >> 28 & 15);
        if (change >= 12 && _pool[slot].Quantity > 1) Shrink(ladder, side, slot);
        else if (change is 10 or 11) Requeue(ladder, side, slot, _pool[slot].Key, _pool[slot].Quantity + 1 + (int)(bits >> 32 & 1));
        else Requeue(ladder, side, slot, NewKey(market, ladder, slot, mayImprove), _pool[slot].Quantity);
    }

    private int NewKey(InstrumentMarket market, LadderSide ladder, int slot, bool mayImprove)
    {
        ulong bits = _random.NextUInt64();
        int best = ladder.BestKey;
        int old = _pool[slot].Key;
        int key = mayImprove && market.Spread > 1 && (bits & 3) == 0 ? best + 1 : best - market.Profile.DrawDistance(bits >> 2);
        if (key == old) key = old == best ? best - 1 : old + 1;
        bool isLegal = ladder != market.Bids || key >= 1;
        return isLegal ? Placeable(ladder, key) : best;
    }

    private void Shrink(LadderSide ladder, Side side, int slot)
    {
        int quantity = _pool[slot].Quantity;
        ladder.Reduce(slot, 1 + (int)(_random.NextUInt64() % (ulong)(quantity - 1)));
        Write(BookAction.Modify, side, slot, _pool[slot].Quantity);
        _writer.End();
    }

    private void Requeue(LadderSide ladder, Side side, int slot, int key, int quantity)
    {
        ladder.Remove(slot);
        ref RestingOrder order = ref _pool[slot];
        order.Key = key;
        order.Quantity = quantity;
        ladder.Append(slot);
        Write(BookAction.Modify, side, slot, quantity);
        _writer.End();
    }

    /// <summary>A taker eats the queue from its head: trades and fills level by level, then what they did to the orders, then perhaps its own rest.</summary>
    private bool TryTake(InstrumentMarket market, double pressure, ulong bits, long messagesLeft)
    {
        Side taker = _random.NextUnit() < 0.5 + 0.45 * pressure ? Side.Buy : Side.Sell;
        Side resting = taker.Opposite();
        LadderSide ladder = market.Ladder(resting);
        if (ladder.LevelCount <= TakenLevelsMax + SideLevelsMin || ladder.OrderCount <= SideOrdersMin) return false;
        if (MessagesMax(ladder) > messagesLeft) return false;

        int size = market.TakerSizes.Draw(bits);
        bool isSweep = Math.Abs(pressure) > 0.8 && taker == (pressure > 0 ? Side.Buy : Side.Sell) && (bits >> 10 & 3) == 0;
        if (isSweep) size = (int)Math.Min(ladder.Best.Quantity + (size >> 1), 30_000);
        ulong takerId = NextId();
        int levelsMax = (bits >> 13 & 3) == 0 ? TakenLevelsMax : 1;      // most takers state a limit, the opposite touch
        int left = Trade(ladder, taker, takerId, size, levelsMax, out int lastKey);
        Settle(ladder, resting, size - left);
        if (left > 0 && (bits >> 12 & 1) == 0 && !_pool.IsFull) Rest(market, taker, takerId, -lastKey, left);
        _writer.End();
        market.Arrivals.Excite();
        return true;
    }

    private static long MessagesMax(LadderSide ladder)
    {
        int fills = 0;
        for (int i = 0; i < TakenLevelsMax; i++) fills += ladder.Level(i).Count;
        return TakenLevelsMax + 2L * fills + 1;
    }

    /// <summary>Writes the trades and fills; the book stays as it is.</summary>
    /// <returns>What the levels that may be taken could not give.</returns>
    private int Trade(LadderSide ladder, Side taker, ulong takerId, int size, int levelsMax, out int lastKey)
    {
        int left = size;
        lastKey = ladder.BestKey;
        for (int i = 0; i < levelsMax && left > 0; i++)
        {
            ref LadderLevel level = ref ladder.Level(i);
            lastKey = level.Key;
            int traded = (int)Math.Min(left, level.Quantity);
            _writer.Add(BookAction.Trade, taker, takerId, Tick(taker.Opposite(), level.Key), traded);
            WriteFills(level.Head, taker.Opposite(), Tick(taker.Opposite(), level.Key), traded);
            left -= traded;
        }
        return left;
    }

    /// <summary>A fill for each order from this one on, until the quantity is used up.</summary>
    public void WriteFills(int slot, Side resting, int tick, int quantity)
    {
        for (; quantity > 0; slot = _pool[slot].Next)
        {
            int filled = Math.Min(quantity, _pool[slot].Quantity);
            _writer.Add(BookAction.Fill, resting, _pool[slot].Id, tick, filled);
            quantity -= filled;
        }
    }

    /// <summary>Takes the quantity from the head of the side: orders that are filled leave, the last may shrink in its place.</summary>
    public void Settle(LadderSide ladder, Side resting, int quantity)
    {
        while (quantity > 0)
        {
            int slot = ladder.Best.Head;
            int filled = Math.Min(quantity, _pool[slot].Quantity);
            quantity -= filled;
            if (filled == _pool[slot].Quantity)
            {
                Write(BookAction.Cancel, resting, slot, filled);
                ladder.Remove(slot);
                _pool.Return(slot);
            }
            else
            {
                ladder.Reduce(slot, filled);
                Write(BookAction.Modify, resting, slot, _pool[slot].Quantity);
            }
        }
    }

    private void Rest(InstrumentMarket market, Side side, ulong id, int key, int quantity)
    {
        LadderSide ladder = market.Ladder(side);
        if (ladder.IsFull) return;
        int slot = _pool.Take(id, key, quantity);
        ladder.Append(slot);
        Write(BookAction.Add, side, slot, quantity);
    }

    /// <summary>Usually one of the youngest orders of the queue: most orders die young, and their owners care least for a place far behind.</summary>
    private int Pick(ref LadderLevel level, ulong bits)
    {
        int steps = (int)((bits & 7) * (bits >> 3 & 7)) >> 1;
        steps = Math.Min(steps, level.Count - 1);
        bool fromTail = (bits >> 6 & 3) != 0;
        int slot = fromTail ? level.Tail : level.Head;
        for (; steps > 0; steps--) slot = fromTail ? _pool[slot].Previous : _pool[slot].Next;
        return slot;
    }

    private static bool CanSpare(LadderSide ladder, int fromBest) =>
        ladder.OrderCount > SideOrdersMin && (ladder.LevelCount > SideLevelsMin || ladder.Level(fromBest).Count > 1);

    /// <summary>The price itself, or the best one where the side has no room for another level.</summary>
    private static int Placeable(LadderSide ladder, int key) => ladder.IsFull && ladder.Find(key) < 0 ? ladder.BestKey : key;

    private void Write(BookAction action, Side side, int slot, int quantity) =>
        _writer.Add(action, side, _pool[slot].Id, Tick(side, _pool[slot].Key), quantity);

    public static int Tick(Side side, int key) => side == Side.Buy ? key : -key;

    private static Side SideOf(ulong bit) => (bit & 1) == 0 ? Side.Buy : Side.Sell;

    /// <summary>Ids rise with gaps: the venue numbers all its orders together.</summary>
    public ulong NextId()
    {
        ulong bits = _random.NextUInt64();
        ulong gap = 1 + (bits & 7) * (bits >> 3 & 1);
        if ((bits >> 4 & 15) == 0) gap += bits >> 8 & 127;
        return _lastId += gap;
    }
}
