using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>When trading sessions are, in local time.</summary>
/// <param name="Open">Since midnight, below 24 hours. At or after <paramref name="Close"/>: a session opens on the evening before its day.</param>
/// <param name="Close">Since midnight of the session's day, above zero, up to 24 hours.</param>
/// <param name="Days">Days of the week that have a session, bit 0 = Sunday … bit 6 = Saturday: the day on which it closes.</param>
/// <param name="Holidays">Days without one, counted from 1970-01-01.</param>
/// <param name="Zone">The time zone's offsets, oldest first; the first is also in force before it. Empty: UTC.</param>
public sealed record SessionHours(Duration Open, Duration Close, byte Days, IReadOnlyList<int> Holidays, IReadOnlyList<ZoneOffset> Zone)
{
    /// <summary>Every day of UTC is a session, from midnight to midnight.</summary>
    public static SessionHours EveryDay { get; } = new(Duration.Zero, new Duration(SessionCalendar.DayNanos), 0x7F, [], []);
}
