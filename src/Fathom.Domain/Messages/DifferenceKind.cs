namespace Fathom.Domain.Messages;

/// <summary>In what a venue's state differed from ours, and so by which rule it was settled.</summary>
public enum DifferenceKind : byte
{
    None = 0,
    /// <summary>An execution that we had not seen: it was booked.</summary>
    ExecutionMissed = 1,
    /// <summary>We had the order as live, the venue no longer has it: it is asked about it by name.</summary>
    OrderGone = 2,
    /// <summary>The venue has the order otherwise than we did (status, price, quantity, cumulative): the venue's word holds.</summary>
    OrderDiffers = 3,
    /// <summary>An order of ours that we held for over, or never knew, lives at the venue: it was taken back under its strategy's name and canceled.</summary>
    OrderUnexpected = 4,
    /// <summary>An order that is not ours: adopted as external.</summary>
    OrderExternal = 5,
    /// <summary>An external order that the venue no longer has: forgotten.</summary>
    ExternalGone = 6,
    /// <summary>The venue's position is another than ours and no execution explains it: the difference was adopted as external.</summary>
    PositionDiffers = 7,
}
