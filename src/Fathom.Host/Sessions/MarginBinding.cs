using System.Globalization;
using Fathom.Domain;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Makes options of <c>[margin]</c>, of <c>[instrument."SYMBOL".margin]</c> and of <c>[risk.volatility]</c>, and refuses terms that contradict each other.</summary>
internal static class MarginBinding
{
    private const decimal Whole = 10_000;

    private static readonly string[] Modes = ["cross", "isolated"];
    private static readonly string[] Bases = ["mark", "entry"];

    /// <summary>Null where <c>[margin]</c> was not written: then nothing is held to margin.</summary>
    /// <exception cref="InputException">A value that is none, or one that another makes senseless.</exception>
    public static MarginOptions? Bind(ConfigSection root)
    {
        ConfigSection margin = root.Section("margin");
        string? mode = margin.Has("mode") ? margin.Word("mode", Modes) : null;
        decimal buffer = Rounded(margin, "safety_buffer", margin.DecimalOrNull("safety_buffer", min: 0, max: 0.999999999m), decimals: 9) ?? 0;
        bool isWritten = root.Has("margin");
        MarginTerms usual = BindTerms(margin, isWritten ? null : new MarginTerms());
        Dictionary<string, MarginTerms> bySymbol = [];
        foreach ((string symbol, ConfigSection instrument) in root.Section("instrument").NamedSections())
        {
            if (!instrument.Has("margin")) continue;
            ConfigSection own = instrument.Section("margin");
            if (!isWritten)
                throw new InputException($"{own.Path} ({own.Origin})", "margin of one instrument", "a section [margin] too", "Write [margin] with leverage = 10, or another: it holds the account to margin, and is what the other instruments need.");
            bySymbol.Add(symbol, BindTerms(own, usual));
        }
        if (!isWritten) return null;
        return new MarginOptions { Mode = mode == Modes[1] ? MarginMode.Isolated : MarginMode.Cross, SafetyBuffer = buffer, Usual = usual, BySymbol = bySymbol };
    }

    /// <exception cref="InputException">A window that is not whole samples.</exception>
    public static VolatilityOptions BindVolatility(ConfigSection section)
    {
        VolatilityOptions usual = new();
        VolatilityOptions options = usual with
        {
            Window = section.DurationOrNull("window", min: new(1)) ?? usual.Window,
            Sample = section.DurationOrNull("sample", min: new(1)) ?? usual.Sample,
            UsualHalfLife = section.DurationOrNull("usual_half_life", min: new(1)) ?? usual.UsualHalfLife,
        };
        if (options.WhatIsWrong() is null) return options;
        string expected = $"2 to {VolatilityOptions.SamplesMax} whole samples ({options.Sample} each)";
        const string Fix = "Write window = \"60s\" and sample = \"1s\", or other times of which one is a multiple of the other.";
        throw section.Has("window") ? section.Refuse("window", expected, Fix) : new InputException($"{section.Path}.window", $"{options.Window} (default)", expected, Fix);
    }

    /// <param name="otherwise">What holds where nothing is stated; null: initial margin has to be.</param>
    private static MarginTerms BindTerms(ConfigSection section, MarginTerms? otherwise)
    {
        MarginTerms terms = otherwise ?? new MarginTerms();
        decimal? leverage = Rounded(section, "leverage", section.DecimalOrNull("leverage", min: 1, max: MarginTerms.LeverageMax), decimals: 9);
        decimal? initial = Rounded(section, "initial_per_contract", section.DecimalOrNull("initial_per_contract", min: 0.000000001m, max: MarginTerms.PerContractMax), decimals: 9);
        if (leverage is not null && initial is not null) throw section.Refuse("initial_per_contract", "nothing beside leverage, which states initial margin in another way", "Remove one of the two.");
        if (leverage is null && initial is null && otherwise is null)
            throw new InputException($"{section.Path} ({section.Origin})", "neither leverage nor initial_per_contract", "one of them", "Write leverage = 10 under [margin], or initial_per_contract = 5500 for futures; leverage = 1 is payment in full.");
        if (leverage is not null || initial is not null) terms = terms with { Leverage = leverage ?? 1, InitialPerContract = initial };
        terms = BindMaintenance(section, terms);
        terms = terms with
        {
            CloseFeeBps = Rounded(section, "close_fee_bps", section.DecimalOrNull("close_fee_bps", min: 0, max: Whole - 1), decimals: 4) ?? terms.CloseFeeBps,
            Basis = !section.Has("maintenance_on") ? terms.Basis : section.Word("maintenance_on", Bases) == Bases[0] ? MaintenanceBasis.Mark : MaintenanceBasis.Entry,
        };
        RequireSense(section, terms);
        return terms;
    }

    private static MarginTerms BindMaintenance(ConfigSection section, MarginTerms terms)
    {
        decimal? bps = Rounded(section, "maintenance_bps", section.DecimalOrNull("maintenance_bps", min: 0, max: Whole - 1), decimals: 4);
        decimal? contract = Rounded(section, "maintenance_per_contract", section.DecimalOrNull("maintenance_per_contract", min: 0, max: MarginTerms.PerContractMax), decimals: 9);
        IReadOnlyList<ConfigSection> tables = section.Tables("tiers");
        if (bps is not null && contract is not null) throw section.Refuse("maintenance_per_contract", "nothing beside maintenance_bps, which states maintenance margin in another way", "Remove one of the two.");
        if (tables.Count > 0 && (bps ?? contract) is not null)
            throw section.Refuse("tiers", $"nothing beside {(bps is null ? "maintenance_per_contract" : "maintenance_bps")}, which states maintenance margin in another way", "Remove one of the two.");
        if (tables.Count > 0) return terms with { Tiers = BindTiers(section, tables), MaintenancePerContract = null };
        if (bps is { } rate) return terms with { Tiers = [new MarginTier(0, rate)], MaintenancePerContract = null };
        return contract is null ? terms : terms with { Tiers = [], MaintenancePerContract = contract };
    }

    private static List<MarginTier> BindTiers(ConfigSection section, IReadOnlyList<ConfigSection> tables)
    {
        if (tables.Count > MarginTerms.TiersMax) throw section.Refuse("tiers", $"at most {MarginTerms.TiersMax} tiers", "Leave some out.");
        List<MarginTier> tiers = [];
        foreach (ConfigSection table in tables)
        {
            MarginTier tier = new(
                Rounded(table, "notional_from", table.Decimal("notional_from", min: 0, max: MarginTerms.MoneyMax), decimals: 9)!.Value,
                Rounded(table, "maintenance_bps", table.Decimal("maintenance_bps", min: 0, max: Whole - 1), decimals: 4)!.Value);
            if (tiers.Count == 0 && tier.NotionalFrom != 0) throw table.Refuse("notional_from", "0, where the first tier begins", "Begin with notional_from = 0.");
            if (tiers.Count > 0 && tier.NotionalFrom <= tiers[^1].NotionalFrom) throw table.Refuse("notional_from", $"more than that of the tier before it ({Text(tiers[^1].NotionalFrom)})", "Put the tiers in order.");
            if (tiers.Count > 0 && tier.MaintenanceBps < tiers[^1].MaintenanceBps) throw table.Refuse("maintenance_bps", $"at least that of the tier before it ({Text(tiers[^1].MaintenanceBps)})", "A larger position never needs a smaller part: put the tiers in order.");
            tiers.Add(tier);
        }
        return tiers;
    }

    private static void RequireSense(ConfigSection section, MarginTerms terms)
    {
        if (terms.WhatIsWrong() is not { } wrong) return;
        string found = terms.InitialPerContract is { } initial
            ? $"maintenance of {Text(terms.MaintenancePerContract ?? 0)} a contract, initial margin of {Text(initial)}"
            : terms.Tiers.Count > 0 ? $"maintenance of {Text(terms.Tiers[0].MaintenanceBps)} bps, a fee for closing of {Text(terms.CloseFeeBps)}, initial margin of {Text(decimal.Round(Whole / terms.Leverage, 2))}" : wrong;
        throw new InputException($"{section.Path} ({section.Origin})", found, "maintenance margin and the fee for closing together not above initial margin", "Lower the maintenance or the leverage: a position would be liquidated as soon as it is opened.");
    }

    private static decimal? Rounded(ConfigSection section, string key, decimal? value, int decimals) =>
        value is { } number && decimal.Round(number, decimals) != number ? throw section.Refuse(key, $"at most {decimals} decimals", "Round it.") : value;

    private static string Text(decimal number) => number.ToString("0.#########", CultureInfo.InvariantCulture);
}
