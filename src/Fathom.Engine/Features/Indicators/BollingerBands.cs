using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Upper, middle and lower band, width and percent b: the mean of the last n values, k population standard deviations above and below it, (upper − lower) ÷ middle (not known where the middle
/// is below a millionth of the distance between it and a band), and (value − lower) ÷ (upper − lower) (0.5 where the bands lie on each other). All come with value n.
/// </summary>
/// <remarks>Source: Bollinger (2001), "Bollinger on Bollinger Bands"; conventions of TA-Lib's BBANDS, which has no width and no percent b.</remarks>
public sealed class BollingerBands : ValueFeature
{
    private const double WidthMiddleMin = 1e-6;      // a middle that is so small beside the bands is what rounding left of it

    private readonly SampleWindow<double, MomentTotal> _window;
    private readonly double _deviations;

    /// <param name="length">n, 2 or more.</param>
    /// <param name="deviations">k, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than that.</exception>
    public BollingerBands(int length, double deviations)
        : base(outputs: 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(deviations);
        (_window, _deviations) = (new SampleWindow<double, MomentTotal>(FeatureWindow.Samples(length)), deviations);
    }

    protected override void Clear() => _window.Clear();

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        if (!_window.Has(2)) return;
        MomentTotal total = _window.Total;
        double middle = _window.Origin + total.Mean, distance = _deviations * Math.Sqrt(total.Variance(0));
        Set(0, middle + distance);
        Set(1, middle);
        Set(2, middle - distance);
        Set(3, distance == 0 ? 0 : Math.Abs(middle) < WidthMiddleMin * distance ? double.NaN : 2 * distance / middle);
        Set(4, distance == 0 ? 0.5 : (value - _window.Origin - total.Mean + distance) / (2 * distance));
    }
}
