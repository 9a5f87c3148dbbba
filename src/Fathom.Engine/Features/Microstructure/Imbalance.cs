namespace Fathom.Engine.Features.Microstructure;

/// <summary>(bid quantity − ask quantity) ÷ (bid quantity + ask quantity) at the best prices, −1 to 1; 0 where both are 0. It is 2 × <see cref="BidShare"/> − 1.</summary>
public sealed class Imbalance : MomentFeature
{
    /// <inheritdoc/>
    protected override void Take(BookSample book)
    {
        double bid = book.BidQuantity, ask = book.AskQuantity, both = bid + ask;
        Set(both == 0 ? 0 : (bid - ask) / both);
    }
}
