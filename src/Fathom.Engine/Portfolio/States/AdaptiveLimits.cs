using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>By how much the limits of positions and notionals are tighter than they were stated: with an instrument's volatility, and after losses of the account. The smaller of the two factors counts.
/// A limit tightens at once and comes back slowly.</summary>
public sealed class AdaptiveLimits
{
    private const long One = StateOptions.One;

    private readonly AdaptiveOptions _options;
    private readonly IRiskReadings _readings;
    private readonly long _floor;
    private readonly double _volatilityFrom, _lossFull;
    private RecoveringFactor _loss;
    private RecoveringFactor[] _volatility = [];

    internal AdaptiveLimits(AdaptiveOptions options, IRiskReadings readings)
    {
        (_options, _readings) = (options, readings);
        _floor = Math.Max((long)(options.Floor * One), 1);
        _volatilityFrom = (double)(options.VolatilityFrom ?? 0);
        _lossFull = (double)(options.LossFull ?? 0);
    }

    /// <summary>So much of what was stated the limits in an instrument are, units of 1e-9.</summary>
    public long FactorNanos(InstrumentId instrument) => Math.Min(_loss.Nanos, VolatilityNanos(instrument));

    /// <summary>After losses: the factor of what concerns no single instrument, units of 1e-9.</summary>
    public long LossNanos => _loss.Nanos;

    /// <summary>With volatility, units of 1e-9.</summary>
    public long VolatilityNanos(InstrumentId instrument) => (uint)instrument.Index < (uint)_volatility.Length ? _volatility[instrument.Index].Nanos : One;

    /// <summary>A stated limit as it is in force, rounded down; the largest number, which stands for none, stays.</summary>
    internal long Tighten(long limit, InstrumentId instrument) => limit == long.MaxValue ? limit : (long)((Int128)limit * FactorNanos(instrument) / One);

    /// <summary>As the other, of money.</summary>
    internal Int128 Tighten(Int128 limit, InstrumentId instrument)
    {
        (Int128 whole, Int128 rest) = Int128.DivRem(limit, One);
        long factor = FactorNanos(instrument);
        return whole * factor + rest * factor / One;
    }

    /// <summary>The mark of an instrument, or the account's equity, moved.</summary>
    /// <returns>True when limits in other instruments may be others too.</returns>
    internal bool TryAdvance(InstrumentId instrument, Timestamp clock)
    {
        if (_options.VolatilityFrom is not null && !instrument.IsNone)
        {
            if (instrument.Index >= _volatility.Length) Array.Resize(ref _volatility, Math.Max(instrument.Index + 1, _volatility.Length * 2));
            _volatility[instrument.Index].TryMove(VolatilityTarget(instrument), _floor, _options.Recovery, clock);
        }
        return _options.LossFull is not null && _loss.TryMove(LossTarget(), _floor, _options.Recovery, clock);
    }

    internal ref readonly RecoveringFactor Loss => ref _loss;

    internal RecoveringFactor VolatilityOf(InstrumentId instrument) => (uint)instrument.Index < (uint)_volatility.Length ? _volatility[instrument.Index] : default;

    /// <param name="instrument">None: after losses.</param>
    internal void Restore(InstrumentId instrument, long nanos, long risesFrom, Timestamp since)
    {
        if (instrument.IsNone)
        {
            _loss.Restore(nanos, risesFrom, since);
            return;
        }
        if (instrument.Index >= _volatility.Length) Array.Resize(ref _volatility, instrument.Index + 1);
        _volatility[instrument.Index].Restore(nanos, risesFrom, since);
    }

    private long VolatilityTarget(InstrumentId instrument)
    {
        double current = _readings.Volatility(instrument), usual = _readings.UsualVolatility(instrument);
        return usual > 0 && current > usual * _volatilityFrom ? (long)(usual / current * One) : One;
    }

    private long LossTarget()
    {
        double loss = _options.CountsFromPeak ? _readings.Drawdown(-1) : _readings.DayDrawdown(-1);
        return loss > 0 ? (long)(One - (One - _floor) * Math.Min(loss / _lossFull, 1)) : One;
    }
}
