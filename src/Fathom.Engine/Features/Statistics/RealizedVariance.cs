using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The sum of the squared log returns of a window. A value of zero or less is passed over. Known once a window of a count is full of returns, in one of a time while a return ended in it.</summary>
public sealed class RealizedVariance : ValueFeature
{
    private readonly SampleWindow<double, SquareTotal> _window;
    private ReturnStep _step;

    /// <param name="window">Of returns.</param>
    public RealizedVariance(FeatureWindow window)
    {
        _window = new SampleWindow<double, SquareTotal>(window);
    }

    public override bool FollowsTime => _window.IsTime;

    public override void AsOf(Timestamp now)
    {
        if (_window.Expire(now)) State();
    }

    protected override void Clear()
    {
        _window.Clear();
        _step = default;
    }

    protected override void Take(Timestamp time, double value)
    {
        if (!_step.TryTake(value, out double change)) return;
        _window.Take(time, change);
        State();
    }

    private void State() => Set(_window.Has(1) ? _window.Total.Value : double.NaN);
}
