using Fathom.Domain.Books;

namespace Fathom.Engine.Features;

/// <summary>The best of an instrument's book at the end of its newest venue event: what features are of, whenever they are read.</summary>
internal struct EventBest
{
    /// <summary>Default where the side is empty, like <see cref="Ask"/>.</summary>
    public BookLevel Bid, Ask;

    /// <summary>Both sides are there, the bid is at or below the ask, and the book is not stale.</summary>
    public bool IsSound;
}
