using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>How price moves of an instrument become money of an account, and of which currency.</summary>
/// <param name="MultiplierNanos">Money per point of price and unit of quantity, units of 1e-9, above zero. Of an inverse instrument: quote currency per
/// contract.</param>
/// <param name="Currency">Of its profit, loss and fees: what its definition states, the account's where that states none. For an inverse instrument the
/// definition's currency is the coin in which it settles, and no other can stand in for it.</param>
/// <param name="IsSupported">False where it makes no money: a multiplier that is not above zero, or an inverse instrument without a settlement currency.</param>
public readonly record struct Terms(long MultiplierNanos, InstrumentKind Kind, CurrencyCode Currency, bool IsSupported)
{
    /// <summary>Largest position in whole units, and largest position × multiplier in money per point of price. Twice its worth less twice its cost is then
    /// below 2^127 of 1e-18, and its profit between any two 64-bit prices below half of what a decimal in units of 1e-9 holds. The worth of an inverse position is
    /// largest at the lowest price, 1e-9, and smaller than that.</summary>
    internal const long SizeMax = 2_000_000_000;

    private const long UnitsPerNano = Price.Scale * Quantity.Scale;      // 1e-18 units × multiplier in 1e-9, down to money in 1e-9

    private static readonly Int128 MoneyPerPointMax = (Int128)SizeMax * UnitsPerNano;

    /// <summary>Stands for a notional that is too large to be computed; a few million of it still fit 128 bits.</summary>
    private static readonly Int128 NotionalMax = (Int128)1 << 100;

    /// <summary>Terms of an instrument; one without a currency, unless it is inverse, is in the account's.</summary>
    public static Terms Of(in InstrumentDefinition definition, CurrencyCode accountCurrency)
    {
        bool isInverse = definition.Kind == InstrumentKind.Inverse;
        CurrencyCode currency = definition.Currency.IsNone && !isInverse ? accountCurrency : definition.Currency;
        return new Terms(definition.MultiplierNanos, definition.Kind, currency, IsSupported: definition.MultiplierNanos > 0 && !currency.IsNone);
    }

    /// <summary>For the edge, before a run starts.</summary>
    /// <exception cref="InputException">An account in this currency cannot hold the instrument.</exception>
    public static void Require(in InstrumentDefinition definition, CurrencyCode accountCurrency)
    {
        if (Of(definition, accountCurrency).IsSupported) return;
        string subject = $"instrument {definition.Symbol}", section = $"[instrument.\"{definition.Symbol}\"]";
        if (definition.MultiplierNanos <= 0)
            throw new InputException(subject, string.Create(CultureInfo.InvariantCulture, $"multiplier {definition.Multiplier}"), "a multiplier above zero",
                $"State it in {section}.");
        throw new InputException(subject, "kind inverse without a currency", "the coin in which it settles", $"State it as currency in {section}.");
    }

    public bool IsInverse => Kind == InstrumentKind.Inverse;

    /// <summary>The position is beyond what money is computed in: as <see cref="SizeOf"/> at or above <see cref="SizeMax"/>, without dividing.</summary>
    /// <param name="quantityNanos">Of either sign, units of 1e-9.</param>
    internal bool IsTooLarge(Int128 quantityNanos)
    {
        if (quantityNanos >= SizeMax * Quantity.Scale || quantityNanos <= -SizeMax * Quantity.Scale) return true;
        return Math.BigMul(Math.Abs((long)quantityNanos), Math.Max(MultiplierNanos, 0)) >= MoneyPerPointMax;
    }

    /// <summary>As <see cref="SizeOf"/> at or above four times <see cref="SizeMax"/>, without dividing.</summary>
    private bool IsFourTimesTooLarge(Int128 quantityNanos)
    {
        if (quantityNanos >= 4 * SizeMax * Quantity.Scale || quantityNanos <= -4 * SizeMax * Quantity.Scale) return true;
        return Math.BigMul(Math.Abs((long)quantityNanos), Math.Max(MultiplierNanos, 0)) >= 4 * MoneyPerPointMax;
    }

    /// <summary>How large a position is, to be held against <see cref="SizeMax"/>: whole units, or money per point of price where that is more.</summary>
    /// <param name="quantityNanos">Of either sign, units of 1e-9.</param>
    internal Int128 SizeOf(Int128 quantityNanos)
    {
        Int128 magnitude = Int128.Abs(quantityNanos), units = magnitude / Quantity.Scale;
        return units >= 4 * SizeMax ? units : Int128.Max(units, magnitude * Math.Max(MultiplierNanos, 0) / Quantity.Scale / Price.Scale);
    }

    /// <summary>Money of a cost or profit in units of 1e-18 before the multiplier, in units of 1e-9, half to even.</summary>
    internal Int128 MoneyNanos(Int128 units) => Proportion.RoundHalfEven(units, MultiplierNanos, UnitsPerNano);

    /// <summary>As <see cref="MoneyNanos"/>, of half the value.</summary>
    internal Int128 MoneyNanosOfHalf(Int128 twiceUnits) => Proportion.RoundHalfEven(twiceUnits, MultiplierNanos, 2 * UnitsPerNano);

    /// <summary>What a quantity is worth at the mid of two prices, whatever the signs: money of <see cref="Currency"/> in units of 1e-9, half to even. Four times
    /// the largest position and more is worth 2^100.</summary>
    /// <param name="quantityNanos">Of either sign, units of 1e-9.</param>
    internal Int128 NotionalNanos(Int128 quantityNanos, Price bid, Price ask)
    {
        if (IsFourTimesTooLarge(quantityNanos)) return NotionalMax;
        Int128 magnitude = Int128.Abs(quantityNanos), twiceMid = Int128.Abs((Int128)bid.Nanos + ask.Nanos);
        if (!IsInverse) return MoneyNanosOfHalf(magnitude * twiceMid);
        return twiceMid == 0 ? NotionalMax : MoneyNanosOfHalf(Proportion.QuotientHalfEven(4 * magnitude * UnitsPerNano, twiceMid));
    }
}
