using Fathom.Domain.Messages;

namespace Fathom.Engine.Portfolio.States;

/// <summary>What one measure of a state is, and from where on it makes the state worse.</summary>
/// <param name="Found">Units of 1e-9.</param>
internal readonly record struct MeasureReading(RiskMeasure Measure, long Found, StateThresholds Thresholds);
