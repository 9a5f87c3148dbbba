using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>The prices by which an event triggers and trails: its trades' lowest and highest for both sides, or the best bid for sells and the best ask for buys.</summary>
internal readonly record struct WatchedPrices(Price SellLow, Price SellHigh, Price BuyLow, Price BuyHigh)
{
    public static WatchedPrices OfTrades(Price low, Price high) => new(low, high, low, high);

    /// <summary>False when the book is no good: stale, crossed, or empty on a side.</summary>
    public static bool TryOfBook(OrderBook book, out WatchedPrices prices)
    {
        bool isSound = book.TryBest(out BookLevel bid, out BookLevel ask) && bid.Price <= ask.Price && !book.IsStale;
        prices = new WatchedPrices(bid.Price, bid.Price, ask.Price, ask.Price);
        return isSound;
    }

    /// <summary>The price that is the first to meet a trigger of that side.</summary>
    public Price Against(Side side) => side == Side.Buy ? BuyHigh : SellLow;

    /// <summary>The price that moves a trail of that side.</summary>
    public Price For(Side side) => side == Side.Buy ? BuyLow : SellHigh;
}
