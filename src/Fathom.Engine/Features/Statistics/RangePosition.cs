using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>Where the last value stands between the smallest (0) and the largest (1) of a window, itself included; 0.5 where all are equal. Known once a window of a count is full, in one of a time
/// while it holds a value.</summary>
public sealed class RangePosition : WindowFeature
{
    private readonly SampleWindow<double, RangeTotal> _window;

    /// <param name="window">Of values: a count, or a time, of which the last 131,072.</param>
    public RangePosition(FeatureWindow window)
    {
        _window = new SampleWindow<double, RangeTotal>(window);
    }

    private protected override IWindow Window => _window;

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        State();
    }

    private protected override void State()
    {
        if (!_window.Has(1))
        {
            Set(double.NaN);
            return;
        }
        (double low, double high) = _window.Total;
        double last = _window[_window.End - 1];
        Set(high > low ? (last - low) / (high - low) : 0.5);
    }
}
