using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>Orders of ours that depend on each other. Which of them live is asked of the orders.</summary>
internal sealed class SlowList
{
    public required InstrumentId Instrument { get; init; }
    public required long Created { get; init; }
    public Contingency Kind { get; set; }
    public SlowOrder? Parent { get; set; }
    public bool IsParentOver { get; set; }
    public long ParentFilled { get; set; }

    /// <summary>What the parent has filled and the children do not know yet.</summary>
    public long News { get; set; }
    public long SiblingsFilled { get; set; }

    /// <summary>Nobody may join it any more.</summary>
    public bool IsClosed { get; set; }

    public bool CanGrow => Parent is not null && !IsParentOver;

    /// <summary>What of a sibling's quantity may be active.</summary>
    public long Active(long left) => Parent is null ? left : Math.Min(left, Math.Max(0, ParentFilled - SiblingsFilled));
}
