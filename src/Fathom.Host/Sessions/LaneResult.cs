using Fathom.Analytics.Series;

namespace Fathom.Host.Sessions;

/// <summary>What a lane was worth.</summary>
/// <param name="Equity">Over the run, in the account's currency, thinned; empty where nothing happened.</param>
/// <param name="PositionMax">Largest holding of any strategy in any instrument, signs apart, in units.</param>
public sealed record LaneResult(LaneSettings Lane, BacktestResult Result, IReadOnlyList<SeriesPoint> Equity, double PositionMax);
