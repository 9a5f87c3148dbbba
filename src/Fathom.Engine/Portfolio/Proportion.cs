namespace Fathom.Engine.Portfolio;

/// <summary>Exact value × part / whole, rounded half to even, where the product may need 192 bits.</summary>
/// <remarks>With value = q·whole + r the result is q·part + r·part / whole, and r·part stays below whole·part, which is below 2^127: no wider type is needed.</remarks>
internal static class Proportion
{
    /// <param name="part">Not negative.</param>
    /// <param name="whole">Above zero.</param>
    /// <exception cref="OverflowException">The result does not fit 128 bits.</exception>
    public static Int128 RoundHalfEven(Int128 value, long part, long whole)
    {
        bool isNegative = value < 0;
        UInt128 magnitude = isNegative ? (UInt128)(-value) : (UInt128)value;
        (UInt128 quotient, UInt128 rest) = UInt128.DivRem(magnitude, (UInt128)whole);
        (UInt128 share, UInt128 remainder) = UInt128.DivRem(rest * (UInt128)part, (UInt128)whole);

        UInt128 result = checked(quotient * (UInt128)part + share);
        UInt128 twice = remainder << 1;
        if (twice > (UInt128)whole || (twice == (UInt128)whole && UInt128.IsOddInteger(result))) result++;
        return isNegative ? -checked((Int128)result) : checked((Int128)result);
    }

    /// <summary>Value / by, rounded half to even.</summary>
    /// <param name="by">Above zero, below 2^126.</param>
    public static Int128 QuotientHalfEven(Int128 value, Int128 by)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(value, by);
        Int128 twice = Int128.Abs(rest) << 1;
        bool isAway = twice > by || (twice == by && Int128.IsOddInteger(quotient));
        return isAway ? quotient + (value < 0 ? -1 : 1) : quotient;
    }
}
