using Fathom.Domain.Messages;

namespace Fathom.Engine.Portfolio.States;

/// <summary>One change of a state.</summary>
/// <param name="Measure">The one that decided; coming back: the one that was last to let it.</param>
/// <param name="Found">Its value, units of 1e-9.</param>
/// <param name="Threshold">What it reached, or came down to: units of 1e-9.</param>
internal readonly record struct StateChange(PositionState From, PositionState To, RiskMeasure Measure, long Found, long Threshold);
