using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop;

/// <summary>What the sessions of one account's strategies share.</summary>
internal sealed record SessionServices(
    CurrentInput Input, MarketState Market, OrderBlotter Blotter, QueueTracker Queue, IntentExecutor Executor, KillSwitch KillSwitch, Outbox Outbox, Publisher Publisher,
    MarkPublisher Marks, ushort Account)
{
    /// <summary>The book can be quoted in: two sides, not crossed or locked, not stale, in a state that trades.</summary>
    public bool IsQuotable(InstrumentId instrument, out BestPrices best)
    {
        OrderBook book = Market.Books[instrument];
        bool hasBoth = book.TryBest(out BookLevel bid, out BookLevel ask);
        best = new BestPrices(instrument, bid, ask);
        return IsQuotable(book, hasBoth, in best);
    }

    /// <summary>As above, where both best levels have been looked at.</summary>
    public bool IsQuotable(OrderBook book, bool hasBoth, in BestPrices best) =>
        hasBoth && best.Bid.Price < best.Ask.Price && !book.IsStale && Market.Instruments.StateOf(book.Instrument).Matches();
}
