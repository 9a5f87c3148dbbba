namespace Fathom.Engine.Features.Microstructure;

/// <summary>(best ask − best bid) ÷ mid, in basis points.</summary>
public sealed class RelativeSpread : MomentFeature
{
    /// <inheritdoc/>
    protected override void Take(BookSample book) => Set((book.Ask - book.Bid) / book.Mid * 10_000);
}
