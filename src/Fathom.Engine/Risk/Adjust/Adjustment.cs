using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Adjust;

/// <summary>What is left of a want, and why it is not all of it.</summary>
/// <param name="Granted">As what was asked, and never larger.</param>
/// <param name="Why">None where all of it is granted; its numbers are those of a refusal for the same reason.</param>
internal readonly record struct Adjustment(Quantity Granted, Refusal Why)
{
    /// <summary>The state that it comes from; normal where a limit does it.</summary>
    public PositionState State { get; init; }

    /// <summary>All of it.</summary>
    public static Adjustment None(Quantity asked) => new(asked, Refusal.None);
}
