using System.Numerics;
using Fathom.Domain.Numerics;

namespace Fathom.Simulation.Generator;

/// <summary>What the instrument is worth, which nobody in this market knows: a random walk plus a part that reverts to zero. The flow leans towards it, and that
/// moves the price.</summary>
internal struct FairValue
{
    private const double ReversionEvents = 200, GapsMax = 400;

    private readonly double _start;
    private readonly double _volatility;        // ticks per square root of a second
    private readonly double _reversionRate;     // per second
    private readonly double _secondsMax;
    private double _walk;
    private double _transient;

    /// <param name="start">In ticks.</param>
    /// <param name="stepTicks">Standard deviation between two events at average pace, in ticks.</param>
    public FairValue(double start, double stepTicks, double eventsPerSecond)
    {
        _start = _walk = start;
        _volatility = stepTicks * Math.Sqrt(eventsPerSecond);
        _reversionRate = eventsPerSecond / ReversionEvents;
        _secondsMax = GapsMax / eventsPerSecond;
    }

    public readonly double Ticks => _walk + _transient;

    /// <summary>Lets time pass.</summary>
    public void Advance(long nanos, ref SplitMix64 random)
    {
        double seconds = Math.Min(nanos * 1e-9, _secondsMax);
        double step = _volatility * Math.Sqrt(seconds);
        ulong bits = random.NextUInt64();
        _walk += step * NormalOf(random.NextUInt64());
        _transient = _transient / (1 + _reversionRate * seconds) + step * NormalOf(bits);

        // The price stays within a half and twice its start: a tick ladder knows no logarithm, and a price must not reach zero.
        if (_walk < _start * 0.5) _walk = _start - _walk;
        if (_walk > _start * 2) _walk = _start * 4 - _walk;
    }

    /// <summary>The number of set bits is binomial with mean 32 and deviation 4: a normal of sixty-five steps, in integers.</summary>
    private static double NormalOf(ulong bits) => (BitOperations.PopCount(bits) - 32) * 0.25;
}
