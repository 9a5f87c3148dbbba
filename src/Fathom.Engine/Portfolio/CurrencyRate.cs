using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>A constant rate by which totals of another currency are stated in the account's.</summary>
/// <param name="Rate">Units of the account's currency per unit of the other: a whole number of 1e-9, above zero.</param>
public readonly record struct CurrencyRate(CurrencyCode Currency, decimal Rate);
