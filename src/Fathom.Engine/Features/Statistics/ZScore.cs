using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>How many standard deviations the last value is from the mean of a window, itself included; 0 where all are equal. Known once a window of a count is full, in one of a time while it holds
/// more than ddof values.</summary>
public sealed class ZScore : WindowFeature
{
    private readonly SampleWindow<double, MomentTotal> _window;
    private readonly int _ddof;

    /// <param name="ddof">Taken from the count: 1 of a sample, 0 of a whole population.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or a window of not more samples than that.</exception>
    public ZScore(FeatureWindow window, int ddof = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ddof);
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window.Count, ddof, nameof(window));
        _ddof = ddof;
        _window = new SampleWindow<double, MomentTotal>(window);
    }

    private protected override IWindow Window => _window;

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        State();
    }

    private protected override void State()
    {
        if (!_window.Has(_ddof + 1))
        {
            Set(double.NaN);
            return;
        }
        MomentTotal total = _window.Total;
        double last = _window[_window.End - 1] - _window.Origin;
        Set(total.Squares > 0 ? (last - total.Mean) / Math.Sqrt(total.Variance(_ddof)) : 0);
    }
}
