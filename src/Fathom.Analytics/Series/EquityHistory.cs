using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>What the account was worth in one currency over the run.</summary>
/// <param name="Equity">Money.</param>
/// <param name="Drawdown">Below the highest equity so far, start included, as a fraction of it, 0 to 1 and above where more than everything was lost; 0 while
/// the peak is not above zero.</param>
public sealed record EquityHistory(CurrencyCode Currency, ThinnedSeries Equity, ThinnedSeries Drawdown);
