using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>Fees as fractions of big integers.</summary>
internal static class SlowFeeMath
{
    private static readonly BigInteger s_nano = BigInteger.Pow(10, 9);

    /// <summary>The two parts in units of 1e-9, each rounded half-even.</summary>
    public static long Fee(SlowFees fees, InstrumentDefinition definition, long price, long quantity, Liquidity liquidity)
    {
        (BigInteger over, BigInteger under) = Share(fees, definition, price, quantity, liquidity);
        return (long)(HalfEven(over, under) + HalfEven(quantity * Nanos(fees.PerContract), s_nano));
    }

    /// <summary>Both parts together, without their signs, are below nine billion.</summary>
    public static bool IsSmall(SlowFees fees, InstrumentDefinition definition, long price, long quantity, Liquidity liquidity)
    {
        if (definition.Kind == InstrumentKind.Inverse && price == 0) return false;
        (BigInteger over, BigInteger under) = Share(fees, definition, price, quantity, liquidity);
        BigInteger perContract = BigInteger.Abs(quantity * Nanos(fees.PerContract));
        return BigInteger.Abs(over) * s_nano + perContract * under < 9_000_000_000 * s_nano * s_nano * under;
    }

    /// <summary>Value × rate in units of 1e-9, as a fraction: price × quantity × multiplier × bps ÷ 10⁴, or quantity × multiplier ÷ price × bps ÷ 10⁴.</summary>
    private static (BigInteger Over, BigInteger Under) Share(SlowFees fees, InstrumentDefinition definition, long price, long quantity, Liquidity liquidity)
    {
        BigInteger rate = Nanos(liquidity == Liquidity.Maker ? fees.MakerBps : fees.TakerBps);      // 1e-9 of a basis point
        BigInteger amount = (BigInteger)quantity * definition.MultiplierNanos * rate;                // 1e-27
        BigInteger size = BigInteger.Abs(price);                                                     // 1e-9
        return definition.Kind == InstrumentKind.Inverse
            ? (amount, size * s_nano * 10_000)                                                       // 1e-27 ÷ 1e-9 = 1e-18
            : (amount * size, s_nano * s_nano * s_nano * 10_000);                                    // 1e-36
    }

    private static BigInteger Nanos(decimal rate) => new(rate * 1_000_000_000m);

    private static BigInteger HalfEven(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(value), by, out BigInteger rest);
        int comparison = (rest * 2).CompareTo(by);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven)) quotient++;
        return value.Sign < 0 ? -quotient : quotient;
    }
}
