using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>A factor of at most 1 that falls at once and rises slowly, in steps of 1/1,000. One that nobody touched is 1.</summary>
/// <remarks>It rises in a straight line from where it fell last, so that it does not matter how often it is looked at.</remarks>
internal struct RecoveringFactor
{
    public const long One = StateOptions.One;

    private const long Step = One / 1_000;

    private long _lack;      // 1 less the factor
    private long _lackOnce;      // and as it was when the rise began

    /// <summary>Units of 1e-9.</summary>
    public readonly long Nanos => One - _lack;

    /// <summary>Where it began to rise, units of 1e-9.</summary>
    public readonly long RisesFrom => One - _lackOnce;

    /// <summary>When it began to rise.</summary>
    public Timestamp Since { get; private set; }

    /// <param name="target">What it is to be, above zero; more than one is one.</param>
    /// <param name="floor">The least that it can be.</param>
    /// <param name="recovery">How long it takes from there to one.</param>
    /// <param name="clock">Never going back.</param>
    /// <returns>True when it is another.</returns>
    public bool TryMove(long target, long floor, Duration recovery, Timestamp clock)
    {
        long before = _lack;
        target = Math.Clamp(target - target % Step, floor, One);
        long risen = Risen(floor, recovery, clock);
        if (target <= risen) (_lack, _lackOnce, Since) = (One - target, One - target, clock);
        else _lack = One - Math.Max(risen - risen % Step, Nanos);
        return _lack != before;
    }

    /// <summary>Goes on from where an earlier session was.</summary>
    public void Restore(long nanos, long risesFrom, Timestamp since) => (_lack, _lackOnce, Since) = (One - nanos, One - risesFrom, since);

    private readonly long Risen(long floor, Duration recovery, Timestamp clock)
    {
        if (recovery <= Duration.Zero) return One;
        Int128 risen = RisesFrom + (Int128)(One - floor) * Math.Max((clock - Since).Nanos, 0) / recovery.Nanos;
        return (long)Int128.Min(risen, One);
    }
}
