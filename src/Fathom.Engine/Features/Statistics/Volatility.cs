using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The standard deviation of the log returns of a window, per value; times √periods it is that of so many values. A value of zero or less is passed over. Known once a window of a count
/// is full of returns, in one of a time while more than ddof returns ended in it.</summary>
public sealed class Volatility : WindowFeature
{
    private readonly SampleWindow<double, MomentTotal> _window;
    private readonly int _ddof;
    private readonly double _scale;
    private ReturnStep _step;

    /// <param name="window">Of returns.</param>
    /// <param name="ddof">Taken from the count: 1 of a sample, 0 of a whole population.</param>
    /// <param name="periods">Values in what it is stated for; above 0. 1: a single value. A year of daily closes: 252.</param>
    /// <exception cref="ArgumentOutOfRangeException">ddof below 0, a window of not more returns than that, or periods of none.</exception>
    public Volatility(FeatureWindow window, int ddof = 1, double periods = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ddof);
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window.Count, ddof, nameof(window));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periods);
        _ddof = ddof;
        _scale = Math.Sqrt(periods);
        _window = new SampleWindow<double, MomentTotal>(window);
    }

    private protected override IWindow Window => _window;

    protected override void Clear()
    {
        base.Clear();
        _step = default;
    }

    protected override void Take(Timestamp time, double value)
    {
        if (!_step.TryTake(value, out double change)) return;
        _window.Take(time, change);
        State();
    }

    private protected override void State() => Set(_window.Has(_ddof + 1) ? Math.Sqrt(_window.Total.Variance(_ddof)) * _scale : double.NaN);
}
