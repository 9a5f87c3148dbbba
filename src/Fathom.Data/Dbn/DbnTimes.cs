using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>DBN's unsigned times and dates as Fathom's signed ones.</summary>
internal static class DbnTimes
{
    /// <summary>Times beyond 2262, "not stated" among them, become <see cref="Timestamp.None"/>.</summary>
    public static Timestamp From(ulong nanos) => nanos > long.MaxValue ? Timestamp.None : new Timestamp((long)nanos);

    /// <summary>Midnight UTC of a date given as YYYYMMDD, clamped to what a timestamp can say; false when there is no such date.</summary>
    public static bool TryDate(uint date, out Timestamp midnight)
    {
        midnight = Timestamp.None;
        uint year = date / 10_000, month = date / 100 % 100, day = date % 100;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return false;
        Int128 nanos = (Int128)(new DateTime((int)year, (int)month, (int)day) - DateTime.UnixEpoch).Ticks * 100;
        midnight = new Timestamp((long)Int128.Clamp(nanos, long.MinValue, long.MaxValue));
        return true;
    }
}
