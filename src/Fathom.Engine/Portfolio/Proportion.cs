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
}
