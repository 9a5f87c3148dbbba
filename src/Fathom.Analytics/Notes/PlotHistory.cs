using Fathom.Analytics.Series;

namespace Fathom.Analytics.Notes;

/// <summary>A curve that a strategy plotted.</summary>
/// <param name="Strategy">Its number.</param>
public sealed record PlotHistory(string Name, ushort Strategy, ThinnedSeries Points);
