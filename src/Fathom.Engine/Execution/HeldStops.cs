using System.Runtime.InteropServices;
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

    public bool Contains(Order order) => Of(order.Instrument) is { } watched && watched.IndexOf(order) >= 0;

    public void Add(Order order)
    {
        int index = order.Instrument.Index;
        if (index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(index + 1, _byInstrument.Length * 2));
        List<Stop> stops = (_byInstrument[index] ??= new Watched()).Stops;
        int at = stops.Count;
        while (at > 0 && order.Number < stops[at - 1].Order.Number) at--;
        stops.Insert(at, new Stop(order, Price.None, Price.None));
        Count++;
    }

    /// <summary>Does nothing when it is not there.</summary>
    public void Remove(Order order)
    {
        if (Of(order.Instrument) is not { } watched || watched.IndexOf(order) is not (>= 0 and var at)) return;
        watched.Stops.RemoveAt(at);
        Count--;
    }

    /// <summary>A trade of the open event, while the market matches.</summary>
    public void NoteTrade(InstrumentId instrument, Price price)
    {
        if (Of(instrument) is not { Stops.Count: > 0 } watched || price.IsNone) return;
        foreach (ref Stop stop in CollectionsMarshal.AsSpan(watched.Stops))
            stop = stop.Low.IsNone ? stop with { Low = price, High = price } : stop with { Low = price < stop.Low ? price : stop.Low, High = price > stop.High ? price : stop.High };
    }

    /// <summary>Finds whom the event that is over now has met, and moves the trails of the others. Each trigger is tested as it was before the event.</summary>
    /// <param name="isTrading">The market matches; otherwise nothing happens.</param>
    /// <returns>In the order in which they were taken; they wait until they are removed. Valid until the next call.</returns>
    public List<Order> JudgeEvent(OrderBook book, bool isTrading, Price tick)
    {
        _met.Clear();
        if (Of(book.Instrument) is not { Stops.Count: > 0 } watched) return _met;
        bool isSound = StopTrigger.TryBest(book, out BookLevel bid, out BookLevel ask);
        foreach (ref Stop stop in CollectionsMarshal.AsSpan(watched.Stops))
        {
            (Order order, Price low, Price high) = stop;
            stop = new Stop(order, Price.None, Price.None);
            if (!isTrading) continue;
            bool isByTrades = StopTrigger.IsByTrades(order), isBuy = order.Side == Side.Buy;
            if (isByTrades ? low.IsNone : !isSound) continue;
            Price best = isBuy ? ask.Price : bid.Price;
            if (StopTrigger.IsMet(order, !isByTrades ? best : isBuy ? high : low)) _met.Add(order);
            else if (!order.TrailOffset.IsNone) StopTrigger.Follow(order, !isByTrades ? best : isBuy ? low : high, tick);
        }
        return _met;
    }

    /// <summary>Whether the order waits here, and what the open event's trades have shown it.</summary>
    public bool TryTraded(Order order, out Price low, out Price high)
    {
        (low, high) = (Price.None, Price.None);
        if (Of(order.Instrument) is not { } watched || watched.IndexOf(order) is not (>= 0 and var at)) return false;
        (_, low, high) = watched.Stops[at];
        return true;
    }

    /// <summary>An order that is watched goes on from what the open event's trades had shown it.</summary>
    public void RestoreTraded(Order order, Price low, Price high)
    {
        List<Stop> stops = Of(order.Instrument)!.Stops;
        stops[stops.FindIndex(stop => stop.Order == order)] = new Stop(order, low, high);
    }

    private Watched? Of(InstrumentId instrument) => (uint)instrument.Index < (uint)_byInstrument.Length ? _byInstrument[instrument.Index] : null;

    private sealed class Watched
    {
        public List<Stop> Stops { get; } = new(4);

        public int IndexOf(Order order)
        {
            for (int i = 0; i < Stops.Count; i++)
                if (Stops[i].Order == order) return i;
            return -1;
        }
    }

    /// <param name="Low">Of the open event's trades since the order was taken: it knows nothing of those before. None without one.</param>
    /// <param name="High">As <paramref name="Low"/>.</param>
    private readonly record struct Stop(Order Order, Price Low, Price High);
}
