using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// Trades per second, weighted exponentially: each adds 1 ÷ tau, and what is there decays by e^(−dt ÷ tau). It is known from the first trade on; after that trade alone it is 1 ÷ tau, so it takes
/// some tau until it says how often trades come.
/// </summary>
public sealed class TradeIntensity : TradeFeature
{
    private readonly double _tau;      // nanoseconds
    private double _intensity;      // as of the newest trade, × tau
    private Timestamp _last;

    /// <param name="tau">After it an old trade weighs 1 ÷ e; above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public TradeIntensity(Duration tau)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tau.Nanos, nameof(tau));
        _tau = tau.Nanos;
    }

    /// <inheritdoc/>
    public override bool FollowsTime => true;

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        if (_intensity > 0) Tell(Decayed(now));
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        _intensity = (_intensity > 0 ? Decayed(trade.Time) : 0) + 1;
        _last = trade.Time;
        Tell(_intensity);
    }

    /// <inheritdoc/>
    protected override void Clear() => (_intensity, _last) = (0, default);

    private double Decayed(Timestamp now) => _intensity * Portable.Exp((_last.Nanos - now.Nanos) / _tau);

    private void Tell(double intensity) => Set(intensity * Timestamp.NanosPerSecond / _tau);
}
