using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>The stops of one instrument that wait for their trigger, in order of acceptance.</summary>
/// <remarks>Nearly every event meets none of them. So each source keeps the bounds within which nothing happens, and an event that stays inside costs their comparison.</remarks>
internal sealed class WaitingOrders
{
    private readonly List<OwnOrder> _orders = new(4);
    private readonly List<OwnOrder> _met = new(4);
    private TriggerBounds _tradeBounds = TriggerBounds.None;
    private TriggerBounds _bookBounds = TriggerBounds.None;
    private int _tradeWatchers;
    private Price _low = Price.None;      // of the open event's trades
    private Price _high;

    public bool IsEmpty => _orders.Count == 0;

    /// <summary>Some wait for a trade.</summary>
    public bool WatchesTrades => _tradeWatchers > 0;

    /// <summary>Those whose trigger the event that was judged last has met, in order of acceptance. One that ended since, or waits for more of its parent, does not wait any more.</summary>
    public List<OwnOrder> Met => _met;

    public void Add(OwnOrder order)
    {
        int at = _orders.Count;
        while (at > 0 && order.VenueOrderId < _orders[at - 1].VenueOrderId) at--;
        _orders.Insert(at, order);
        if (IsTradeWatcher(order)) _tradeWatchers++;
        Bounds(order).Include(order);
    }

    public void Remove(OwnOrder order)
    {
        Invariant.Require(_orders.Remove(order), "an order that stops waiting was waiting");
        order.IsMet = false;
        if (IsTradeWatcher(order) && --_tradeWatchers == 0) _low = Price.None;
        SetBounds();
    }

    /// <summary>The order's trigger or trail was changed.</summary>
    public void NoteChanged() => SetBounds();

    /// <summary>Takes note of a trade of the open event.</summary>
    public void NoteTrade(Price price)
    {
        if (price.IsNone) return;
        bool isFirst = _low.IsNone;
        _low = isFirst ? price : new Price(Math.Min(_low.Nanos, price.Nanos));
        _high = isFirst ? price : new Price(Math.Max(_high.Nanos, price.Nanos));
    }

    /// <summary>Finds who is met by the event that is over now, and moves the trails of the others. The trigger is tested as it was before the event.</summary>
    /// <param name="isTrading">The market matches; otherwise nothing happens.</param>
    public void JudgeEvent(OrderBook book, bool isTrading, Price tick)
    {
        _met.Clear();
        bool hasTrades = !_low.IsNone;
        WatchedPrices trades = WatchedPrices.OfTrades(_low, _high);
        _low = Price.None;
        if (!isTrading) return;
        if (hasTrades && _tradeBounds.AreReachedBy(in trades)) Judge(isTradeWatcher: true, in trades, tick);
        if (_orders.Count > _tradeWatchers && WatchedPrices.TryOfBook(book, out WatchedPrices best) && _bookBounds.AreReachedBy(in best)) Judge(isTradeWatcher: false, in best, tick);
    }

    private void Judge(bool isTradeWatcher, in WatchedPrices prices, Price tick)
    {
        foreach (OwnOrder order in _orders)
        {
            if (IsTradeWatcher(order) != isTradeWatcher) continue;
            if (order.IsMetBy(prices.Against(order.Side))) NoteMet(order);
            else if (!order.TrailOffset.IsNone) order.Follow(prices.For(order.Side), tick);
        }
        SetBounds();
    }

    private void NoteMet(OwnOrder order)
    {
        order.IsMet = true;
        int at = _met.Count;
        while (at > 0 && order.VenueOrderId < _met[at - 1].VenueOrderId) at--;
        _met.Insert(at, order);
    }

    private void SetBounds()
    {
        _tradeBounds = _bookBounds = TriggerBounds.None;
        foreach (OwnOrder order in _orders) Bounds(order).Include(order);
    }

    private ref TriggerBounds Bounds(OwnOrder order) => ref IsTradeWatcher(order) ? ref _tradeBounds : ref _bookBounds;

    private static bool IsTradeWatcher(OwnOrder order) => order.TriggerSource != TriggerSource.BidAsk;
}
