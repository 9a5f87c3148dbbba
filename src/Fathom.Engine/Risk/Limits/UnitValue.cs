using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Limits;

/// <summary>
/// What one unit of 1e-9 of a quantity is worth at a mark, in units of 1e-9 of the account's currency, as mantissa × 2^−shift with 63 binary digits. Multiplying by it takes two
/// nanoseconds where the exact division takes fifty. The result is rounded to the nearest, half up; up to 4 thousand million of money it is the exact one.
/// </summary>
internal readonly record struct UnitValue(ulong Mantissa, int Shift)
{
    /// <summary>Too large for any limit, and for any sum that has to fit.</summary>
    public static readonly Int128 Huge = (Int128)1 << 90;

    private const int Digits = 63;

    /// <summary>What a quantity is worth; <see cref="Huge"/> for more than that.</summary>
    /// <param name="quantityNanos">Not negative.</param>
    public Int128 Of(Int128 quantityNanos)
    {
        if (Mantissa == 0 || quantityNanos == 0) return 0;
        if ((UInt128)quantityNanos > long.MaxValue || Shift <= 0) return Huge;
        if (Shift > 126) return 0;
        UInt128 product = Math.BigMul(Mantissa, (ulong)quantityNanos) + (UInt128.One << (Shift - 1));
        Int128 value = (Int128)(product >> Shift);
        return value < Huge ? value : Huge;
    }

    /// <summary>Value per unit of price: what an instrument's value is besides its mark.</summary>
    /// <param name="terms">That make money.</param>
    /// <param name="rateNanos">Of its currency into the account's; zero: it is worth nothing that could be counted.</param>
    /// <returns>To be multiplied by twice the mid; of an inverse instrument to be divided by it.</returns>
    public static UnitValue PerMark(Terms terms, long rateNanos)
    {
        if (!terms.IsSupported || rateNanos == 0) return default;
        UnitValue rated = Of((UInt128)(ulong)terms.MultiplierNanos * (UInt128)(ulong)rateNanos, (UInt128)Price.Scale);
        // Linear: quantity × mid × multiplier, each in 1e-9, is money in 1e-27. Inverse: quantity × multiplier / mid.
        return terms.IsInverse ? rated.Times(2) : rated.Over(2 * (UInt128)Price.Scale * Quantity.Scale);
    }

    /// <summary>At a mark.</summary>
    /// <param name="twiceMid">Sign and all.</param>
    public UnitValue At(Int128 twiceMid, bool isInverse)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(twiceMid);
        if (!isInverse) return magnitude <= ulong.MaxValue ? Times((ulong)magnitude) : new UnitValue(1ul << (Digits - 1), 0);
        return magnitude == 0 ? new UnitValue(1ul << (Digits - 1), 0) : Over(magnitude);
    }

    private UnitValue Times(ulong by) => Mantissa == 0 || by == 0 ? default : Normal(Math.BigMul(Mantissa, by), Shift);

    private UnitValue Over(UInt128 by)
    {
        if (Mantissa == 0) return default;
        UnitValue quotient = Of(Mantissa, by);
        return quotient with { Shift = quotient.Shift + Shift };
    }

    private static UnitValue Of(UInt128 part, UInt128 whole)
    {
        if (part == 0) return default;
        int up = (int)UInt128.LeadingZeroCount(part);
        (UInt128 quotient, UInt128 rest) = UInt128.DivRem(part << up, whole);
        int shift = up;
        // More digits until there are enough to be rounded.
        while ((int)UInt128.LeadingZeroCount(quotient) > 128 - Digits - 2)
        {
            rest <<= 1;
            quotient <<= 1;
            if (rest >= whole) (quotient, rest) = (quotient + 1, rest - whole);
            shift++;
        }
        return Normal(quotient, shift);
    }

    /// <summary>Rounded to as many digits as a mantissa has.</summary>
    private static UnitValue Normal(UInt128 value, int shift)
    {
        int drop = 128 - (int)UInt128.LeadingZeroCount(value) - Digits;
        if (drop <= 0) return new UnitValue((ulong)value << -drop, shift - drop);
        ulong mantissa = (ulong)((value + (UInt128.One << (drop - 1))) >> drop);
        return mantissa >> Digits == 0 ? new UnitValue(mantissa, shift - drop) : new UnitValue(mantissa >> 1, shift - drop - 1);
    }
}
