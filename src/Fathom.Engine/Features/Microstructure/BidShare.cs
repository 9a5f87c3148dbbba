namespace Fathom.Engine.Features.Microstructure;

/// <summary>bid quantity ÷ (bid quantity + ask quantity) at the best prices, 0 to 1; 0.5 where both are 0. Stoikov's I; <see cref="Imbalance"/> is the same from −1 to 1.</summary>
public sealed class BidShare : MomentFeature
{
    /// <inheritdoc/>
    protected override void Take(BookSample book)
    {
        double bid = book.BidQuantity, both = bid + book.AskQuantity;
        Set(both == 0 ? 0.5 : bid / both);
    }
}
