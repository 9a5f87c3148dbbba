using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The volatility of n bars by their ranges, per bar: √(mean of ln(high / low)² / (4 ln 2)). A bar with a price of zero or less is passed over. The first comes with the n-th bar.</summary>
/// <remarks>Source: Parkinson (1980), "The extreme value method for estimating the variance of the rate of return". It knows of no drift and of no gaps between bars.</remarks>
public sealed class Parkinson : BarFeature
{
    private const double PerSquare = 1 / (4 * 0.6931471805599453);

    private readonly SampleWindow<double, SumTotal> _window;

    /// <param name="count">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public Parkinson(int count) => _window = new SampleWindow<double, SumTotal>(FeatureWindow.Samples(count));

    protected override void Clear() => _window.Clear();

    protected override void Take(in BarSample bar)
    {
        if (!(bar.Low > 0 && bar.Open > 0 && bar.High > 0 && bar.Close > 0)) return;
        double range = LogRatio.Of(bar.High, bar.Low);
        _window.Take(bar.Time, range * range * PerSquare);
        if (_window.Has(1)) Set(Math.Sqrt(Math.Max(0, _window.Total.Value / _window.Count)));
    }
}
