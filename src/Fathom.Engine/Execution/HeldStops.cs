using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Market.Books;

namespace Fathom.Engine.Execution;

/// <summary>The stops that we hold and that wait for their trigger, by instrument, in the order in which they were taken.</summary>
internal sealed class HeldStops
{
    private Watched?[] _byInstrument = [];
    private readonly List<Order> _met = new(4);

    public int Count { get; private set; }

    public bool Contains(Order order) => Of(order.Instrument) is { } watched && watched.Orders.Contains(order);

    public void Add(Order order)
    {
        int index = order.Instrument.Index;
        if (index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(index + 1, _byInstrument.Length * 2));
        List<Order> orders = (_byInstrument[index] ??= new Watched()).Orders;
        int at = orders.Count;
        while (at > 0 && order.Number < orders[at - 1].Number) at--;
        orders.Insert(at, order);
        Count++;
    }

    /// <summary>Does nothing when it is not there.</summary>
    public void Remove(Order order)
    {
        if (Of(order.Instrument) is not { } watched || !watched.Orders.Remove(order)) return;
        Count--;
        if (watched.Orders.Count == 0) watched.ForgetTrades();
    }

    /// <summary>A trade of the open event, while the market matches.</summary>
    public void NoteTrade(InstrumentId instrument, Price price)
    {
        if (Of(instrument) is { Orders.Count: > 0 } watched && !price.IsNone) watched.NoteTrade(price);
    }

    /// <summary>Finds whom the event that is over now has met, and moves the trails of the others. Each trigger is tested as it was before the event.</summary>
    /// <param name="isTrading">The market matches; otherwise nothing happens.</param>
    /// <returns>In the order in which they were taken; they wait until they are removed. Valid until the next call.</returns>
    public List<Order> JudgeEvent(OrderBook book, bool isTrading, Price tick)
    {
        _met.Clear();
        if (Of(book.Instrument) is not { Orders.Count: > 0 } watched) return _met;
        Price low = watched.Low, high = watched.High;
        watched.ForgetTrades();
        if (!isTrading) return _met;
        bool isSound = StopTrigger.TryBest(book, out BookLevel bid, out BookLevel ask);
        foreach (Order order in watched.Orders)
        {
            bool isByTrades = StopTrigger.IsByTrades(order), isBuy = order.Side == Side.Buy;
            if (isByTrades ? low.IsNone : !isSound) continue;
            Price best = isBuy ? ask.Price : bid.Price;
            if (StopTrigger.IsMet(order, !isByTrades ? best : isBuy ? high : low)) _met.Add(order);
            else if (!order.TrailOffset.IsNone) StopTrigger.Follow(order, !isByTrades ? best : isBuy ? low : high, tick);
        }
        return _met;
    }

    private Watched? Of(InstrumentId instrument) => (uint)instrument.Index < (uint)_byInstrument.Length ? _byInstrument[instrument.Index] : null;

    private sealed class Watched
    {
        public List<Order> Orders { get; } = new(4);

        /// <summary>Of the open event's trades; None without one.</summary>
        public Price Low { get; private set; } = Price.None;
        public Price High { get; private set; } = Price.None;

        public void NoteTrade(Price price)
        {
            bool isFirst = Low.IsNone;
            Low = isFirst || price < Low ? price : Low;
            High = isFirst || price > High ? price : High;
        }

        public void ForgetTrades() => Low = High = Price.None;
    }
}
