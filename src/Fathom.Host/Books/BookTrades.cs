using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Books;

/// <summary>The trades of one instrument, added up exactly. Fills are not counted: they are the other side of the same trades.</summary>
internal sealed class BookTrades
{
    private const int QuotientBits = 100;

    private static readonly BigInteger TurnoverScale = (BigInteger)Price.Scale * Price.Scale;

    private Int128 _priced;      // quantity of the trades that state a price
    private Int128 _turnover;    // price × quantity, in units of 1e-18
    private BigInteger _turnoverMore;

    public long Count { get; private set; }

    public Volume Quantity { get; private set; }

    /// <summary>Average price weighted by quantity: turnover by quantity, both summed exactly and rounded to a double once; NaN when no trade states a
    /// price.</summary>
    public double Vwap => _priced == 0 ? double.NaN : Units(_turnover + _turnoverMore, TurnoverScale) / Units(_priced, Price.Scale);

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

    /// <summary>The nearest double to sum / scale. A quotient of a hundred bits keeps more than a double has; a <see cref="BigInteger"/> would be cut
    /// off when converted, an <see cref="Int128"/> is rounded.</summary>
    private static double Units(BigInteger sum, BigInteger scale)
    {
        int shift = QuotientBits - (int)(sum.GetBitLength() - scale.GetBitLength());
        BigInteger quotient = shift >= 0 ? (sum << shift) / scale : sum / (scale << -shift);
        return Math.ScaleB((double)(Int128)quotient, -shift);
    }
}
