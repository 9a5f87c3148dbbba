using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The population standard deviation (divided by n, not n − 1) of the last n values: exactly 0 where all are the same. The first comes with value n.</summary>
/// <remarks>Conventions of TA-Lib's STDDEV, but for one: there a variance below 1e-14 is taken for 0, which would hide the moves of what costs a millionth.</remarks>
public sealed class StandardDeviation : ValueFeature
{
    private readonly SampleWindow<double, MomentTotal> _window;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public StandardDeviation(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _window = new SampleWindow<double, MomentTotal>(FeatureWindow.Samples(length));
    }

    protected override void Clear() => _window.Clear();

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        if (_window.Has(2)) Set(Math.Sqrt(_window.Total.Variance(0)));
    }
}
