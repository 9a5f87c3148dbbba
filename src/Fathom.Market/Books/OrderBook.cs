using Fathom.Domain.Books;
using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>One instrument's order book, order by order. Valid between messages; what it returns is not kept up to date.</summary>
public sealed class OrderBook : IBookView
{
    internal OrderBook(InstrumentId instrument) => Instrument = instrument;

    internal PlainBook Plain { get; } = new();

    public InstrumentId Instrument { get; }

    public bool IsStale => Plain.IsStale;

    /// <summary>The instrument's last message was not the last of its venue event: the book may be crossed, and is nobody's to judge.</summary>
    public bool IsEventOpen => Plain.IsEventOpen;

    public int OrderCount => Plain.OrderCount;

    /// <summary>The arrival that the next order to join a queue gets.</summary>
    public uint NextArrival => Plain.NextArrival;

    /// <summary>How often all arrivals were given anew because their counter was used up: who remembers an arrival must look it up again.</summary>
    public int ArrivalEpoch => Plain.ArrivalEpoch;

    public AnomalyCounts Anomalies
    {
        get
        {
            AnomalyCounts counts = default;
            Plain.Anomalies.AsSpan().CopyTo(counts);
            return counts;
        }
    }

    public bool TryBestBid(out BookLevel level) => TryBest(Side.Buy, out level);

    public bool TryBestAsk(out BookLevel level) => TryBest(Side.Sell, out level);

    public int LevelCount(Side side) => Plain.Levels(side).Count;

    public int CopyLevels(Side side, Span<BookLevel> levels)
    {
        int count = 0;
        foreach ((long price, PlainLevel level) in Plain.Levels(side))
        {
            if (count == levels.Length) break;
            levels[count++] = View(price, level);
        }
        return count;
    }

    public bool TryLevel(Side side, Price price, out BookLevel level)
    {
        bool isFound = Plain.Levels(side).TryGetValue(price.Nanos, out PlainLevel? found);
        level = isFound ? View(price.Nanos, found!) : default;
        return isFound;
    }

    public bool TryFind(ulong orderId, out RestingOrder order)
    {
        bool isFound = Plain.TryFind(orderId, out PlainOrder found);
        order = isFound ? new RestingOrder(found.Side, new Price(found.Price), new Quantity(found.Quantity), found.Arrival) : default;
        return isFound;
    }

    public bool TryQueueAhead(ulong orderId, out Quantity ahead)
    {
        ahead = default;
        if (!Plain.TryFind(orderId, out PlainOrder order)) return false;
        PlainLevel level = Plain.Levels(order.Side)[order.Price];
        long sum = level.Aggregated;
        foreach (PlainOrder other in level.Queue)
        {
            if (other == order) break;
            sum += other.Quantity;
        }
        ahead = new Quantity(sum);
        return true;
    }

    /// <summary>The orders at a price, first in the queue first; empty where there is no such level.</summary>
    public OrderQueue QueueAt(Side side, Price price) =>
        new(Plain.Levels(side).TryGetValue(price.Nanos, out PlainLevel? level) ? level.Queue : null);

    private bool TryBest(Side side, out BookLevel level)
    {
        level = default;
        return CopyLevels(side, new Span<BookLevel>(ref level)) == 1;
    }

    private static BookLevel View(long price, PlainLevel level) => new(new Price(price), new Quantity(level.Total), level.Queue.Count);
}
