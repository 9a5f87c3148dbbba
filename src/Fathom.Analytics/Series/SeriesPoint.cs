using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>One moment of a series. A series of one value has it twice; one of prices has the bid and the ask.</summary>
/// <param name="Time">The engine's clock.</param>
public readonly record struct SeriesPoint(Timestamp Time, double Low, double High);
