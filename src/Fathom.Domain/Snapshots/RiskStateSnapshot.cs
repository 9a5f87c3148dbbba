using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>The state of a position, a strategy or the account that is not normal.</summary>
/// <param name="Owner">Number of the strategy; null: the account.</param>
/// <param name="Instrument">That of the position; None: of all that the owner has.</param>
/// <param name="Measure">The measure that holds it where it is.</param>
/// <param name="Threshold">From where on the measure makes it so bad, units of 1e-9.</param>
/// <param name="Found">What the measure was when it was last looked at, units of 1e-9.</param>
public readonly record struct RiskStateSnapshot(int? Owner, InstrumentId Instrument, PositionState State, RiskMeasure Measure, long Threshold, long Found);
