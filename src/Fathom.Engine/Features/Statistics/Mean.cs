using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The mean of the values of a window. Known once a window of a count is full, in one of a time while it holds a value.</summary>
public sealed class Mean : WindowFeature
{
    private readonly SampleWindow<double, SumTotal> _window;

    /// <param name="window">Of values: a count, or a time, of which the last 131,072.</param>
    public Mean(FeatureWindow window)
    {
        _window = new SampleWindow<double, SumTotal>(window);
    }

    private protected override IWindow Window => _window;

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        State();
    }

    private protected override void State() => Set(_window.Has(1) ? _window.Total.Value / _window.Count : double.NaN);
}
