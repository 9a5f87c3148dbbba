using Fathom.Domain.Messages;

namespace Fathom.Engine.Portfolio.States;

/// <summary>The worst of the states that concern a strategy in an instrument, and why it is so.</summary>
/// <param name="Scope">Whose state it is.</param>
/// <param name="Measure">The measure that holds it where it is.</param>
/// <param name="Threshold">From where on the measure makes it so bad, units of 1e-9.</param>
/// <param name="Found">What the measure was when it was last looked at, units of 1e-9.</param>
internal readonly record struct StateFinding(PositionState State, RiskScope Scope, RiskMeasure Measure, long Threshold, long Found);
