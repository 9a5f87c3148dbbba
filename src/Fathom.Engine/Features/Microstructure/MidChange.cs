namespace Fathom.Engine.Features.Microstructure;

/// <summary>The mid less that of the sound book before, in price units: 0 where an event did not move it. NaN at the first sound book and while the book is not sound; the book after a gap is compared
/// with the one before it.</summary>
public sealed class MidChange : TapeFeature
{
    private double _last = double.NaN;

    /// <inheritdoc/>
    public override bool TakesBook => true;

    /// <inheritdoc/>
    public override void TakeBook(BookSample book)
    {
        if (!book.IsSound)
        {
            Set(double.NaN);
            return;
        }
        Set(book.Mid - _last);
        _last = book.Mid;
    }

    /// <inheritdoc/>
    protected override void Clear() => _last = double.NaN;
}
