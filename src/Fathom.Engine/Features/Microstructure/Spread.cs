namespace Fathom.Engine.Features.Microstructure;

/// <summary>Best ask − best bid, in price units, above zero.</summary>
public sealed class Spread : MomentFeature
{
    /// <inheritdoc/>
    protected override void Take(BookSample book) => Set(book.Ask - book.Bid);
}
