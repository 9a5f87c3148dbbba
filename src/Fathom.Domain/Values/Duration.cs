namespace Fathom.Domain.Values;

/// <summary>A length of time in signed nanoseconds.</summary>
public readonly record struct Duration(long Nanos) : IComparable<Duration>
{
    public static Duration Zero => default;

    /// <summary>Exact; throws <see cref="OverflowException"/> beyond about 292 years.</summary>
    public static Duration FromMilliseconds(long milliseconds) => new(checked(milliseconds * 1_000_000));

    private static readonly (string Unit, long Nanos)[] Units =
        [("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000)];

    /// <summary>Reads a number with a unit: ns, us, ms, s, m, h, d ("250us", "1.5ms"). A number without a unit is refused, and one that is no whole
    /// number of nanoseconds or does not fit ±(2^63 − 1) of them.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Duration duration)
    {
        duration = Zero;
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or '-' or '+')) digits++;
        if (!FixedPoint.TryParseWide(text[..digits], out Int128 number)) return false;
        foreach ((string unit, long nanos) in Units)
        {
            if (!text[digits..].SequenceEqual(unit)) continue;
            if (Int128.Abs(number) > (Int128)long.MaxValue * FixedPoint.Scale / nanos) return false;
            (Int128 whole, Int128 rest) = Int128.DivRem(number * nanos, FixedPoint.Scale);
            if (rest != 0) return false;
            duration = new Duration((long)whole);
            return true;
        }
        return false;
    }

    public static bool operator <(Duration left, Duration right) => left.Nanos < right.Nanos;
    public static bool operator >(Duration left, Duration right) => left.Nanos > right.Nanos;
    public static bool operator <=(Duration left, Duration right) => left.Nanos <= right.Nanos;
    public static bool operator >=(Duration left, Duration right) => left.Nanos >= right.Nanos;
    public static Duration operator +(Duration left, Duration right) => new(checked(left.Nanos + right.Nanos));

    public int CompareTo(Duration other) => Nanos.CompareTo(other.Nanos);

    /// <summary>The largest unit from ns to s that states it exactly ("1ms", "1500us", "0s").</summary>
    public override string ToString()
    {
        if (Nanos % 1_000_000_000 == 0) return $"{Nanos / 1_000_000_000}s";
        if (Nanos % 1_000_000 == 0) return $"{Nanos / 1_000_000}ms";
        return Nanos % 1_000 == 0 ? $"{Nanos / 1_000}us" : $"{Nanos}ns";
    }
}
