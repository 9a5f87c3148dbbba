using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What an account's equity did over a run, in bounded memory: the deepest fall from a peak, and one value per UTC day.</summary>
public sealed class EquityCurve
{
    private const long NanosPerDay = 86_400 * Timestamp.NanosPerSecond;

    private readonly List<DailyEquity> _days = [];
    private Int128 _peakNanos;
    private long _day = long.MinValue;
    private Timestamp _dayEnd = Timestamp.Earliest;

    internal EquityCurve(Int128 startNanos) => _peakNanos = startNanos;

    /// <summary>Deepest fall as a fraction of the peak before it, start included; 0 while no peak is above zero.</summary>
    public double DrawdownMax { get; private set; }

    /// <summary>Equity at the end of each UTC day that had an input, oldest first.</summary>
    public IReadOnlyList<DailyEquity> Days => _days;

    /// <summary>The clock entered another UTC day, so that <see cref="CloseDay"/> is due before anything of the new day is applied.</summary>
    internal bool IsDayOver(Timestamp clock) => clock >= _dayEnd;

    internal void Sample(Int128 equityNanos)
    {
        if (equityNanos >= _peakNanos) _peakNanos = equityNanos;
        else if (_peakNanos > 0) DrawdownMax = Math.Max(DrawdownMax, (double)(_peakNanos - equityNanos) / (double)_peakNanos);
    }

    internal void CloseDay(decimal equity, Timestamp clock)
    {
        Finish(equity);
        _day = clock.Nanos >= 0 ? clock.Nanos / NanosPerDay : -((-(clock.Nanos + 1)) / NanosPerDay) - 1;
        Int128 end = ((Int128)_day + 1) * NanosPerDay;
        _dayEnd = new Timestamp((long)Int128.Min(end, long.MaxValue));
    }

    /// <summary>Notes the current day's last value; without a day it does nothing.</summary>
    internal void Finish(decimal equity)
    {
        if (_day == long.MinValue) return;
        _days.Add(new DailyEquity((int)_day, equity));
        _day = long.MinValue;
    }
}
