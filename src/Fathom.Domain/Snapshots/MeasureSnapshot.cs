namespace Fathom.Domain.Snapshots;

/// <summary>How far a strategy, or the account, is from its best, and how much it has at risk. Money is in the account's currency, in units of 1e-9; what is of a currency without a rate is left out.</summary>
/// <param name="Owner">Null: the account.</param>
/// <param name="EquityNanos">Of a strategy: the account's start and what it made.</param>
/// <param name="PeakNanos">The highest equity so far, the start included.</param>
/// <param name="Drawdown">Below the peak, as a fraction of it.</param>
/// <param name="DayDrawdown">Below the highest equity of the UTC day, as a fraction of it.</param>
/// <param name="DailyLossNanos">How much less the equity is than when the day began; 0 when it is not less.</param>
/// <param name="GrossNanos">Sum over instruments of |position| at the mark.</param>
/// <param name="NetNanos">As the other, with short positions taken off.</param>
/// <param name="Leverage">Gross over the account's equity.</param>
public readonly record struct MeasureSnapshot(
    int? Owner, Int128 EquityNanos, Int128 PeakNanos, double Drawdown, double DayDrawdown, Int128 DailyLossNanos, Int128 GrossNanos, Int128 NetNanos, double Leverage);
