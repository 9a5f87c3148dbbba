using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>Uncrosses a book at one price: bids and asks that overlap meet in price and time priority.</summary>
internal sealed class OpeningAuction(EventWriter writer, OrderFlow flow)
{
    /// <summary>Writes the trade, the fills of both sides and their consequences as one event; nothing when the book is not crossed.</summary>
    /// <returns>Quantity traded.</returns>
    public int Uncross(InstrumentMarket market)
    {
        (int quantity, int tick) = Match(market);
        if (quantity == 0) return 0;

        writer.Add(BookAction.Trade, Side.None, flow.NextId(), tick, quantity);
        WriteFills(market.Bids, Side.Buy, tick, quantity);
        WriteFills(market.Asks, Side.Sell, tick, quantity);
        flow.Settle(market.Bids, Side.Buy, quantity);
        flow.Settle(market.Asks, Side.Sell, quantity);
        writer.End();
        return quantity;
    }

    /// <summary>Meets the best with the best until they no longer overlap, changing nothing. The last pair bounds the price: every bid that traded is at least as
    /// high as its bid, every ask at least as low as its ask, so the middle of the two suits all.</summary>
    private (int Quantity, int Tick) Match(InstrumentMarket market)
    {
        int total = 0, tick = 0, bidLevel = 0, askLevel = 0;
        long bidLeft = market.Bids.Best.Quantity, askLeft = market.Asks.Best.Quantity;
        while (true)
        {
            int bid = market.Bids.Level(bidLevel).Key, ask = -market.Asks.Level(askLevel).Key;
            if (bid < ask) return (total, tick);
            long traded = Math.Min(bidLeft, askLeft);
            total += (int)traded;
            tick = (bid + ask) >> 1;
            bidLeft -= traded;
            askLeft -= traded;
            if (bidLeft == 0 && !TryNext(market.Bids, ref bidLevel, out bidLeft)) return (total, tick);
            if (askLeft == 0 && !TryNext(market.Asks, ref askLevel, out askLeft)) return (total, tick);
        }
    }

    private static bool TryNext(LadderSide side, ref int level, out long quantity)
    {
        bool hasNext = ++level < side.LevelCount;
        quantity = hasNext ? side.Level(level).Quantity : 0;
        return hasNext;
    }

    private void WriteFills(LadderSide side, Side resting, int tick, int quantity)
    {
        for (int i = 0; quantity > 0; i++)
        {
            ref LadderLevel level = ref side.Level(i);
            int filled = (int)Math.Min(quantity, level.Quantity);
            flow.WriteFills(level.Head, resting, tick, filled);
            quantity -= filled;
        }
    }
}
