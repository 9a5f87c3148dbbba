using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The variance of the values of a window about their mean; exactly 0 where all are equal. Known once a window of a count is full, in one of a time while it holds more than ddof values.</summary>
public sealed class Variance : WindowFeature
{
    private readonly SampleWindow<double, MomentTotal> _window;
    private readonly int _ddof;

    /// <param name="ddof">Taken from the count: 1 of a sample, 0 of a whole population.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or a window of not more samples than that.</exception>
    public Variance(FeatureWindow window, int ddof = 1)
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

    private protected override void State() => Set(_window.Has(_ddof + 1) ? _window.Total.Variance(_ddof) : double.NaN);
}
