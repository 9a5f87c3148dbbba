using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>3 e₁ − 3 e₂ + e₃, where each e is the exponential average of the one before. Each begins with the mean of its first n; the first value comes with value 3n − 2.</summary>
/// <remarks>Source: Mulloy (1994), "Smoothing Data with Faster Moving Averages"; conventions of TA-Lib's TEMA.</remarks>
public sealed class TripleExponentialMovingAverage : ValueFeature
{
    private readonly ExponentialMovingAverage _first, _second, _third;

    /// <param name="length">n of each average, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public TripleExponentialMovingAverage(int length) => (_first, _second, _third) = (new(length), new(length), new(length));

    protected override void Clear()
    {
        _first.Reset();
        _second.Reset();
        _third.Reset();
    }

    protected override void Take(Timestamp time, double value)
    {
        _first.Add(value);
        _second.Add(_first.Value);      // passes over what is not known yet
        _third.Add(_second.Value);
        Set(3 * _first.Value - 3 * _second.Value + _third.Value);
    }
}
