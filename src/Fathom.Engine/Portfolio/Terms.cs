using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>How price moves of an instrument become money of an account.</summary>
/// <param name="MultiplierNanos">Money per point of price and unit of quantity, units of 1e-9, above zero.</param>
/// <param name="IsSupported">False where the account cannot hold it: an inverse derivative, or another currency than the account's, because
/// currencies are never added without a stated rate.</param>
public readonly record struct Terms(long MultiplierNanos, InstrumentKind Kind, bool IsSupported)
{
    /// <summary>Largest position in whole units, and largest position × multiplier in money per point of price. Twice its worth less twice its cost is then
    /// below 2^127 of 1e-18, and its profit between any two 64-bit prices below half of what a decimal in units of 1e-9 holds.</summary>
    internal const long SizeMax = 2_000_000_000;

    private const long UnitsPerNano = Price.Scale * Quantity.Scale;      // 1e-18 units × multiplier in 1e-9, down to money in 1e-9

    public static Terms Of(in InstrumentDefinition definition, CurrencyCode accountCurrency) =>
        new(definition.MultiplierNanos, definition.Kind, IsHoldable(definition, accountCurrency) && definition.MultiplierNanos > 0);

    /// <summary>For the edge, before a run starts.</summary>
    /// <exception cref="InputException">An account in this currency cannot hold the instrument.</exception>
    public static void Require(in InstrumentDefinition definition, CurrencyCode accountCurrency)
    {
        string subject = $"instrument {definition.Symbol}";
        if (definition.Kind == InstrumentKind.Inverse)
            throw new InputException(subject, "kind inverse", "linear or spot", "Inverse instruments cannot be traded yet: choose another instrument.");
        if (!IsHoldable(definition, accountCurrency))
            throw new InputException(subject, $"currency {definition.Currency}", $"the account's currency {accountCurrency}",
                $"Set account.currency = \"{definition.Currency}\", or state the instrument's currency in [instrument.\"{definition.Symbol}\"].");
        if (definition.MultiplierNanos <= 0)
            throw new InputException(subject, string.Create(CultureInfo.InvariantCulture, $"multiplier {definition.Multiplier}"), "a multiplier above zero",
                $"State it in [instrument.\"{definition.Symbol}\"].");
    }

    private static bool IsHoldable(in InstrumentDefinition definition, CurrencyCode accountCurrency) =>
        definition.Kind != InstrumentKind.Inverse && (definition.Currency.IsNone || definition.Currency == accountCurrency);

    /// <summary>How large a position is, to be held against <see cref="SizeMax"/>: whole units, or money per point of price where that is more.</summary>
    /// <param name="quantityNanos">Of either sign, units of 1e-9.</param>
    internal Int128 SizeOf(Int128 quantityNanos)
    {
        Int128 magnitude = Int128.Abs(quantityNanos), units = magnitude / Quantity.Scale;
        return units >= SizeMax ? units : Int128.Max(units, magnitude * Math.Max(MultiplierNanos, 0) / Quantity.Scale / Price.Scale);
    }

    /// <summary>Money of a cost or profit in units of 1e-18 before the multiplier, in units of 1e-9, half to even.</summary>
    internal Int128 MoneyNanos(Int128 units) => Proportion.RoundHalfEven(units, MultiplierNanos, UnitsPerNano);

    /// <summary>As <see cref="MoneyNanos"/>, of half the value.</summary>
    internal Int128 MoneyNanosOfHalf(Int128 twiceUnits) => Proportion.RoundHalfEven(twiceUnits, MultiplierNanos, 2 * UnitsPerNano);
}
