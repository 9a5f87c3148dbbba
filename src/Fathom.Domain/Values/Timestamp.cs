using System.Globalization;

namespace Fathom.Domain.Values;

/// <summary>A moment as signed nanoseconds since 1970-01-01T00:00:00Z, 1677 to 2262.</summary>
public readonly record struct Timestamp(long Nanos) : IComparable<Timestamp>
{
    public const long NanosPerSecond = 1_000_000_000;

    /// <summary>No time: the value that means "not stated".</summary>
    public static Timestamp None => new(long.MaxValue);

    public static Timestamp Earliest => new(long.MinValue);

    public bool IsNone => Nanos == long.MaxValue;

    /// <summary>Reads RFC 3339 with a zone (up to nine decimals of a second) or integer nanoseconds. Text without a zone is refused: it could mean any hour of a day.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Timestamp time)
    {
        time = None;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long nanos))
        {
            time = new Timestamp(nanos);      // the largest number means "no time": nobody may state it
            return !time.IsNone;
        }
        return Rfc3339.TryParse(text, out time);
    }

    /// <summary>The first whole multiple of a duration after this time, counted from 1970; saturates.</summary>
    /// <param name="interval">Above zero.</param>
    public Timestamp NextMultipleOf(Duration interval) =>
        new((long)Int128.Min(((Int128)FloorDiv(Nanos, interval.Nanos) + 1) * interval.Nanos, long.MaxValue - 1));

    /// <summary>Calendar day in UTC as YYYYMMDD, the form in which symbol mappings state their intervals.</summary>
    public int DateUtc()
    {
        DateTime date = DateTime.UnixEpoch.AddTicks(FloorDiv(Nanos, 100));
        return date.Year * 10_000 + date.Month * 100 + date.Day;
    }

    /// <summary>RFC 3339 in UTC with nine digits; empty for <see cref="None"/>.</summary>
    public override string ToString()
    {
        if (IsNone) return "";
        DateTime date = DateTime.UnixEpoch.AddTicks(FloorDiv(Nanos, NanosPerSecond) * TimeSpan.TicksPerSecond);
        long fraction = Nanos - FloorDiv(Nanos, NanosPerSecond) * NanosPerSecond;
        return string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-ddTHH:mm:ss}.{fraction:000000000}Z");
    }

    /// <summary>Adds a duration; saturates at the earliest and the last moment instead of wrapping, because a far future is a legal answer and a wrapped one
    /// is not. <see cref="None"/> stays None.</summary>
    public static Timestamp operator +(Timestamp time, Duration duration)
    {
        if (time.IsNone) return None;
        Int128 sum = (Int128)time.Nanos + duration.Nanos;
        return new Timestamp((long)Int128.Clamp(sum, long.MinValue, long.MaxValue - 1));
    }

    /// <summary>The later one; <see cref="None"/> is later than any.</summary>
    public static Timestamp Max(Timestamp left, Timestamp right) => left.Nanos >= right.Nanos ? left : right;
    /// <summary>The earlier one; <see cref="None"/> is later than any.</summary>
    public static Timestamp Min(Timestamp left, Timestamp right) => left.Nanos <= right.Nanos ? left : right;

    /// <summary>Saturates at the longest duration of either sign. Both times are stated.</summary>
    public static Duration operator -(Timestamp left, Timestamp right) =>
        new((long)Int128.Clamp((Int128)left.Nanos - right.Nanos, long.MinValue, long.MaxValue));

    public static bool operator <(Timestamp left, Timestamp right) => left.Nanos < right.Nanos;
    public static bool operator >(Timestamp left, Timestamp right) => left.Nanos > right.Nanos;
    public static bool operator <=(Timestamp left, Timestamp right) => left.Nanos <= right.Nanos;
    public static bool operator >=(Timestamp left, Timestamp right) => left.Nanos >= right.Nanos;

    public int CompareTo(Timestamp other) => Nanos.CompareTo(other.Nanos);

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : -((-(value + 1)) / by) - 1;
}
