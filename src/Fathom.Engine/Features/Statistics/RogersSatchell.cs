using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The volatility of n bars by their ranges whatever their drift, per bar: √(mean of ln(high / close) ln(high / open) + ln(low / close) ln(low / open)); 0 where that is below. A bar with a price of zero or less is passed over. The first comes with the n-th bar.</summary>
/// <remarks>Source: Rogers, Satchell (1991), "Estimating variance from high, low and closing prices". It knows of no gaps between bars.</remarks>
public sealed class RogersSatchell : BarFeature
{
    private readonly SampleWindow<double, SumTotal> _window;

    /// <param name="count">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public RogersSatchell(int count) => _window = new SampleWindow<double, SumTotal>(FeatureWindow.Samples(count));

    protected override void Clear() => _window.Clear();

    protected override void Take(in BarSample bar)
    {
        if (!(bar.Low > 0 && bar.Open > 0 && bar.High > 0 && bar.Close > 0)) return;
        _window.Take(bar.Time, TermOf(in bar));
        if (_window.Has(1)) Set(Math.Sqrt(Math.Max(0, _window.Total.Value / _window.Count)));
    }

    /// <summary>What a bar gives; all its prices are above zero.</summary>
    internal static double TermOf(in BarSample bar) =>
        LogRatio.Of(bar.High, bar.Close) * LogRatio.Of(bar.High, bar.Open) + LogRatio.Of(bar.Low, bar.Close) * LogRatio.Of(bar.Low, bar.Open);
}
