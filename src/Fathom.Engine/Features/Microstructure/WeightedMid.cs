namespace Fathom.Engine.Features.Microstructure;

/// <summary>Size-weighted mid (bid × ask quantity + ask × bid quantity) ÷ (bid quantity + ask quantity), in price units: it leans toward the thinner side, which is likelier to be consumed first. NaN
/// where both quantities are 0.</summary>
/// <remarks>Source: Stoikov (2018), "The micro-price", where it is the "weighted mid-price".</remarks>
public sealed class WeightedMid : MomentFeature
{
    /// <inheritdoc/>
    protected override void Take(BookSample book) =>
        Set((book.Bid * book.AskQuantity + book.Ask * book.BidQuantity) / (book.BidQuantity + book.AskQuantity));
}
