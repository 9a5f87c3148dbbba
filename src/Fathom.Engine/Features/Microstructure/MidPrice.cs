namespace Fathom.Engine.Features.Microstructure;

/// <summary>(best bid + best ask) ÷ 2, in price units.</summary>
public sealed class MidPrice : MomentFeature
{
    /// <inheritdoc/>
    protected override void Take(BookSample book) => Set(book.Mid);
}
