using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>Money of an owner, or of the account, in one currency, in units of 1e-9.</summary>
/// <param name="Owner">Null: the account.</param>
/// <param name="StartNanos">Of an owner: zero.</param>
/// <param name="RealizedNanos">Before fees.</param>
/// <param name="UnrealizedNanos">At the last marks.</param>
/// <param name="FeesNanos">Paid; negative when rebates are more.</param>
/// <param name="DayLossNanos">How much less the equity is than at the start of the UTC day; 0 when it is not less.</param>
public readonly record struct MoneySnapshot(
    int? Owner, CurrencyCode Currency, Int128 StartNanos, Int128 RealizedNanos, Int128 UnrealizedNanos, Int128 FeesNanos, Int128 DayLossNanos)
{
    public Int128 EquityNanos => StartNanos + RealizedNanos + UnrealizedNanos - FeesNanos;

    public decimal Realized => ToMoney(RealizedNanos);
    public decimal Unrealized => ToMoney(UnrealizedNanos);
    public decimal Fees => ToMoney(FeesNanos);
    public decimal Equity => ToMoney(EquityNanos);

    private static decimal ToMoney(Int128 nanos) => (decimal)nanos / Price.Scale;
}
