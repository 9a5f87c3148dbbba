using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>One instrument's tape as a plain list of orders; every question is answered by looking at all of them.</summary>
internal sealed class SlowTapeBook
{
    private readonly List<TapeOrder> _orders = [];
    private readonly List<(Side Side, long Price, long Quantity)> _levels = [];      // quantity that came without orders

    public InstrumentDefinition? Definition { get; set; }
    public TradingState State { get; set; }
    public bool IsStale { get; private set; }
    public long NextRank { get; private set; }

    /// <summary>The last trade that came while the market matched; null before the first.</summary>
    public long? LastTrade { get; private set; }

    /// <summary>Orders trade as they meet.</summary>
    public bool IsTrading => State is TradingState.Continuous or TradingState.Unknown;

    public bool IsMatching => IsTrading && !IsStale;

    public TapeOrder? Find(ulong id) => _orders.Find(order => order.Id == id);

    public IEnumerable<TapeOrder> Queue(Side side, long price) =>
        _orders.Where(order => order.Side == side && order.Price == price).OrderBy(order => order.Rank);

    /// <summary>Quantity at a price that came as a level; it stands before all orders.</summary>
    public long Level(Side side, long price) => _levels.Where(level => level.Side == side && level.Price == price).Sum(level => level.Quantity);

    /// <summary>All that stands on a side, in no order: each order, and each price that has quantity without orders.</summary>
    public IEnumerable<SlowOffer> Offers(Side side) =>
        _orders.Where(order => order.Side == side).Select(order => new SlowOffer(order.Price, order))
            .Concat(_levels.Where(level => level.Side == side).Select(level => new SlowOffer(level.Price, null)));

    /// <summary>Best bid and ask; null when a side is empty, the bid is above the ask, or the book is stale.</summary>
    public (long Bid, long Ask)? Best()
    {
        if (IsStale || !Offers(Side.Buy).Any() || !Offers(Side.Sell).Any()) return null;
        (long Bid, long Ask) best = (Offers(Side.Buy).Max(offer => offer.Price), Offers(Side.Sell).Min(offer => offer.Price));
        return best.Bid <= best.Ask ? best : null;
    }

    public static bool IsThrough(Side side, long orderPrice, long price) => side == Side.Sell ? orderPrice <= price : orderPrice >= price;

    /// <summary>Applies the record; the order that joined the tail of a queue by it, or null.</summary>
    public TapeOrder? Apply(in MarketByOrder record)
    {
        if (record.Action == BookAction.Clear || record.Flags.HasFlag(BookFlags.Snapshot)) IsStale = false;
        if (record.Flags.HasFlag(BookFlags.MaybeBadBook)) IsStale = true;

        if (record.Action == BookAction.Trade && !record.Price.IsNone && IsTrading) LastTrade = record.Price.Nanos;
        bool isLevel = record.Flags.HasFlag(BookFlags.TopOfBook) || record.Flags.HasFlag(BookFlags.Aggregated);
        if (isLevel && (record.Action == BookAction.Add || record.Action == BookAction.Modify)) SetLevel(record);
        else if (isLevel && record.Action == BookAction.Cancel) ReduceLevel(record);
        else if (record.Action == BookAction.Add) return Add(record, taken: 0);
        else if (record.Action == BookAction.Modify) return Modify(record);
        else if (record.Action == BookAction.Cancel) Cancel(record);
        else if (record.Action == BookAction.Clear)
        {
            _orders.Clear();
            _levels.Clear();
        }
        return null;
    }

    private TapeOrder? Add(in MarketByOrder record, long taken)
    {
        if (!IsComplete(record)) return null;
        ulong id = record.OrderId;
        _orders.RemoveAll(order => order.Id == id);
        TapeOrder added = new()
        {
            Id = id,
            Side = record.Side,
            Price = record.Price.Nanos,
            Quantity = record.Quantity.Nanos,
            Rank = NextRank++,
            Taken = taken,
        };
        _orders.Add(added);
        return added;
    }

    private TapeOrder? Modify(in MarketByOrder record)
    {
        TapeOrder? order = Find(record.OrderId);
        if (order is null) return Add(record, taken: 0);
        if (record.Quantity.Nanos <= 0)
        {
            _orders.Remove(order);
            return null;
        }
        if (!IsComplete(record)) return null;
        if (record.Side == order.Side && record.Price.Nanos == order.Price && record.Quantity.Nanos <= order.Quantity)
        {
            order.Quantity = record.Quantity.Nanos;
            return null;
        }
        return Add(record, order.Taken);
    }

    private void Cancel(in MarketByOrder record)
    {
        TapeOrder? order = Find(record.OrderId);
        if (order is null || record.Quantity.Nanos <= 0) return;
        order.Quantity -= record.Quantity.Nanos;
        if (order.Quantity <= 0) _orders.Remove(order);
    }

    private void SetLevel(MarketByOrder record)
    {
        if (record.Side is not (Side.Buy or Side.Sell)) return;
        bool isSide = record.Flags.HasFlag(BookFlags.TopOfBook);
        if (!isSide && record.Price.IsNone) return;
        _orders.RemoveAll(order => order.Side == record.Side && (isSide || order.Price == record.Price.Nanos));
        _levels.RemoveAll(level => level.Side == record.Side && (isSide || level.Price == record.Price.Nanos));
        if (!record.Price.IsNone && !record.Quantity.IsNone && record.Quantity.Nanos > 0)
            _levels.Add((record.Side, record.Price.Nanos, record.Quantity.Nanos));
    }

    private void ReduceLevel(in MarketByOrder record)
    {
        Side side = record.Side;
        long price = record.Price.Nanos;
        int at = _levels.FindIndex(level => level.Side == side && level.Price == price);
        if (at < 0 || record.Quantity.Nanos <= 0) return;
        long rest = _levels[at].Quantity - record.Quantity.Nanos;
        if (rest <= 0) _levels.RemoveAt(at);
        else _levels[at] = (side, price, rest);
    }

    private static bool IsComplete(in MarketByOrder record) =>
        record.Side is Side.Buy or Side.Sell && !record.Price.IsNone && record.Quantity.Nanos > 0 && !record.Quantity.IsNone;
}
