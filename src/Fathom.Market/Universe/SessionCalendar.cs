using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>Finds trading sessions by their hours. It remembers the session that it found last: asking for times that go forward costs next to nothing.</summary>
/// <remarks>An hour that a change of the zone skips counts by the offset before the change, one that comes twice is its first.</remarks>
public sealed class SessionCalendar
{
    internal const long DayNanos = 86_400L * Timestamp.NanosPerSecond;

    private const int SearchDaysMax = 3_660;      // ten years without a session is none

    private readonly SessionHours _hours;
    private readonly HashSet<int> _holidays;
    private Session _last = new(Timestamp.Earliest, Timestamp.Earliest);
    private Timestamp _lastFrom = Timestamp.None;      // Next(t) is _last for _lastFrom ≤ t < _last.Close

    /// <exception cref="ArgumentException">The hours make no session.</exception>
    public SessionCalendar(SessionHours hours)
    {
        bool isPossible = hours.Open >= Duration.Zero && hours.Open.Nanos < DayNanos && hours.Close > Duration.Zero && hours.Close.Nanos <= DayNanos && (hours.Days & 0x7F) != 0;
        if (!isPossible) throw new ArgumentException($"A session opens and closes within a day, on at least one day of the week; found {hours.Open} to {hours.Close}, days {hours.Days}.", nameof(hours));
        for (int i = 1; i < hours.Zone.Count; i++)
            if (hours.Zone[i].From <= hours.Zone[i - 1].From) throw new ArgumentException("The offsets of a zone are stated oldest first.", nameof(hours));
        _hours = hours;
        _holidays = [.. hours.Holidays];
    }

    /// <summary>The session that holds the time.</summary>
    public bool TryFind(Timestamp time, out Session session)
    {
        session = Next(time);
        return session.Contains(time);
    }

    /// <summary>The session that holds the time, else the next one; both its times are None where there is none within ten years.</summary>
    public Session Next(Timestamp time)
    {
        if (time >= _lastFrom && time < _last.Close) return _last;
        Session found = Search(time);
        (_last, _lastFrom) = found.Open.IsNone ? (new Session(Timestamp.Earliest, Timestamp.Earliest), Timestamp.None) : (found, time);
        return found;
    }

    private Session Search(Timestamp time)
    {
        if (time.IsNone) return new Session(Timestamp.None, Timestamp.None);
        // A local day is at most a day away from the day in UTC.
        long first = FloorDiv(time.Nanos, DayNanos) - 1;
        for (long day = first; day < first + SearchDaysMax; day++)
        {
            if (!IsSessionDay(day)) continue;
            Session session = Of(day);
            if (session.Close > time) return session;
        }
        return new Session(Timestamp.None, Timestamp.None);
    }

    private bool IsSessionDay(long day)
    {
        int weekday = (int)(((day + 4) % 7 + 7) % 7);      // 1970-01-01 was a Thursday
        return (_hours.Days >> weekday & 1) != 0 && !(day is >= int.MinValue and <= int.MaxValue && _holidays.Contains((int)day));
    }

    private Session Of(long day)
    {
        long openDay = _hours.Open < _hours.Close ? day : day - 1;
        return new Session(ToUtc(openDay, _hours.Open), ToUtc(day, _hours.Close));
    }

    private Timestamp ToUtc(long day, Duration sinceMidnight)
    {
        Int128 local = (Int128)day * DayNanos + sinceMidnight.Nanos;
        IReadOnlyList<ZoneOffset> zone = _hours.Zone;
        long offset = zone.Count > 0 ? zone[0].Offset.Nanos : 0;
        for (int i = 1; i < zone.Count; i++)
        {
            if (local - offset < zone[i].From.Nanos) break;      // by the clock before the change it has not come yet
            offset = zone[i].Offset.Nanos;
        }
        return new Timestamp((long)Int128.Clamp(local - offset, long.MinValue, long.MaxValue - 1));
    }

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : -((-(value + 1)) / by) - 1;
}
