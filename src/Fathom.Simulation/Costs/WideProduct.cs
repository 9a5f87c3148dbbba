namespace Fathom.Simulation.Costs;

/// <summary>A product of two 128-bit numbers, divided and rounded once: school arithmetic on four 64-bit digits.</summary>
internal static class WideProduct
{
    private const int Digits = 4;

    /// <summary>left × right ÷ (first × second), rounded half-even.</summary>
    /// <param name="first">Above zero.</param>
    /// <param name="second">Above zero.</param>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public static ulong DivideRounded(UInt128 left, UInt128 right, ulong first, ulong second)
    {
        Span<ulong> digits = stackalloc ulong[Digits];
        Multiply(left, right, digits);
        ulong low = Divide(digits, first);
        ulong high = Divide(digits, second);
        if ((digits[1] | digits[2] | digits[3]) != 0) throw new OverflowException("The amount does not fit 64 bits of 1e-9.");

        // What was cut off is high × first + low, in units of 1 / (first × second).
        UInt128 rest = (UInt128)high * first + low;
        UInt128 whole = (UInt128)first * second;
        UInt128 toNext = whole - rest;
        bool isRoundedUp = rest > toNext || (rest == toNext && (digits[0] & 1) != 0);
        return isRoundedUp ? checked(digits[0] + 1) : digits[0];
    }

    private static void Multiply(UInt128 left, UInt128 right, Span<ulong> digits)
    {
        UInt128 lowLow = (UInt128)(ulong)left * (ulong)right;
        UInt128 lowHigh = (UInt128)(ulong)left * (ulong)(right >> 64);
        UInt128 highLow = (UInt128)(ulong)(left >> 64) * (ulong)right;
        UInt128 highHigh = (UInt128)(ulong)(left >> 64) * (ulong)(right >> 64);

        UInt128 middle = (lowLow >> 64) + (ulong)lowHigh + (ulong)highLow;
        UInt128 upper = highHigh + (lowHigh >> 64) + (highLow >> 64) + (middle >> 64);
        digits[0] = (ulong)lowLow;
        digits[1] = (ulong)middle;
        digits[2] = (ulong)upper;
        digits[3] = (ulong)(upper >> 64);
    }

    /// <summary>Divides in place and returns the rest.</summary>
    private static ulong Divide(Span<ulong> digits, ulong by)
    {
        ulong rest = 0;
        for (int i = Digits - 1; i >= 0; i--)
        {
            (UInt128 quotient, UInt128 remainder) = UInt128.DivRem(new UInt128(rest, digits[i]), by);
            digits[i] = (ulong)quotient;
            rest = (ulong)remainder;
        }
        return rest;
    }
}
