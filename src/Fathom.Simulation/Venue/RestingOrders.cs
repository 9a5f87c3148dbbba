using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>Our own orders in one instrument's book, in the order in which they trade: best price first, then the one that came first.</summary>
/// <remarks>A quoter has a handful of them, so sorted arrays beat anything with links.</remarks>
internal sealed class RestingOrders
{
    private OwnOrder[] _bids = new OwnOrder[8];
    private OwnOrder[] _asks = new OwnOrder[8];
    private int _bidCount;
    private int _askCount;
    private long _bestBid;      // price of the first order of the side, while there is one
    private long _bestAsk;

    public bool IsEmpty => _bidCount + _askCount == 0;

    /// <summary>Orders of a side, first to trade first. Orders that filled in the current event stay with nothing left until its end.</summary>
    public ReadOnlySpan<OwnOrder> Of(Side side) => side == Side.Buy ? _bids.AsSpan(0, _bidCount) : _asks.AsSpan(0, _askCount);

    /// <summary>True when an order of that side at that price would meet one of ours.</summary>
    public bool IsReachedBy(Side side, Price price) =>
        (side == Side.Sell & price.Nanos <= _bestBid & _bidCount > 0) | (side == Side.Buy & price.Nanos >= _bestAsk & _askCount > 0);

    /// <summary>The highest price at which a sell would meet one of ours; none does: the lowest price there is.</summary>
    public long ReachedBySellTo => _bidCount > 0 ? _bestBid : long.MinValue;

    /// <summary>The lowest price at which a buy would meet one of ours; none does: the highest price there is.</summary>
    public long ReachedByBuyFrom => _askCount > 0 ? _bestAsk : long.MaxValue;

    public void Add(OwnOrder order)
    {
        if (order.Side == Side.Buy) Insert(ref _bids, ref _bidCount, order);
        else Insert(ref _asks, ref _askCount, order);
        NoteBest();
    }

    public void Remove(OwnOrder order)
    {
        if (order.Side == Side.Buy) Remove(_bids, ref _bidCount, order);
        else Remove(_asks, ref _askCount, order);
        NoteBest();
    }

    private void NoteBest()
    {
        if (_bidCount > 0) _bestBid = _bids[0].Price.Nanos;
        if (_askCount > 0) _bestAsk = _asks[0].Price.Nanos;
    }

    private static void Insert(ref OwnOrder[] orders, ref int count, OwnOrder order)
    {
        if (count == orders.Length) Array.Resize(ref orders, count * 2);
        int at = count;
        while (at > 0 && order.IsBetterThan(orders[at - 1].Price))
        {
            orders[at] = orders[at - 1];
            at--;
        }
        orders[at] = order;
        count++;
    }

    private static void Remove(OwnOrder[] orders, ref int count, OwnOrder order)
    {
        int at = Array.IndexOf(orders, order, 0, count);
        Invariant.Require(at >= 0, "an order that leaves was resting");
        Array.Copy(orders, at + 1, orders, at, count - at - 1);
        orders[--count] = null!;
    }
}
