using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>An average in which the weight of a value falls by 1 − k with each later one: e + k × (value − e), k = 2 ÷ (n + 1). It begins with value n, as the mean of the first n.</summary>
/// <remarks>Conventions of TA-Lib's EMA.</remarks>
public sealed class ExponentialMovingAverage : ValueFeature
{
    private readonly int _length;
    private readonly double _weight;
    private int _values;
    private double _average;      // until ready: sum

    /// <param name="length">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public ExponentialMovingAverage(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_length, _weight) = (length, 2 / (length + 1.0));
    }

    protected override void Clear() => (_values, _average) = (0, 0);

    protected override void Take(Timestamp time, double value)
    {
        if (_values == _length)
        {
            Set(_average += _weight * (value - _average));
            return;
        }
        _average += value;
        if (++_values == _length) Set(_average /= _length);
    }
}
