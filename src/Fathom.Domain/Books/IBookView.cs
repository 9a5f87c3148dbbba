using Fathom.Domain.Values;

namespace Fathom.Domain.Books;

/// <summary>What a reader may see of one instrument's order book. Valid between venue events; a reader never changes it.</summary>
public interface IBookView
{
    InstrumentId Instrument { get; }

    /// <summary>A gap that the feed could not recover lies behind: nothing here is to be trusted until the book is rebuilt.</summary>
    bool IsStale { get; }

    /// <summary>Resting orders on both sides.</summary>
    int OrderCount { get; }

    /// <summary>Highest bid; false when there is none.</summary>
    bool TryBestBid(out BookLevel level);

    /// <summary>Lowest ask; false when there is none.</summary>
    bool TryBestAsk(out BookLevel level);

    /// <summary>Prices at which a side has orders.</summary>
    int LevelCount(Side side);

    /// <summary>Copies the best levels of a side, best first, and returns how many there were room and levels for.</summary>
    int CopyLevels(Side side, Span<BookLevel> levels);

    /// <summary>Quantity that stands before the order in its queue; false when no such order rests here.</summary>
    bool TryQueueAhead(ulong orderId, out Quantity ahead);
}
