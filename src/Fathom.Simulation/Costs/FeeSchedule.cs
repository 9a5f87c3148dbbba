using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Costs;

/// <summary>What a venue charges for a fill: a share of its value, by whether it gave or took liquidity, and an amount per unit of quantity.</summary>
/// <remarks>Exact: price × quantity × multiplier × rate is a product of four 64-bit numbers in units of 1e-9, too long for 128 bits and for
/// <c>decimal</c>, so it is taken in 256 bits and rounded once. Each of the two parts is rounded half-even to 1e-9 of the currency.</remarks>
public sealed class FeeSchedule
{
    private const ulong BasisPointParts = 10_000;
    private const long RateMax = 10_000;
    private const double FeeMax = 9e9;      // 64 bits of 1e-9 hold 9.22e9

    private readonly long _makerNanos;
    private readonly long _takerNanos;
    private readonly long _perContractNanos;

    /// <param name="makerBps">Basis points of the fill's value for fills that gave liquidity; negative = rebate. At most nine decimals, within ±10,000.</param>
    /// <param name="takerBps">The same for fills that took it.</param>
    /// <param name="perContract">Currency per unit of quantity; negative = rebate. At most nine decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range or has more than nine decimals.</exception>
    public FeeSchedule(decimal makerBps, decimal takerBps, decimal perContract)
    {
        _makerNanos = Nanos(makerBps, RateMax, nameof(makerBps));
        _takerNanos = Nanos(takerBps, RateMax, nameof(takerBps));
        _perContractNanos = Nanos(perContract, long.MaxValue / Price.Scale, nameof(perContract));
    }

    public static FeeSchedule None { get; } = new(0m, 0m, 0m);

    /// <summary>Fee in units of 1e-9 of the instrument's currency; negative = rebate.</summary>
    /// <param name="multiplierNanos">Money per point of price and unit of quantity, in units of 1e-9.</param>
    /// <exception cref="OverflowException">The fee does not fit 64 bits.</exception>
    public long FeeNanos(Price price, Quantity quantity, long multiplierNanos, Liquidity liquidity)
    {
        long rate = liquidity == Liquidity.Taker ? _takerNanos : _makerNanos;
        return checked(ShareOfValue(price, quantity, multiplierNanos, rate) + PerContract(quantity));
    }

    /// <summary>True when the fee of such a fill, and of any part of it, surely fits 64 bits: it is below nine billion of the currency, rebates not deducted.</summary>
    public bool Fits(Price price, Quantity quantity, long multiplierNanos, Liquidity liquidity)
    {
        double value = Math.Abs(price.ToDouble() * quantity.ToDouble()) * Math.Abs(multiplierNanos / (double)Price.Scale);
        double rate = Math.Abs((double)(liquidity == Liquidity.Taker ? _takerNanos : _makerNanos)) / Price.Scale / BasisPointParts;
        return value * rate + quantity.ToDouble() * Math.Abs(_perContractNanos / (double)Price.Scale) < FeeMax;
    }

    private static long ShareOfValue(Price price, Quantity quantity, long multiplierNanos, long rateNanos)
    {
        if (rateNanos == 0) return 0;
        UInt128 value = (UInt128)Magnitude(price.Nanos) * Magnitude(quantity.Nanos);             // 1e-18
        UInt128 factor = (UInt128)Magnitude(multiplierNanos) * Magnitude(rateNanos);             // 1e-18 of a basis point
        // 1e-36 of a basis point = 1e-40 of the currency; the answer is in 1e-9: divide by 1e31 = 1e18 × 1e9 × 1e4.
        ulong share = WideProduct.DivideRounded(value, factor, 1_000_000_000_000_000_000, 1_000_000_000 * BasisPointParts);
        return Signed(share, rateNanos < 0);
    }

    private long PerContract(Quantity quantity)
    {
        if (_perContractNanos == 0) return 0;
        ulong amount = WideProduct.DivideRounded(Magnitude(quantity.Nanos), Magnitude(_perContractNanos), Quantity.Scale, 1);
        return Signed(amount, _perContractNanos < 0);
    }

    private static long Signed(ulong magnitude, bool isNegative) => isNegative ? checked(-(long)magnitude) : checked((long)magnitude);

    private static ulong Magnitude(long value) => value < 0 ? (ulong)-value : (ulong)value;      // -long.MinValue wraps to the right magnitude

    private static long Nanos(decimal rate, long limit, string name)
    {
        if (decimal.Abs(rate) > limit || decimal.Round(rate, 9) != rate)
            throw new ArgumentOutOfRangeException(name, rate, $"A rate lies within ±{limit} and has at most nine decimals.");
        return decimal.ToInt64(rate * Price.Scale);
    }
}
