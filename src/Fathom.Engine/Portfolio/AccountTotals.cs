namespace Fathom.Engine.Portfolio;

/// <summary>An account's money over all its currencies, in its own: each part converted at the stated rate and rounded half to even to 1e-9, so that equity is
/// exactly start + realised + unrealised − fees. All in units of 1e-9.</summary>
public readonly record struct AccountTotals(Int128 StartNanos, Int128 RealizedNanos, Int128 UnrealizedNanos, Int128 FeesNanos)
{
    public Int128 EquityNanos => StartNanos + RealizedNanos + UnrealizedNanos - FeesNanos;

    public decimal Start => Ledger.ToMoney(StartNanos);

    /// <summary>Before fees.</summary>
    public decimal Realized => Ledger.ToMoney(RealizedNanos);
    public decimal Unrealized => Ledger.ToMoney(UnrealizedNanos);
    public decimal Fees => Ledger.ToMoney(FeesNanos);
    public decimal Equity => Ledger.ToMoney(EquityNanos);

    internal static AccountTotals Of(Ledger ledger) => new(ledger.StartNanos, ledger.RealizedNanos, ledger.UnrealizedNanos, ledger.FeesNanos);

    /// <summary>With a ledger's money added at a rate.</summary>
    internal AccountTotals Plus(Ledger ledger, long rateNanos) => new(
        StartNanos + CurrencyRates.Convert(ledger.StartNanos, rateNanos),
        RealizedNanos + CurrencyRates.Convert(ledger.RealizedNanos, rateNanos),
        UnrealizedNanos + CurrencyRates.Convert(ledger.UnrealizedNanos, rateNanos),
        FeesNanos + CurrencyRates.Convert(ledger.FeesNanos, rateNanos));
}
