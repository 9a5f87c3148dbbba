using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The volatility of n bars by their ranges and what they moved, per bar: √(mean of ½ ln(high / low)² − (2 ln 2 − 1) ln(close / open)²); 0 where that is below. A bar with a price of zero or less is passed over. The first comes with the n-th bar.</summary>
/// <remarks>Source: Garman, Klass (1980), "On the estimation of security price volatilities from historical data". It knows of no drift and of no gaps between bars.</remarks>
public sealed class GarmanKlass : BarFeature
{
    private const double OfMove = 2 * 0.6931471805599453 - 1;

    private readonly SampleWindow<double, SumTotal> _window;

    /// <param name="count">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public GarmanKlass(int count) => _window = new SampleWindow<double, SumTotal>(FeatureWindow.Samples(count));

    protected override void Clear() => _window.Clear();

    protected override void Take(in BarSample bar)
    {
        if (!(bar.Low > 0 && bar.Open > 0 && bar.High > 0 && bar.Close > 0)) return;
        double range = LogRatio.Of(bar.High, bar.Low), move = LogRatio.Of(bar.Close, bar.Open);
        _window.Take(bar.Time, 0.5 * range * range - OfMove * move * move);
        if (_window.Has(1)) Set(Math.Sqrt(Math.Max(0, _window.Total.Value / _window.Count)));
    }
}
