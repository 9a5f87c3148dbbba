using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Engine.Decisions;

/// <summary>The timers of one strategy, soonest first; of two at the same time the one that was set first.</summary>
/// <param name="calendar">By which session timers go.</param>
internal sealed class TimerQueue(SessionCalendar calendar)
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
        _timers.Enqueue(new Timer(tag, period, SessionPoint.None, Duration.Zero, default), (due.Nanos, ++Newest));
        SetNext();
    }

    /// <summary>Sets a timer for a moment of each session + offset, from the first such time at or after <paramref name="now"/> on. Without a session to come there is none.</summary>
    public void SetSession(SessionPoint point, Duration offset, Timestamp now, ulong tag)
    {
        Int128 at = (Int128)now.Nanos - offset.Nanos;      // the moment itself lies at or after this
        Timestamp from = new((long)Int128.Clamp(at, long.MinValue, long.MaxValue - 1));
        Timer timer = new(tag, Duration.Zero, point, offset, calendar.Next(point == SessionPoint.Close ? from + new Duration(-1) : from));
        if (timer.Moment < from) timer = timer with { Session = calendar.Next(timer.Session.Close) };
        Newest++;
        EnqueueSession(in timer, Newest);
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

    /// <summary>Takes the next timer that is due at <paramref name="now"/>; a periodic one is set again for the first period that begins after it,
    /// one of sessions for the first session whose moment lies after it.</summary>
    /// <param name="newest">Timers set later than this (<see cref="Newest"/>) wait for the next time, even when they are due: one that a callback sets for the past would never end.</param>
    public bool TryTake(Timestamp now, long newest, out TimerEvent due)
    {
        due = default;
        if (Next > now || Next.IsNone) return false;
        _timers.TryPeek(out Timer timer, out (long Due, long Sequence) at);
        if (at.Sequence > newest) return false;
        _timers.Dequeue();
        long missed = timer.Period == Duration.Zero ? 0 : (now.Nanos - at.Due) / timer.Period.Nanos;
        if (timer.Point != SessionPoint.None) missed = SetForNextSession(timer, now, at.Sequence);
        due = new TimerEvent(timer.Tag, new Timestamp(at.Due), missed);
        if (timer.Period > Duration.Zero) _timers.Enqueue(timer, ((new Timestamp(at.Due) + new Duration(checked((missed + 1) * timer.Period.Nanos))).Nanos, at.Sequence));
        SetNext();
        return true;
    }

    /// <returns>Sessions whose moment has passed by now as well.</returns>
    private long SetForNextSession(Timer timer, Timestamp now, long sequence)
    {
        long missed = -1;
        do
        {
            timer = timer with { Session = calendar.Next(timer.Session.Close) };
            missed++;
        }
        while (!timer.Session.Open.IsNone && timer.Due <= now);
        EnqueueSession(in timer, sequence);
        return missed;
    }

    private void EnqueueSession(in Timer timer, long sequence)
    {
        if (!timer.Session.Open.IsNone) _timers.Enqueue(timer, (timer.Due.Nanos, sequence));
    }

    private void SetNext() => Next = _timers.TryPeek(out _, out (long Due, long Sequence) first) ? new Timestamp(first.Due) : Timestamp.None;

    /// <param name="Period">Zero for one that comes once, and for one of sessions.</param>
    /// <param name="Point">None but for one of sessions.</param>
    private readonly record struct Timer(ulong Tag, Duration Period, SessionPoint Point, Duration Offset, Session Session)
    {
        public Timestamp Moment => Point == SessionPoint.Open ? Session.Open : Session.Close;

        public Timestamp Due => Moment + Offset;
    }
}
