using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The exponentially weighted mean of values: m = λ m + (1 − λ) x, begun with the first value.</summary>
public sealed class EwmaMean : ValueFeature
{
    private readonly double _rest;      // 1 − λ

    /// <param name="lambda">λ, the weight of the past: 0 or more and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not in that range.</exception>
    public EwmaMean(double lambda)
    {
        if (!(lambda is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "0 or more and below 1 was expected.");
        _rest = 1 - lambda;
    }

    /// <summary>λ by which the weight of a value halves with so many that follow: 2^(−1 / half-life).</summary>
    /// <param name="halfLife">Above 0.</param>
    public static double LambdaOf(double halfLife)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfLife);
        return Portable.Pow(0.5, 1 / halfLife);
    }

    protected override void Clear() { }

    protected override void Take(Timestamp time, double value)
    {
        double mean = Value;
        Set(double.IsNaN(mean) ? value : mean + _rest * (value - mean));
    }
}
