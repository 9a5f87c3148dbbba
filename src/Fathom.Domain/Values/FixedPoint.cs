using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fathom.Domain.Values;

/// <summary>Text of the 64-bit fixed-point numbers in units of 1e-9 that <see cref="Price"/> and <see cref="Quantity"/> share.</summary>
internal static class FixedPoint
{
    public const long Scale = 1_000_000_000;
    private const int Digits = 9;

    /// <summary>10^28: times 10^9 it still fits 128 bits.</summary>
    private static readonly Int128 ReadMax = (Int128)10_000_000_000_000_000_000 * 1_000_000_000;

    /// <summary>Longest text: sign, ten whole digits, point, nine decimals.</summary>
    public const int TextLengthMax = 21;

    /// <summary>The number, unless it is the largest one, which means "not stated": arithmetic neither gives nor takes that.</summary>
    /// <exception cref="OverflowException">It is.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Stated(long nanos)
    {
        if (nanos == long.MaxValue) ThrowNotStated();
        return nanos;
    }

    /// <summary>Whole units of 1e-9, half to even.</summary>
    /// <exception cref="OverflowException">Below −2^63 or above 2^63 − 2 of them.</exception>
    public static long FromDecimal(decimal value) => Stated(decimal.ToInt64(decimal.Round(checked(value * Scale), MidpointRounding.ToEven)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Add(long left, long right) => Stated(checked(Stated(left) + Stated(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Subtract(long left, long right) => Stated(checked(Stated(left) - Stated(right)));

    /// <summary>Writes the exact decimal text with at least <paramref name="decimalsMin"/> (0 to 9) decimals and no further trailing zeros.</summary>
    public static string Format(long nanos, int decimalsMin)
    {
        Span<char> text = stackalloc char[TextLengthMax];
        TryFormat(nanos, decimalsMin, text, out int written);
        return new string(text[..written]);
    }

    public static bool TryFormat(long nanos, int decimalsMin, Span<char> destination, out int written)
    {
        ulong magnitude = nanos < 0 ? (ulong)-nanos : (ulong)nanos;      // -long.MinValue wraps to the right magnitude
        (ulong whole, ulong fraction) = Math.DivRem(magnitude, (ulong)Scale);
        int decimals = Digits;
        while (decimals > decimalsMin && fraction % 10 == 0) { fraction /= 10; decimals--; }

        int at = 0;
        written = 0;
        if (nanos < 0)
        {
            if (destination.IsEmpty) return false;
            destination[at++] = '-';
        }
        if (!whole.TryFormat(destination[at..], out int wholeLength, default, CultureInfo.InvariantCulture)) return false;
        at += wholeLength;
        if (decimals > 0)
        {
            if (destination.Length < at + 1 + decimals) return false;
            destination[at] = '.';
            for (int i = at + decimals; i > at; i--) { destination[i] = (char)('0' + fraction % 10); fraction /= 10; }
            at += 1 + decimals;
        }
        written = at;
        return true;
    }

    /// <summary>Reads an optional sign, digits, and at most nine significant decimals. No exponent, no spaces, no thousands separators.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long nanos)
    {
        bool isRead = TryParseWide(text, out Int128 wide) && wide >= long.MinValue && wide <= long.MaxValue;
        nanos = isRead ? (long)wide : 0;
        return isRead;
    }

    /// <summary>As <see cref="TryParse"/>, for numbers whose unit is applied afterwards: up to 28 digits in all.</summary>
    public static bool TryParseWide(ReadOnlySpan<char> text, out Int128 nanos)
    {
        nanos = 0;
        bool isNegative = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        Int128 value = 0;
        int decimals = -1, digits = 0;
        foreach (char c in text)
        {
            if (c == '.' && decimals < 0) { decimals = 0; continue; }
            if (!char.IsAsciiDigit(c)) return false;
            digits++;
            if (decimals == Digits)
            {
                if (c != '0') return false;      // finer than the unit: refuse rather than round silently
                continue;
            }
            if (decimals >= 0) decimals++;
            value = value * 10 + (c - '0');
            if (value >= ReadMax) return false;
        }
        if (digits == 0) return false;
        for (int i = Math.Max(decimals, 0); i < Digits; i++) value *= 10;
        nanos = isNegative ? -value : value;
        return true;
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowNotStated() =>
        throw new OverflowException("A fixed-point number is at most 2^63 − 2 units of 1e-9; one more means \"not stated\", which nothing can be computed with.");
}
