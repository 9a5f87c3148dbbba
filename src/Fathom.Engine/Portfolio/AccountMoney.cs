using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>An account's money in one currency, all owners together: what came of it, and how it got there.</summary>
public sealed class AccountMoney
{
    internal AccountMoney(int index, CurrencyCode currency, Int128 startNanos, long rateNanos)
    {
        Index = index;
        Ledger = new Ledger(currency, startNanos);
        Curve = new EquityCurve(startNanos);
        RateNanos = rateNanos;
    }

    public CurrencyCode Currency => Ledger.Currency;
    public Ledger Ledger { get; }
    public EquityCurve Curve { get; }

    /// <summary>Place in <see cref="Account.Money"/>.</summary>
    internal int Index { get; }

    /// <summary>Units of the account's currency per unit of this one, in 1e-9; 0 where none was stated.</summary>
    internal long RateNanos { get; }

    /// <summary>Realised less fees, added up apart from the ledger, which it is checked against.</summary>
    internal Int128 SettledNanos { get; set; }
}
