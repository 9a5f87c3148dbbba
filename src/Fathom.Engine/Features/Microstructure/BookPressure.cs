namespace Fathom.Engine.Features.Microstructure;

/// <summary>(B − A) ÷ (B + A) with B and A the quantities of the best levels of bids and asks, each weighted by 1 ÷ |price − mid|; −1 to 1. The unit of the distance does not matter.</summary>
public sealed class BookPressure : MomentFeature
{
    /// <param name="levels">Of each side, 1 to <see cref="BookSample.DepthMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of levels.</exception>
    public BookPressure(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, BookSample.DepthMax);
        Depth = levels;
    }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    protected override void Take(BookSample book)
    {
        double mid = book.Mid, bids = Weighted(book.BidPrices, book.BidQuantities, mid), asks = Weighted(book.AskPrices, book.AskQuantities, mid), both = bids + asks;
        Set(both == 0 ? 0 : (bids - asks) / both);
    }

    private double Weighted(ReadOnlySpan<double> prices, ReadOnlySpan<double> quantities, double mid)
    {
        double sum = 0;
        int count = Math.Min(prices.Length, Depth);
        for (int i = 0; i < count; i++) sum += quantities[i] / Math.Abs(prices[i] - mid);
        return sum;
    }
}
