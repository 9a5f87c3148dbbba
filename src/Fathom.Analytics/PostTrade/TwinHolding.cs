using System.Numerics;
using Fathom.Domain.Messages;

namespace Fathom.Analytics.PostTrade;

/// <summary>One owner's holding of one instrument and position side, kept from its fills alone. Its books are in points, units of 1e-18 before the multiplier; its money is in
/// units of 1e-9.</summary>
/// <remarks>
/// Written from <c>docs/decisions/007-money-rounds-at-the-total.md</c>, in numbers of any size: cost and profit are exact, but for the share of a partial close and the quotient of an
/// inverse fill, both half to even to 1e-18. A fill that turns a position over closes first; what it opens is the whole less what it closes.
/// </remarks>
internal sealed class TwinHolding(bool isInverse)
{
    private static readonly BigInteger Unit = 1_000_000_000;
    private static readonly BigInteger PointsPerNano = Unit * Unit;      // × multiplier in 1e-9, down to money in 1e-9

    private readonly TwinJournal _points = new();

    public bool IsInverse => isInverse;

    /// <summary>Signed, units of 1e-9.</summary>
    public BigInteger Quantity { get; private set; }

    /// <summary>Profit before fees, as money.</summary>
    public BigInteger RealizedNanos { get; private set; }

    public BigInteger FeesNanos { get; private set; }

    /// <summary>In points: what the holding cost, signed.</summary>
    public BigInteger Cost => _points[TwinAccount.Holdings];

    /// <summary>In points: profit before fees.</summary>
    public BigInteger Realized => -_points[TwinAccount.Realized];

    /// <summary>Units of 1e-9, half to even; null when flat. Of an inverse instrument the harmonic mean.</summary>
    public BigInteger? AveragePrice
    {
        get
        {
            if (Quantity.IsZero) return null;
            BigInteger held = BigInteger.Abs(Quantity), cost = Quantity.Sign * Cost;
            if (!isInverse) return Fitted(HalfEven.Divide(cost, held));
            return Fitted(cost.IsZero ? long.MaxValue : HalfEven.Divide(held * PointsPerNano, BigInteger.Abs(cost)));
        }
    }

    /// <summary>Goes on from where an earlier session was.</summary>
    public void Begin(in CarriedHolding carried)
    {
        (Quantity, RealizedNanos, FeesNanos) = (carried.Quantity.Nanos, carried.RealizedNanos, carried.FeesNanos);
        BigInteger cost = carried.Cost, realized = carried.Realized;
        _points.Post((TwinAccount.Holdings, cost), (TwinAccount.Realized, -realized), (TwinAccount.Cash, realized - cost));
    }

    /// <summary>Books an execution in points.</summary>
    /// <param name="signed">Above zero for a buy; units of 1e-9.</param>
    /// <param name="price">Units of 1e-9; above zero where the instrument is inverse.</param>
    public void Trade(BigInteger signed, BigInteger price)
    {
        BigInteger closing = Quantity.Sign * signed.Sign >= 0 ? 0 : signed.Sign * BigInteger.Min(BigInteger.Abs(signed), BigInteger.Abs(Quantity));
        BigInteger value = ValueOf(signed, price), closingValue = ValueOf(closing, price);
        BigInteger share = closing.IsZero ? 0 : HalfEven.Divide(Cost * BigInteger.Abs(closing), BigInteger.Abs(Quantity));
        BigInteger profit = -closingValue - share;
        _points.Post((TwinAccount.Cash, -value), (TwinAccount.Holdings, value - closingValue - share), (TwinAccount.Realized, -profit));
        Quantity += signed;
    }

    /// <summary>Profit so far as money, half to even.</summary>
    public BigInteger RealizedMoney(long multiplierNanos) => Money(Realized, multiplierNanos);

    /// <summary>What is held at cost as money, half to even.</summary>
    public BigInteger CostMoney(long multiplierNanos) => Money(Cost, multiplierNanos);

    public void Settle(BigInteger realizedNanos, BigInteger feesNanos)
    {
        RealizedNanos += realizedNanos;
        FeesNanos += feesNanos;
    }

    private static BigInteger Money(BigInteger points, long multiplierNanos) => HalfEven.Divide(points * multiplierNanos, PointsPerNano);

    private BigInteger ValueOf(BigInteger signed, BigInteger price) => isInverse ? -HalfEven.Divide(signed * PointsPerNano, price) : signed * price;

    /// <summary>Held within what a price can say.</summary>
    private static BigInteger Fitted(BigInteger price) => BigInteger.Clamp(price, long.MinValue, long.MaxValue - 1);
}
