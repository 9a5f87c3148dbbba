using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>π/2 × the sum of |r[i]| |r[i−1]| over the log returns of a window: the realized variance without its jumps, for a jump meets a neighbour that is none. A value of zero or less is passed over.
/// Known once a window of a count is full of returns, in one of a time while two returns ended in it.</summary>
/// <remarks>Source: Barndorff-Nielsen, Shephard (2004), "Power and bipower variation with stochastic volatility and jumps". Not scaled up for the returns that lack a neighbour.</remarks>
public sealed class BipowerVariance : WindowFeature
{
    private readonly SampleWindow<double, SumTotal> _window;
    private ReturnStep _step;
    private double _last = double.NaN;      // size of the last return; NaN: there was none
    private Timestamp _lastTime;

    /// <param name="window">Of returns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window of less than two returns.</exception>
    public BipowerVariance(FeatureWindow window)
    {
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThan(window.Count, 2, nameof(window));
        _window = new SampleWindow<double, SumTotal>(window.IsTime ? window : FeatureWindow.Samples(window.Count - 1));
    }

    private protected override IWindow Window => _window;

    protected override void Clear()
    {
        base.Clear();
        (_step, _last) = (default, double.NaN);
    }

    protected override void Take(Timestamp time, double value)
    {
        if (!_step.TryTake(value, out double change)) return;
        double size = Math.Abs(change);
        if (!double.IsNaN(_last))
        {
            _window.Add(_lastTime, size * _last);      // it goes with the older of the two
            _window.Expire(time);
            State();
        }
        (_last, _lastTime) = (size, time);
    }

    private protected override void State() => Set(_window.Has(1) ? Math.PI / 2 * _window.Total.Value : double.NaN);
}
