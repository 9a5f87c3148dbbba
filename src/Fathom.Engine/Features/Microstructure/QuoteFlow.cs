using System.Runtime.CompilerServices;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>What one change of a quote says about supply and demand.</summary>
/// <remarks>Source: Cont, Kukanov and Stoikov (2014), "The price impact of order book events". A side without the level has price −∞ (bid) or +∞ (ask) and quantity 0.</remarks>
internal static class QuoteFlow
{
    /// <summary>1{bid ≥ bid before} quantity − 1{bid ≤ bid before} quantity before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfBid(double price, double quantity, double priceBefore, double quantityBefore) =>
        (price >= priceBefore ? quantity : 0) - (price <= priceBefore ? quantityBefore : 0);

    /// <summary>1{ask ≥ ask before} quantity before − 1{ask ≤ ask before} quantity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfAsk(double price, double quantity, double priceBefore, double quantityBefore) =>
        (price >= priceBefore ? quantityBefore : 0) - (price <= priceBefore ? quantity : 0);

    /// <summary>Books that are stale, locked or crossed say nothing, and what stood before them is forgotten. One-sided and empty ones do.</summary>
    public static bool IsUsable(BookSample book) => !book.IsStale && (book.BidCount == 0 || book.AskCount == 0 || book.Bid < book.Ask);
}
