using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Books;

/// <summary>The trades of one instrument, added up exactly. Fills are not counted: they are the other side of the same trades.</summary>
internal sealed class BookTrades
{
    private Int128 _priced;      // quantity of the trades that state a price
    private Int128 _turnover;    // price × quantity, in units of 1e-18
    private BigInteger _turnoverMore;

    public long Count { get; private set; }

    public Volume Quantity { get; private set; }

    /// <summary>Average price weighted by quantity, to the nearest double; NaN when no trade states a price.</summary>
    public double Vwap => _priced == 0 ? double.NaN : Divide(_turnover + _turnoverMore, (BigInteger)_priced * Price.Scale);

    public void Note(in MarketByOrder trade)
    {
        Count++;
        if (trade.Quantity.IsNone || !trade.Quantity.IsPositive) return;
        Quantity += trade.Quantity;
        if (trade.Price.IsNone) return;
        _priced += trade.Quantity.Nanos;
        _turnover += (Int128)trade.Price.Nanos * trade.Quantity.Nanos;
        if (Int128.Abs(_turnover) >> 125 == 0) return;      // one product is below 2¹²⁶: the next may overflow
        _turnoverMore += _turnover;
        _turnover = 0;
    }

    /// <summary>The nearest double: both sides are brought to where an integer division keeps more bits than a double has.</summary>
    private static double Divide(BigInteger numerator, BigInteger denominator)
    {
        int shift = Math.Max(0, 66 - (int)(numerator.GetBitLength() - denominator.GetBitLength()));
        BigInteger quotient = BigInteger.DivRem(numerator << shift, denominator, out BigInteger rest);
        if (!rest.IsZero) quotient |= BigInteger.One;      // what lies below decides a tie
        return Math.ScaleB((double)quotient, -shift);
    }
}
