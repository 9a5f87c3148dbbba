using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;
using Fathom.Market.Universe;

namespace Fathom.Host.Sessions;

/// <summary>Makes trading sessions of the section <c>[session]</c>: hours in local time, with the zone's offsets as this machine's time zone data state them.</summary>
internal static class SessionBinding
{
    private const long NanosPerTick = 100;

    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] DaysByDefault = ["mon", "tue", "wed", "thu", "fri"];
    private static readonly DateTime First = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), Last = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <exception cref="InputException">A time, day or date that is none, an unknown zone, or hours that make no session.</exception>
    public static SessionHours Bind(ConfigSection section)
    {
        string[] written = [.. section.Keys];
        string? open = section.StringOrNull("open"), close = section.StringOrNull("close"), zone = section.StringOrNull("time_zone");
        IReadOnlyList<string>? days = Written(section, "days"), holidays = Written(section, "holidays");
        if (written.Length == 0) return SessionHours.EveryDay;
        if (open is null) _ = section.String("open");      // says that it is missing
        if (close is null) _ = section.String("close");
        Duration opens = TimeOf(section, "open", open!, isEnd: false), closes = TimeOf(section, "close", close!, isEnd: true);
        return new SessionHours(opens, closes, DaysOf(section, days ?? DaysByDefault), HolidaysOf(section, holidays ?? []), ZoneOf(section, zone ?? "UTC"));
    }

    private static IReadOnlyList<string>? Written(ConfigSection section, string key)
    {
        if (section.Has(key)) return section.Strings(key);
        _ = section.StringOrNull(key);      // known, and not set
        return null;
    }

    private static Duration TimeOf(ConfigSection section, string key, string text, bool isEnd)
    {
        if (isEnd && text is "24:00" or "24:00:00") return Duration.FromMilliseconds(86_400_000);
        bool isTime = TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time);
        if (!isTime || (isEnd && time == TimeOnly.MinValue))
            throw section.Refuse(key, $"a time of day, HH:mm or HH:mm:ss, {(isEnd ? "after 00:00, up to 24:00" : "from 00:00 to 23:59:59")}", $"Write {key} = \"{(isEnd ? "16:00" : "09:30")}\".");
        return new Duration(time.Ticks * NanosPerTick);
    }

    private static byte DaysOf(ConfigSection section, IReadOnlyList<string> days)
    {
        int bits = 0;
        foreach (string day in days)
        {
            int weekday = Array.IndexOf(Weekdays, day);
            if (weekday < 0) throw section.Refuse("days", $"days out of {string.Join(", ", Weekdays)}", "Write days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"].");
            bits |= 1 << weekday;
        }
        return bits != 0 ? (byte)bits : throw section.Refuse("days", "at least one day", "Name one, or leave days out: then it is Monday to Friday.");
    }

    private static List<int> HolidaysOf(ConfigSection section, IReadOnlyList<string> dates)
    {
        List<int> days = [];
        foreach (string text in dates)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                throw section.Refuse("holidays", $"dates, YYYY-MM-DD, but '{text}' is none", "Write holidays = [\"2026-12-25\"].");
            days.Add(date.DayNumber - DateOnly.FromDateTime(First).DayNumber);
        }
        return days;
    }

    private static List<ZoneOffset> ZoneOf(ConfigSection section, string name)
    {
        if (name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)) return OffsetsOf(zone);
        throw section.Refuse("time_zone", "a time zone that this machine knows, by its name in the tz database", "Write time_zone = \"America/New_York\", or \"UTC\"; an empty system needs the package tzdata.");
    }

    /// <summary>All changes of the zone's offset from 1970 to 2100, to the second.</summary>
    internal static List<ZoneOffset> OffsetsOf(TimeZoneInfo zone)
    {
        TimeSpan offset = zone.GetUtcOffset(First);
        List<ZoneOffset> offsets = [new ZoneOffset(Timestamp.Earliest, DurationOf(offset))];
        for (DateTime day = First; day < Last; day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day.AddDays(1)) == offset) continue;
            DateTime change = ChangeWithin(zone, day, offset);
            offset = zone.GetUtcOffset(change);
            offsets.Add(new ZoneOffset(new Timestamp((change - First).Ticks * NanosPerTick), DurationOf(offset)));
        }
        return offsets;
    }

    /// <summary>The first second of the day after <paramref name="from"/> at which the offset is another one.</summary>
    private static DateTime ChangeWithin(TimeZoneInfo zone, DateTime from, TimeSpan offset)
    {
        int before = 0, after = 86_400;
        while (after - before > 1)
        {
            int middle = (before + after) / 2;
            if (zone.GetUtcOffset(from.AddSeconds(middle)) == offset) before = middle;
            else after = middle;
        }
        return from.AddSeconds(after);
    }

    private static Duration DurationOf(TimeSpan time) => new(time.Ticks * NanosPerTick);
}
