using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The sum of the squared log returns of a window. A value of zero or less is passed over. Known once a window of a count is full of returns, in one of a time while a return ended in it.</summary>
public sealed class RealizedVariance : WindowFeature
{
    private readonly SampleWindow<double, SquareTotal> _window;
    private ReturnStep _step;

    /// <param name="window">Of returns.</param>
    public RealizedVariance(FeatureWindow window)
    {
        _window = new SampleWindow<double, SquareTotal>(window);
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

    private protected override void State() => Set(_window.Has(1) ? _window.Total.Value : double.NaN);
}
