using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>An account's part in one currency, in that currency.</summary>
/// <param name="DrawdownMax">Deepest fall as a fraction of peak equity; 0 while no peak is above zero.</param>
public sealed record CurrencySummary(CurrencyCode Currency, AccountTotals Totals, double DrawdownMax);
