using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// The volatility of n bars that counts gaps between them, whatever their drift, per bar: √(Var(ln(open / close before)) + k Var(ln(close / open)) + (1 − k) × the mean of Rogers and Satchell), with sample
/// variances (ddof 1) and k = 0.34 / (1.34 + (n + 1) / (n − 1)). A bar with a price of zero or less is passed over. The first comes with bar n + 1, for the first bar has no close before it.
/// </summary>
/// <remarks>Source: Yang, Zhang (2000), "Drift-independent volatility estimation based on high, low, open, and close prices".</remarks>
public sealed class YangZhang : BarFeature
{
    private readonly SampleWindow<YangZhangSample, YangZhangTotal> _window;
    private readonly double _share;
    private double _close = double.NaN;

    /// <param name="count">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public YangZhang(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        _window = new SampleWindow<YangZhangSample, YangZhangTotal>(FeatureWindow.Samples(count));
        _share = 0.34 / (1.34 + (count + 1.0) / (count - 1.0));
    }

    protected override void Clear()
    {
        _window.Clear();
        _close = double.NaN;
    }

    protected override void Take(in BarSample bar)
    {
        if (!(bar.Low > 0 && bar.Open > 0 && bar.High > 0 && bar.Close > 0)) return;
        double before = _close;
        _close = bar.Close;
        if (double.IsNaN(before)) return;      // the first
        _window.Take(bar.Time, SampleOf(in bar, before));
        if (_window.Has(2)) State(_window.Total);
    }

    private void State(in YangZhangTotal total) =>
        Set(Math.Sqrt(Math.Max(0, total.Overnight.Variance(1) + _share * total.Session.Variance(1) + (1 - _share) * total.Range / _window.Count)));

    private static YangZhangSample SampleOf(in BarSample bar, double before) =>
        new(LogRatio.Of(bar.Open, before), LogRatio.Of(bar.Close, bar.Open), RogersSatchell.TermOf(in bar));
}
