using System.Numerics;
using Fathom.Analytics.PostTrade;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Fills;

/// <summary>
/// Money between the price of a fill and a mid. Linear and spot: side × (mid − price) × quantity × multiplier, which is exact in units of half of 1e-27. Inverse:
/// side × (1 ÷ price − 1 ÷ mid) × quantity × multiplier, in the base coin; it has no exact decimal and is rounded half to even to 1e-9.
/// </summary>
internal static class FillMoney
{
    private const long NanosPerUnit = 1_000_000_000;

    private static readonly BigInteger s_unitsPerNano = new BigInteger(2) * NanosPerUnit * NanosPerUnit;
    private static readonly BigInteger s_nanosMax = new(decimal.MaxValue);

    /// <summary>What the fill earned against the mid, in units of half of 1e-27; above zero is in our favour. Zero where an inverse instrument has a price
    /// that nothing can be divided by.</summary>
    public static BigInteger Earned(InstrumentKind kind, long multiplierNanos, Side side, Price price, Quantity quantity, Mid mid)
    {
        BigInteger size = new BigInteger(quantity.Nanos) * multiplierNanos * side.Sign();
        BigInteger linear = size * (BigInteger)mid.TwiceAbove(price);
        if (kind != InstrumentKind.Inverse) return linear;

        // q·m·(1/p − 1/mid) in units of 1e-9 is q·m·(2·mid − 2·p) / (p · 2·mid), all of them in their own units of 1e-9.
        if (price.Nanos <= 0 || mid.TwiceNanos <= 0) return BigInteger.Zero;
        return HalfEven.Divide(linear, (BigInteger)mid.TwiceNanos * price.Nanos) * s_unitsPerNano;
    }

    /// <summary>What a quantity costs more when it is traded at another price: side × (to − from) × quantity × multiplier, in the units of <see cref="Earned"/>; above zero is to our loss. Inverse:
    /// side × (1 ÷ from − 1 ÷ to) × quantity × multiplier, half to even to 1e-9; zero where nothing can be divided by a price.</summary>
    /// <param name="quantityNanos">Of either sign.</param>
    public static BigInteger CostOfMove(InstrumentKind kind, long multiplierNanos, Side side, Int128 quantityNanos, Mid from, Mid to)
    {
        BigInteger linear = (BigInteger)quantityNanos * multiplierNanos * side.Sign() * ((BigInteger)to.TwiceNanos - from.TwiceNanos);
        if (kind != InstrumentKind.Inverse) return linear;
        if (from.TwiceNanos <= 0 || to.TwiceNanos <= 0) return BigInteger.Zero;
        return HalfEven.Divide(linear * 2, (BigInteger)from.TwiceNanos * to.TwiceNanos) * s_unitsPerNano;
    }

    /// <summary>Money in units of 1e-9 in the units of <see cref="Earned"/>.</summary>
    public static BigInteger OfNanos(Int128 nanos) => nanos * s_unitsPerNano;

    /// <summary>A sum of <see cref="Earned"/> as money, half to even to 1e-9; held within what a decimal can say.</summary>
    public static decimal ToMoney(BigInteger units) => (decimal)BigInteger.Clamp(HalfEven.Divide(units, s_unitsPerNano), -s_nanosMax, s_nanosMax) / NanosPerUnit;
}
