using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The slope of the line of least squares through the last n values, per value. The first slope comes with the n-th value.</summary>
public sealed class Slope : ValueFeature
{
    private readonly SampleWindow<double, TrendTotal> _window;

    /// <param name="count">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public Slope(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        _window = new SampleWindow<double, TrendTotal>(FeatureWindow.Samples(count));
    }

    protected override void Clear() => _window.Clear();

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        if (_window.Has(2)) Set(_window.Total.Slope);
    }
}
