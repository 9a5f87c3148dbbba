namespace Fathom.Engine.Features.Microstructure;

/// <summary>A feature of the newest book alone. NaN while the book is not sound: one-sided, locked, crossed or stale.</summary>
/// <param name="outputs">How many numbers it gives.</param>
public abstract class MomentFeature(int outputs = 1) : TapeFeature(outputs)
{
    /// <inheritdoc/>
    public sealed override bool TakesBook => true;

    /// <inheritdoc/>
    public sealed override bool IsOfMoment => true;

    /// <inheritdoc/>
    public sealed override void TakeBook(BookSample book)
    {
        if (book.IsSound) Take(book);
        else for (int i = 0; i < OutputCount; i++) Set(i, double.NaN);
    }

    /// <summary>Takes a sound book.</summary>
    protected abstract void Take(BookSample book);

    /// <inheritdoc/>
    protected sealed override void Clear() { }
}
