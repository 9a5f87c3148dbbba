using System.Globalization;

namespace Fathom.Engine.Portfolio.Margin;

/// <summary>What margin positions in an instrument need, in its currency. Of spot nothing of this holds: it is paid in full and never liquidated.</summary>
public sealed record MarginTerms
{
    /// <summary>Highest leverage.</summary>
    public const decimal LeverageMax = 1_000;

    /// <summary>Largest floor of a tier.</summary>
    public const decimal MoneyMax = 1_000_000_000_000_000;

    /// <summary>Largest margin of one contract.</summary>
    public const decimal PerContractMax = 1_000_000_000;

    /// <summary>Most tiers.</summary>
    public const int TiersMax = 64;

    private const decimal Whole = 10_000;

    /// <summary>Initial margin is notional / leverage: 1 to <see cref="LeverageMax"/>, at most nine decimals. Of no weight where <see cref="InitialPerContract"/> is stated.</summary>
    public decimal Leverage { get; init; } = 1;

    /// <summary>Initial margin of one unit of quantity; null: by leverage.</summary>
    public decimal? InitialPerContract { get; init; }

    /// <summary>Rates of maintenance margin by notional, lowest first, the first from zero; none: no maintenance margin.</summary>
    public IReadOnlyList<MarginTier> Tiers { get; init; } = [];

    /// <summary>Maintenance margin of one unit of quantity; null: by tiers.</summary>
    public decimal? MaintenancePerContract { get; init; }

    /// <summary>What closing costs a taker, in 1/10,000 of the notional at the mark: it is kept beside maintenance margin.</summary>
    public decimal CloseFeeBps { get; init; }

    /// <summary>Of which notional the tiers' rates are taken.</summary>
    public MaintenanceBasis Basis { get; init; }

    /// <exception cref="ArgumentException">The terms make no sense.</exception>
    internal void Require()
    {
        if (WhatIsWrong() is { } wrong) throw new ArgumentException(wrong);
    }

    /// <summary>A sentence; null where all is well.</summary>
    public string? WhatIsWrong()
    {
        if (Leverage is < 1 or > LeverageMax) return Say($"Leverage is 1 to {LeverageMax}; found {Leverage}.");
        if (InitialPerContract is <= 0 or > PerContractMax || MaintenancePerContract is < 0 or > PerContractMax) return "Margin of a contract is above zero and not above its maximum.";
        if (CloseFeeBps is < 0 or >= Whole) return Say($"The fee for closing is 0 to {Whole} bps; found {CloseFeeBps}.");
        if (MaintenancePerContract is not null && Tiers.Count > 0) return "Maintenance margin is stated either by notional or by contract.";
        return WhatIsWrongWithTiers() ?? WhatIsAboveInitial();
    }

    private string? WhatIsWrongWithTiers()
    {
        if (Tiers.Count > TiersMax) return Say($"There are at most {TiersMax} tiers; found {Tiers.Count}.");
        for (int i = 0; i < Tiers.Count; i++)
        {
            MarginTier tier = Tiers[i];
            if (tier.MaintenanceBps < 0 || tier.MaintenanceBps + CloseFeeBps >= Whole) return Say($"Maintenance and the fee for closing are 0 to {Whole} bps together; found {tier.MaintenanceBps}.");
            if (i == 0 && tier.NotionalFrom != 0) return Say($"The first tier begins at a notional of zero; found {tier.NotionalFrom}.");
            if (tier.NotionalFrom is < 0 or > MoneyMax) return Say($"A tier begins at a notional of 0 to {MoneyMax}; found {tier.NotionalFrom}.");
            if (i > 0 && (tier.NotionalFrom <= Tiers[i - 1].NotionalFrom || tier.MaintenanceBps < Tiers[i - 1].MaintenanceBps))
                return Say($"Each tier begins above the one before it and its rate is not lower; found {tier.MaintenanceBps} bps from {tier.NotionalFrom} behind {Tiers[i - 1].MaintenanceBps} from {Tiers[i - 1].NotionalFrom}.");
        }
        return null;
    }

    /// <summary>Higher tiers may need more than notional / leverage: then that is their initial margin.</summary>
    private string? WhatIsAboveInitial()
    {
        if (MaintenancePerContract is { } maintenance && InitialPerContract is { } initial && maintenance > initial)
            return Say($"Maintenance margin is not above initial margin; found {maintenance} and {initial} a contract.");
        if (Tiers.Count > 0 && InitialPerContract is null && (Tiers[0].MaintenanceBps + CloseFeeBps) * Leverage > Whole)
            return Say($"Maintenance margin and the fee for closing are not above initial margin; found {Tiers[0].MaintenanceBps + CloseFeeBps} bps at a leverage of {Leverage}, which leaves {Whole / Leverage:0.##}.");
        return null;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
