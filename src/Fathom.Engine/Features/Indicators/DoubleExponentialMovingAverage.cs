using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>Twice the exponential average less its own exponential average: it lags less. Both averages begin with the mean of their first n; the first value comes with value 2n − 1.</summary>
/// <remarks>Source: Mulloy (1994), "Smoothing Data with Faster Moving Averages"; conventions of TA-Lib's DEMA.</remarks>
public sealed class DoubleExponentialMovingAverage : ValueFeature
{
    private readonly ExponentialMovingAverage _first, _second;

    /// <param name="length">n of each average, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public DoubleExponentialMovingAverage(int length) => (_first, _second) = (new(length), new(length));

    protected override void Clear()
    {
        _first.Reset();
        _second.Reset();
    }

    protected override void Take(Timestamp time, double value)
    {
        _first.Add(value);
        _second.Add(_first.Value);      // passes over what is not known yet
        Set(2 * _first.Value - _second.Value);
    }
}
