namespace Fathom.Engine.Portfolio;

/// <summary>What equity in one currency did over a run, in bounded memory: the deepest fall from a peak, and one value per UTC day.</summary>
public sealed class EquityCurve
{
    private readonly List<DailyEquity> _days = [];
    private Int128 _peakNanos;

    internal EquityCurve(Int128 startNanos) => _peakNanos = startNanos;

    /// <summary>A curve that goes on from where another one is.</summary>
    internal EquityCurve(EquityCurve before)
    {
        _days.AddRange(before._days);
        (_peakNanos, DrawdownMax) = (before._peakNanos, before.DrawdownMax);
    }

    /// <summary>Deepest fall as a fraction of the peak before it, start included; 0 while no peak is above zero.</summary>
    public double DrawdownMax { get; private set; }

    /// <summary>Equity at the end of each UTC day that had an input, oldest first; since the day in which the currency was first in use.</summary>
    public IReadOnlyList<DailyEquity> Days => _days;

    internal Int128 PeakNanos => _peakNanos;

    /// <summary>Goes on from where an earlier session was; the days are this one's own.</summary>
    internal void Restore(Int128 peakNanos, double drawdownMax) => (_peakNanos, DrawdownMax) = (peakNanos, drawdownMax);

    internal void Sample(Int128 equityNanos)
    {
        if (equityNanos >= _peakNanos) _peakNanos = equityNanos;
        else if (_peakNanos > 0) DrawdownMax = Math.Max(DrawdownMax, (double)(_peakNanos - equityNanos) / (double)_peakNanos);
    }

    internal void EndDay(int day, decimal equity) => _days.Add(new DailyEquity(day, equity));
}
