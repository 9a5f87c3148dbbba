namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// The session's volume-weighted average of the typical prices (high + low + close) ÷ 3 of its bars, and k deviations above and below it: vwap, upper, lower. The deviation is the square
/// root of Σ volume × (price − vwap)² ÷ Σ volume over the same bars. Unknown from a session's opening to its first bar with volume; bars without volume change nothing.
/// </summary>
/// <remarks>TA-Lib has none. The deviation is that of the population of traded units, each at its bar's typical price.</remarks>
public sealed class VwapBands : BarFeature
{
    private readonly double _deviations;
    private double _volume, _mean;
    private double _squares;      // Σ volume × (price − mean)², by West's update (1979), which cancels nothing

    /// <param name="deviations">k, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public VwapBands(double deviations)
        : base(outputs: 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviations);
        _deviations = deviations;
    }

    public override bool FollowsSessions => true;

    public override void OpenSession() => Reset();

    protected override void Clear() => (_volume, _mean, _squares) = (0, 0, 0);

    protected override void Take(in BarSample bar)
    {
        if (bar.Volume <= 0) return;
        double price = bar.Typical, away = price - _mean;
        _volume += bar.Volume;
        _mean += away * (bar.Volume / _volume);
        _squares += bar.Volume * away * (price - _mean);
        double distance = _deviations * Math.Sqrt(_squares / _volume);
        Set(0, _mean);
        Set(1, _mean + distance);
        Set(2, _mean - distance);
    }
}
