namespace Fathom.Domain.Messages;

/// <summary>Flags of a market-by-order message, bit for bit those of DBN.</summary>
[Flags]
public enum BookFlags : byte
{
    None = 0,
    /// <summary>Reserved by the vendor; old files set it. Ignored.</summary>
    Reserved = 0x01,
    PublisherSpecific = 0x02,
    /// <summary>A gap that could not be recovered: the book is stale until it is cleared.</summary>
    MaybeBadBook = 0x04,
    /// <summary>The receive time is not that of this message's packet.</summary>
    BadReceiveTime = 0x08,
    /// <summary>An aggregated level, not an order.</summary>
    Aggregated = 0x10,
    Snapshot = 0x20,
    /// <summary>The whole side is replaced by this one level, not an order.</summary>
    TopOfBook = 0x40,
    /// <summary>Last message of the venue's event for this instrument.</summary>
    Last = 0x80,
}
