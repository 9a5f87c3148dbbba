using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The weighted average over √n of 2 × the weighted average over n / 2 less that over n. Halves and roots are rounded down. The first comes with value n + ⌊√n⌋ − 1.</summary>
/// <remarks>Source: Hull (2005), "How to reduce lag in a moving average", who says "integer of"; TA-Lib has none.</remarks>
public sealed class HullMovingAverage : ValueFeature
{
    private readonly WeightedMovingAverage _half, _whole, _smooth;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public HullMovingAverage(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        (_half, _whole, _smooth) = (new(length / 2), new(length), new(RootOf(length)));
    }

    internal static int RootOf(int length) => (int)Math.Sqrt(length);      // exact for whole numbers of this size

    protected override void Clear()
    {
        _half.Reset();
        _whole.Reset();
        _smooth.Reset();
    }

    protected override void Take(Timestamp time, double value)
    {
        _half.Add(value);
        _whole.Add(value);
        _smooth.Add(2 * _half.Value - _whole.Value);      // passes over what is not known yet
        Set(_smooth.Value);
    }
}
