using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowAccount;

/// <summary>A position computed by the book: each fill is worth quantity × price, or −contracts / price; what is held costs its average. Sixty decimals, nothing rounded on
/// the way to money.</summary>
public sealed class SlowPosition(SlowContract contract)
{
    /// <summary>10^60.</summary>
    public static readonly BigInteger One = BigInteger.Pow(10, 60);

    private BigInteger _value;

    public decimal Held { get; private set; }

    /// <summary>Units of 1e-60 of the contract's currency.</summary>
    public BigInteger Realized { get; private set; }

    public void Fill(SlowFill fill)
    {
        decimal signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        decimal closed = Held * signed < 0 ? Math.Sign(signed) * Math.Min(Math.Abs(signed), Math.Abs(Held)) : 0;
        if (closed != 0)
        {
            BigInteger cost = _value * Exact(-closed) / Exact(Held);
            Realized += -Worth(closed, fill.Price) - cost;
            _value -= cost;
        }
        _value += Worth(signed - closed, fill.Price);
        Held += signed;
    }

    /// <summary>Units of 1e-60 of the contract's currency.</summary>
    public BigInteger Unrealized(decimal mid) => Held == 0 ? 0 : Worth(Held, mid) - _value;

    /// <summary>In units of 1e-60; zero when flat.</summary>
    public BigInteger AveragePrice => Held == 0 ? 0 : contract.Kind == InstrumentKind.Inverse
        ? BigInteger.Abs(Exact(Held) * Exact(contract.Multiplier) / _value)
        : _value * One / Exact(Held) * One / Exact(contract.Multiplier);

    /// <summary>Size × price × multiplier without sign, or contracts × multiplier / price; units of 1e-60.</summary>
    public BigInteger Notional(decimal size, decimal mid) => BigInteger.Abs(Worth(size, mid));

    public static BigInteger Exact(decimal value) => new BigInteger(value * 1_000_000_000m) * One / 1_000_000_000;

    private BigInteger Worth(decimal size, decimal price)
    {
        BigInteger units = Exact(size) * Exact(contract.Multiplier) / One;
        return contract.Kind == InstrumentKind.Inverse ? -units * One / Exact(price) : units * Exact(price) / One;
    }
}
