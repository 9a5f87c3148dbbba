namespace Fathom.Domain.Values;

/// <summary>RFC 3339 date-times with a mandatory zone, read by hand because the framework's parsers round below 100 ns and guess missing zones.</summary>
internal static class Rfc3339
{
    private const int DateTimeLength = 19;      // 2024-05-08T00:00:00

    public static bool TryParse(ReadOnlySpan<char> text, out Timestamp time)
    {
        time = Timestamp.None;
        if (text.Length <= DateTimeLength || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':')
            return false;
        if (!TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int day) ||
            !TryDigits(text[11..13], out int hour) || !TryDigits(text[14..16], out int minute) || !TryDigits(text[17..19], out int second))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;

        ReadOnlySpan<char> rest = text[DateTimeLength..];
        if (!TryFraction(ref rest, out long fraction) || !TryZone(rest, out int zoneMinutes)) return false;

        long seconds = (new DateTime(year, month, day, hour, minute, second) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond - zoneMinutes * 60L;
        Int128 nanos = (Int128)seconds * Timestamp.NanosPerSecond + fraction;
        if (nanos < long.MinValue || nanos >= long.MaxValue) return false;
        time = new Timestamp((long)nanos);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long nanos)
    {
        nanos = 0;
        if (rest is not ['.', ..]) return true;
        int digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
        if (digits is 1 or > 10) return false;
        for (int i = 1; i <= 9; i++) nanos = nanos * 10 + (i < digits ? rest[i] - '0' : 0);
        rest = rest[digits..];
        return true;
    }

    private static bool TryZone(ReadOnlySpan<char> zone, out int minutes)
    {
        minutes = 0;
        if (zone is ['Z' or 'z']) return true;
        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':') return false;
        if (!TryDigits(zone[1..3], out int hour) || !TryDigits(zone[4..6], out int minute) || hour > 23 || minute > 59) return false;
        minutes = (zone[0] == '-' ? -1 : 1) * (hour * 60 + minute);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
