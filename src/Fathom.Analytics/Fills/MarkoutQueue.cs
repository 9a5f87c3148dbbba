using System.Runtime.CompilerServices;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Fills;

/// <summary>
/// Fills that wait for their horizons. The mid of a horizon is the last one at or before that moment, and only an event after the moment proves that no other
/// quote came: so a horizon is settled when the clock of any event has passed it, before that event is looked at. Every horizon has its own line; a fill
/// goes from one to the next, all wait equally long in a line, so only the heads are looked at. No more wait than the fills of the longest horizon.
/// </summary>
internal sealed class MarkoutQueue
{
    private readonly Duration[] _horizons;
    private readonly Queue<MarkedFill>[] _lines;
    private readonly MarketTape _market;
    private readonly Action<MarkedFill> _finished;
    private Timestamp _due = Timestamp.None;

    /// <param name="horizons">At least one, above zero, ascending.</param>
    /// <param name="market">Has the marks in force.</param>
    /// <param name="finished">Is given the fills in their order.</param>
    /// <exception cref="ArgumentException">The horizons are not as they should be.</exception>
    public MarkoutQueue(IReadOnlyList<Duration> horizons, MarketTape market, Action<MarkedFill> finished)
    {
        if (horizons.Count == 0) throw new ArgumentException("Mark-outs need at least one horizon.", nameof(horizons));
        Duration before = Duration.Zero;
        foreach (Duration horizon in horizons)
        {
            if (horizon <= before) throw new ArgumentException($"Horizons are above zero and ascending; {horizon} follows {before}.", nameof(horizons));
            before = horizon;
        }
        _horizons = [.. horizons];
        _lines = new Queue<MarkedFill>[_horizons.Length];
        for (int i = 0; i < _lines.Length; i++) _lines[i] = new Queue<MarkedFill>();
        _market = market;
        _finished = finished;
    }

    /// <summary>To be called with the time of every event before the event is looked at.</summary>
    /// <param name="clock">Never goes back.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(Timestamp clock)
    {
        if (clock > _due) Settle(clock);
    }

    public void Add(MarkedFill fill)
    {
        _lines[0].Enqueue(fill);
        _due = Timestamp.Min(_due, fill.Time + _horizons[0]);
    }

    /// <summary>After the last event: horizons up to the end are settled, the others stay without a mid.</summary>
    /// <param name="end">The clock at the end of the run.</param>
    public void Finish(Timestamp end)
    {
        Advance(end + new Duration(1));
        for (int i = _lines.Length - 1; i >= 0; i--)
            while (_lines[i].TryDequeue(out MarkedFill? fill)) _finished(fill);
        _due = Timestamp.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Settle(Timestamp clock)
    {
        _due = Timestamp.None;
        for (int i = 0; i < _lines.Length; i++)
        {
            while (_lines[i].TryPeek(out MarkedFill? fill))
            {
                Timestamp due = fill.Time + _horizons[i];
                if (clock <= due)
                {
                    _due = Timestamp.Min(_due, due);
                    break;
                }
                Pass(_lines[i].Dequeue(), i);
            }
        }
    }

    private void Pass(MarkedFill fill, int horizon)
    {
        fill.Note(horizon, _market.Mid(fill.Fill.Header.Instrument));
        if (horizon + 1 < _lines.Length) _lines[horizon + 1].Enqueue(fill);
        else _finished(fill);
    }
}
