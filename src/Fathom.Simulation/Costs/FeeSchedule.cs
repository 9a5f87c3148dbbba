using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Costs;

/// <summary>What a venue charges for a fill: a share of its value, by whether it gave or took liquidity, and an amount per unit of quantity.</summary>
/// <remarks>
/// The value is price × quantity × multiplier; of an <see cref="InstrumentKind.Inverse"/> instrument, whose contracts are worth <c>multiplier</c> of the
/// quote currency each, it is quantity × multiplier ÷ price in the base coin. Exact: the product of four 64-bit numbers in units of 1e-9 is too long
/// for 128 bits and for <c>decimal</c>, so it is taken in 256 bits and rounded once. Each of the two parts is rounded half-even to 1e-9 of the
/// settlement currency.
/// </remarks>
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

    /// <summary>Fee in units of 1e-9 of the instrument's settlement currency; negative = rebate.</summary>
    /// <exception cref="OverflowException">The fee does not fit 64 bits, or the instrument is inverse and the price zero.</exception>
    public long FeeNanos(Price price, Quantity quantity, in InstrumentDefinition instrument, Liquidity liquidity)
    {
        long rate = liquidity == Liquidity.Taker ? _takerNanos : _makerNanos;
        return checked(ShareOfValue(price, quantity, in instrument, rate) + PerContract(quantity));
    }

    /// <summary>True when the fee of such a fill, and of any part of it, surely fits 64 bits: it is below nine billion of the currency, rebates not deducted.
    /// An inverse instrument's fill at the price zero has no value.</summary>
    public bool Fits(Price price, Quantity quantity, in InstrumentDefinition instrument, Liquidity liquidity)
    {
        bool isInverse = instrument.Kind == InstrumentKind.Inverse;
        if (isInverse && price.Nanos == 0) return false;
        double amount = quantity.ToDouble() * instrument.MultiplierNanos / Price.Scale;
        double value = Math.Abs(isInverse ? amount / price.ToDouble() : amount * price.ToDouble());
        double rate = Math.Abs((double)(liquidity == Liquidity.Taker ? _takerNanos : _makerNanos)) / Price.Scale / BasisPointParts;
        return value * rate + quantity.ToDouble() * Math.Abs(_perContractNanos / (double)Price.Scale) < FeeMax;
    }

    private static long ShareOfValue(Price price, Quantity quantity, in InstrumentDefinition instrument, long rateNanos)
    {
        if (rateNanos == 0) return 0;
        ulong share = instrument.Kind == InstrumentKind.Inverse
            ? ShareOfInverse(Magnitude(price.Nanos), Magnitude(quantity.Nanos), Magnitude(instrument.MultiplierNanos), Magnitude(rateNanos))
            : ShareOfLinear(Magnitude(price.Nanos), Magnitude(quantity.Nanos), Magnitude(instrument.MultiplierNanos), Magnitude(rateNanos));
        return Signed(share, rateNanos < 0);
    }

    /// <summary>The product of four numbers of 1e-9 is in 1e-36 of a basis point = 1e-40 of the currency; the answer is in 1e-9: divide by 1e31 = 1e18 × 1e9 × 1e4.</summary>
    private static ulong ShareOfLinear(ulong price, ulong quantity, ulong multiplier, ulong rate) =>
        WideProduct.DivideRounded((UInt128)price * quantity, (UInt128)multiplier * rate, 1_000_000_000_000_000_000, 1_000_000_000 * BasisPointParts);

    /// <summary>Three numbers of 1e-9 over one are in 1e-18 of a basis point = 1e-22 of the currency: divide by 1e13 beside the price.</summary>
    private static ulong ShareOfInverse(ulong price, ulong quantity, ulong multiplier, ulong rate)
    {
        if (price == 0) throw new OverflowException("An inverse instrument's fill at the price zero has no value.");
        return WideProduct.DivideRounded((UInt128)quantity * multiplier, rate, price, 1_000_000_000 * BasisPointParts);
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
