using Fathom.Domain.Numerics;

namespace Fathom.Host.Verify;

/// <summary>The times of a made series.</summary>
internal sealed class SampleClock(SampleKind kind)
{
    private const double Second = 1e9;

    private double _now;
    private bool _isBegun;

    /// <param name="time">Nanoseconds since the series' start, whole.</param>
    /// <param name="opens">1 where a session opens right before the row, else 0.</param>
    public void Next(ref SplitMix64 random, out double time, out double opens)
    {
        bool isGap = kind == SampleKind.Gappy && random.NextBelow(40) == 0;
        if (_isBegun) _now += kind is SampleKind.Gappy or SampleKind.Missing ? Irregular(isGap, ref random) : Second;
        opens = !_isBegun || (isGap && random.NextBelow(2) == 0) || (kind == SampleKind.Walk && random.NextBelow(150) == 0) ? 1 : 0;
        _isBegun = true;
        time = _now;
    }

    private static double Irregular(bool isGap, ref SplitMix64 random)
    {
        if (isGap) return (60 + random.NextBelow(3_600)) * Second;
        return random.NextBelow(10) switch
        {
            0 => 0,
            1 or 2 => Second,
            _ => Math.Floor(random.NextExponential() * Second),
        };
    }
}
