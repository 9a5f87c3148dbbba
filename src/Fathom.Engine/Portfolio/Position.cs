using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>
/// What one owner holds of one instrument: signed quantity and the exact cost of it. An average price would have to be rounded at every fill, and
/// the errors would add up; the cost is a sum of products of two 64-bit integers and stays exact. Only a partial close rounds, once: the closing
/// part moves cost × closed / held to the realised side, half to even, and the rest stays.
/// </summary>
/// <remarks>
/// Costs are price × quantity in units of 1e-18, before the instrument's multiplier. They fit: the cost of what is held lies between the lowest
/// and the highest price paid × the quantity held, so below 2^63 · 2^63. The law that nothing is lost: the sum of all flows, −(signed quantity) × price
/// over the fills, equals <see cref="Realized"/> − <see cref="Cost"/> at any moment.
/// </remarks>
public sealed class Position
{
    /// <summary>Signed: above zero is long.</summary>
    public Quantity Quantity { get; private set; }

    /// <summary>Signed like the quantity where prices are positive: what was paid for what is held, units of 1e-18, before the multiplier.</summary>
    public Int128 Cost { get; private set; }

    /// <summary>Realised profit since the beginning, before fees, units of 1e-18, before the multiplier.</summary>
    public Int128 Realized { get; private set; }

    /// <summary>Average price of what is held in currency units, for readers; 0 when flat.</summary>
    public decimal AveragePrice => Quantity.IsZero ? 0m : (decimal)Proportion.RoundHalfEven(Cost, 1, Quantity.Nanos < 0 ? -Quantity.Nanos : Quantity.Nanos)
        * (Quantity.Nanos < 0 ? -1 : 1) / Price.Scale;

    /// <summary>Twice the unrealised profit at the mid of the two prices, units of 1e-18, before the multiplier: twice, because a mid may lie half
    /// a unit between two prices.</summary>
    public Int128 TwiceUnrealized(Price bid, Price ask) => checked((Int128)Quantity.Nanos * ((Int128)bid.Nanos + ask.Nanos) - 2 * Cost);

    /// <summary>Books one execution.</summary>
    /// <param name="quantity">Above zero.</param>
    /// <exception cref="OverflowException">The position would not fit 64 bits of 1e-9.</exception>
    public void Book(Side side, Price price, Quantity quantity)
    {
        Invariant.Require(quantity.IsPositive && side != Side.None, "an execution has a side and a quantity above zero");
        long signed = side.Sign() * quantity.Nanos;
        long closing = ClosingPart(signed);
        if (closing != 0) Close(closing, price);
        if (signed != closing) Open(signed - closing, price);
    }

    private long ClosingPart(long signed)
    {
        long held = Quantity.Nanos;
        if (held == 0 || (held > 0) == (signed > 0)) return 0;
        return signed > 0 ? Math.Min(signed, -held) : Math.Max(signed, -held);
    }

    private void Open(long signed, Price price)
    {
        Quantity += new Quantity(signed);
        Cost = checked(Cost + (Int128)signed * price.Nanos);
    }

    private void Close(long signed, Price price)
    {
        Int128 moved = Proportion.RoundHalfEven(Cost, Math.Abs(signed), Math.Abs(Quantity.Nanos));
        Cost -= moved;
        Quantity += new Quantity(signed);
        Realized = checked(Realized - (Int128)signed * price.Nanos - moved);
        Invariant.Require(!Quantity.IsZero || Cost == 0, "a flat position has no cost");
    }
}
