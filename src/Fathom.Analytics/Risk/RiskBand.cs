using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Risk;

/// <summary>A time in which the worst state of all positions, strategies and of the account was the same.</summary>
/// <param name="From">The run's first moment where it began before.</param>
/// <param name="State">Worse than normal.</param>
public readonly record struct RiskBand(Timestamp From, Timestamp To, PositionState State);
