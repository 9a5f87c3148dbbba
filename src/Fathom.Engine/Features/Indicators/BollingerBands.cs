using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Upper, middle and lower band, width and percent b: the mean of the last n values, k population standard deviations above and below it, (upper − lower) ÷ middle (0 where the middle
/// is 0), and (value − lower) ÷ (upper − lower) (0.5 where the bands lie on each other). All come with value n.
/// </summary>
/// <remarks>Source: Bollinger (2001), "Bollinger on Bollinger Bands"; conventions of TA-Lib's BBANDS, which has no width and no percent b.</remarks>
public sealed class BollingerBands : ValueFeature
{
    private const double WidthMiddleMin = 1e-6;      // a middle that is so small beside the bands is what rounding left of it

    private readonly WindowMoments _moments;
    private readonly double _deviations;

    /// <param name="length">n, 2 or more.</param>
    /// <param name="deviations">k, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than that.</exception>
    public BollingerBands(int length, double deviations)
        : base(outputs: 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(deviations);
        (_moments, _deviations) = (new WindowMoments(length), deviations);
    }

    protected override void Clear() => _moments.Clear();

    protected override void Take(Timestamp time, double value)
    {
        _moments.Push(value);
        if (!_moments.IsFull) return;
        double middle = _moments.Mean, distance = _deviations * _moments.Deviation();
        Set(0, middle + distance);
        Set(1, middle);
        Set(2, middle - distance);
        Set(3, distance == 0 ? 0 : Math.Abs(middle) < WidthMiddleMin * distance ? double.NaN : 2 * distance / middle);
        Set(4, distance == 0 ? 0.5 : (distance - _moments.MeanAbove(value)) / (2 * distance));
    }
}
