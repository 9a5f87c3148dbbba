using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>
/// What one owner holds of one instrument: signed quantity and the exact cost of it. An average price would have to be rounded at every fill, and
/// the errors would add up; the cost is a sum of products of two 64-bit integers and stays exact. Only a partial close rounds, once: the closing
/// part moves cost × closed / held to the realised side, half to even, and the rest stays.
///
/// An inverse instrument pays contracts × (1/entry − 1/exit) in the coin. With −contracts/price in place of contracts × price the same algebra holds: what is
/// held at a price is worth its value less its cost. That value is a fraction: it is rounded once per fill, to units of 1e-18, half to even.
/// </summary>
/// <remarks>
/// Costs are in units of 1e-18, before the instrument's multiplier. They fit: the cost of what is held lies between the lowest and the highest price paid ×
/// the quantity held, so below 2^63 · 2^63; that of an inverse position is at most 10^18 × the quantity held (the lowest price is 1e-9), so below 2^63 · 2^60. The
/// law that nothing is lost: the sum of all flows, −<see cref="ValueOf"/> over the fills, equals <see cref="Realized"/> − <see cref="Cost"/> at any moment.
/// </remarks>
public sealed class Position(bool isInverse = false)
{
    private static readonly Int128 InverseUnit = (Int128)Price.Scale * Quantity.Scale;      // one contract at the price of one, in units of 1e-18

    /// <summary>Signed: above zero is long.</summary>
    public Quantity Quantity { get; private set; }

    /// <summary>What was paid for what is held, units of 1e-18, before the multiplier: signed like the quantity where prices are positive, and the other way round
    /// where the instrument is inverse.</summary>
    public Int128 Cost { get; private set; }

    /// <summary>Realised profit since the beginning, before fees, units of 1e-18, before the multiplier.</summary>
    public Int128 Realized { get; private set; }

    /// <summary>Average price of what is held, for readers, half to even; the harmonic mean where the instrument is inverse. None when flat.</summary>
    public Price AveragePrice
    {
        get
        {
            if (Quantity.IsZero) return Price.None;
            Int128 held = Int128.Abs(Quantity.Nanos), cost = Quantity.Nanos < 0 ? -Cost : Cost;
            if (!isInverse) return Saturate(Proportion.QuotientHalfEven(cost, held));
            return cost == 0 ? Saturate(Int128.MaxValue) : Saturate(Proportion.QuotientHalfEven(held * InverseUnit, Int128.Abs(cost)));
        }
    }

    /// <summary>Twice the unrealised profit at the mid of the two prices, units of 1e-18, before the multiplier: twice, because a mid may lie half
    /// a unit between two prices. Prices of an inverse instrument are above zero.</summary>
    public Int128 TwiceUnrealized(Price bid, Price ask)
    {
        Int128 twiceMid = (Int128)bid.Nanos + ask.Nanos;
        Int128 twiceValue = isInverse ? -Proportion.QuotientHalfEven(4 * (Int128)Quantity.Nanos * InverseUnit, twiceMid) : checked(Quantity.Nanos * twiceMid);
        return checked(twiceValue - 2 * Cost);
    }

    internal bool IsInverse => isInverse;

    /// <summary>Goes on from where an earlier session was.</summary>
    internal void Restore(Quantity quantity, Int128 cost, Int128 realized)
    {
        Invariant.Require(!quantity.IsZero || cost == 0, "a flat position has no cost");
        (Quantity, Cost, Realized) = (quantity, cost, realized);
    }

    /// <summary>Books one execution.</summary>
    /// <param name="quantity">Above zero.</param>
    /// <exception cref="OverflowException">The position would not fit 64 bits of 1e-9.</exception>
    public void Book(Side side, Price price, Quantity quantity)
    {
        Invariant.Require(quantity.IsPositive && side != Side.None, "an execution has a side and a quantity above zero");
        long signed = side.Sign() * quantity.Nanos;
        long closing = ClosingPart(signed);
        Int128 value = ValueOf(signed, price), closingValue = closing == signed ? value : ValueOf(closing, price);
        if (closing != 0) Close(closing, closingValue);
        if (signed != closing) Open(signed - closing, value - closingValue);
    }

    /// <summary>What a signed quantity is worth at a price, units of 1e-18, before the multiplier. In an inverse instrument a price that is not above zero is worth
    /// nothing.</summary>
    internal Int128 ValueOf(long signed, Price price)
    {
        if (!isInverse) return (Int128)signed * price.Nanos;
        return price.Nanos <= 0 ? 0 : -Proportion.QuotientHalfEven(signed * InverseUnit, price.Nanos);
    }

    private long ClosingPart(long signed)
    {
        long held = Quantity.Nanos;
        if (held == 0 || (held > 0) == (signed > 0)) return 0;
        return signed > 0 ? Math.Min(signed, -held) : Math.Max(signed, -held);
    }

    private void Open(long signed, Int128 value)
    {
        Quantity += new Quantity(signed);
        Cost = checked(Cost + value);
    }

    private void Close(long signed, Int128 value)
    {
        Int128 moved = Proportion.RoundHalfEven(Cost, Math.Abs(signed), Math.Abs(Quantity.Nanos));
        Cost -= moved;
        Quantity += new Quantity(signed);
        Realized = checked(Realized - value - moved);
        Invariant.Require(!Quantity.IsZero || Cost == 0, "a flat position has no cost");
    }

    private static Price Saturate(Int128 nanos) => new((long)Int128.Clamp(nanos, long.MinValue, long.MaxValue - 1));
}
