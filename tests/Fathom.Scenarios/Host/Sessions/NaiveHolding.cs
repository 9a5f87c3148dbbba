using System.Numerics;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>
/// What one owner has of one instrument, by nothing but its fills: the rules of the account written down again with integers that never overflow. Beside the average cost, by which profit
/// is split into realised and unrealised, stands a double entry that knows no cost: what flowed out for the position, and what the position is worth.
/// </summary>
/// <remarks>Quantities, prices, multipliers and money in units of 1e-9; quantity × price in units of 1e-18.</remarks>
internal sealed class NaiveHolding(decimal multiplier, bool isInverse)
{
    private static readonly BigInteger One = 1_000_000_000, Square = One * One;

    private readonly BigInteger _multiplier = Nanos(multiplier);
    private BigInteger _held, _cost, _realized, _paid, _fees;

    public decimal Held => (decimal)_held / 1_000_000_000m;
    public decimal Fees => Money(_fees);
    public decimal Realized => Money(Round(_realized * _multiplier, Square));
    public long Fills { get; private set; }

    public void Fill(bool isBuy, decimal price, decimal quantity, decimal fee)
    {
        Fills++;
        BigInteger signed = Nanos(quantity) * (isBuy ? 1 : -1), value = ValueOf(signed, Nanos(price)), closing = 0;
        if (_held.Sign * signed.Sign < 0) closing = signed.Sign * BigInteger.Min(BigInteger.Abs(signed), BigInteger.Abs(_held));
        if (closing != 0)
        {
            BigInteger closed = ValueOf(closing, Nanos(price)), moved = Round(_cost * BigInteger.Abs(closing), BigInteger.Abs(_held));
            _cost -= moved;
            _realized += -closed - moved;
            _cost += value - closed;
        }
        else _cost += value;
        _held += signed;
        _fees += Nanos(fee);
        _paid += value;
    }

    /// <summary>At the mid of two prices.</summary>
    public decimal Unrealized(decimal bid, decimal ask) => Money(Round(_multiplier * (TwiceWorth(bid, ask) - 2 * _cost), 2 * Square));

    /// <summary>Profit before fees by the double entry: worth less what was paid, to 1e-9.</summary>
    public decimal Profit(decimal bid, decimal ask) => Money(Round(_multiplier * (TwiceWorth(bid, ask) - 2 * _paid), 2 * Square));

    private BigInteger TwiceWorth(decimal bid, decimal ask)
    {
        BigInteger twiceMid = Nanos(bid) + Nanos(ask);
        return isInverse ? -Round(4 * _held * Square, twiceMid) : _held * twiceMid;
    }

    private BigInteger ValueOf(BigInteger signed, BigInteger price) => isInverse ? -Round(signed * Square, price) : signed * price;

    /// <summary>Half to even.</summary>
    private static BigInteger Round(BigInteger value, BigInteger by)
    {
        BigInteger floor = BigInteger.DivRem(value, by, out BigInteger rest);
        if (rest.Sign < 0) (floor, rest) = (floor - 1, rest + by);
        int half = (2 * rest).CompareTo(by);
        return half > 0 || (half == 0 && !floor.IsEven) ? floor + 1 : floor;
    }

    private static BigInteger Nanos(decimal value)
    {
        Assert.Equal(decimal.Truncate(value * 1_000_000_000m), value * 1_000_000_000m);
        return (BigInteger)(value * 1_000_000_000m);
    }

    private static decimal Money(BigInteger nanos) => (decimal)nanos / 1_000_000_000m;
}
