using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>How a position, a strategy or the account stands, for people.</summary>
/// <param name="Measure">The measure that holds it where it is; None in normal.</param>
/// <param name="CalmSince">From when on all measures have been calm; None while they are not, and in normal.</param>
/// <param name="Hold">For so long they have to be, for the next better state.</param>
/// <param name="Measures">Those that count for it and are known, in the order of <see cref="RiskMeasure"/>.</param>
internal sealed record StateReading(PositionState State, RiskMeasure Measure, Timestamp CalmSince, Duration Hold, IReadOnlyList<MeasureReading> Measures);
