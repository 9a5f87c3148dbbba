using Fathom.Domain.Messages;

namespace Fathom.Twins.SlowVenue;

/// <summary>What the slow venue is going to report.</summary>
/// <param name="Order">Null where no order rests or rested.</param>
internal sealed record SlowReport(
    ReportKind Kind, OrderCommand Command, SlowOrder? Order, long Quantity = 0, long Cumulative = 0, long Leaves = 0, ReasonCode Reason = ReasonCode.None)
{
    /// <summary>Price at which our order took; null where it did not take.</summary>
    public long? TakenAt { get; init; }
}
