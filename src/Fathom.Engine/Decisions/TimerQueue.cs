using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>The timers of one strategy, soonest first; of two at the same time the one that was set first.</summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<Timer, (long Due, long Sequence)> _timers = new();
    private readonly List<(Timer, (long, long))> _kept = [];      // of a clearing

    /// <summary>Number of the timer that was set last.</summary>
    public long Newest { get; private set; }

    /// <summary>When the next one is due; None without timers.</summary>
    public Timestamp Next { get; private set; } = Timestamp.None;

    /// <param name="period">Zero for a timer that comes once.</param>
    public void Set(Timestamp due, Duration period, ulong tag)
    {
        _timers.Enqueue(new Timer(tag, period), (due.Nanos, ++Newest));
        SetNext();
    }

    /// <summary>Ends all timers with this tag.</summary>
    public void Clear(ulong tag)
    {
        while (_timers.TryDequeue(out Timer timer, out (long, long) at))
            if (timer.Tag != tag) _kept.Add((timer, at));
        foreach ((Timer timer, (long, long) at) in _kept) _timers.Enqueue(timer, at);
        _kept.Clear();
        SetNext();
    }

    /// <summary>Takes the next timer that is due at <paramref name="now"/>; a periodic one is set again for the first period that begins after it.</summary>
    /// <param name="newest">Timers set later than this (<see cref="Newest"/>) wait for the next time, even when they are due: one that a callback sets for the past would never end.</param>
    public bool TryTake(Timestamp now, long newest, out TimerEvent due)
    {
        due = default;
        if (Next > now || Next.IsNone) return false;
        _timers.TryPeek(out Timer timer, out (long Due, long Sequence) at);
        if (at.Sequence > newest) return false;
        _timers.Dequeue();
        long missed = timer.Period == Duration.Zero ? 0 : (now.Nanos - at.Due) / timer.Period.Nanos;
        due = new TimerEvent(timer.Tag, new Timestamp(at.Due), missed);
        if (timer.Period > Duration.Zero) _timers.Enqueue(timer, ((new Timestamp(at.Due) + new Duration(checked((missed + 1) * timer.Period.Nanos))).Nanos, at.Sequence));
        SetNext();
        return true;
    }

    private void SetNext() => Next = _timers.TryPeek(out _, out (long Due, long Sequence) first) ? new Timestamp(first.Due) : Timestamp.None;

    private readonly record struct Timer(ulong Tag, Duration Period);
}
