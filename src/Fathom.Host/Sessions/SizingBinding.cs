using Fathom.Domain.Values;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Binds <c>[strategy.sizing]</c>. A number that the method does not go by is a mistake: its owner believes that it counts.</summary>
internal static class SizingBinding
{
    private const decimal Least = 0.000000001m, MoneyMax = 1_000_000_000_000m, TimesMax = 1_000m;
    private const long TradesMax = 500;

    private static readonly string[] s_methods = ["fixed", "notional", "volatility", "risk", "kelly"];
    private static readonly string[] s_forms = ["discrete", "continuous"];

    /// <summary>Keys by the method that goes by them, in the order of the methods. All others are every method's.</summary>
    private static readonly string[][] s_own =
    [
        ["quantity"],
        ["notional", "equity_fraction"],
        ["daily_volatility", "daily_volatility_fraction"],
        ["risk_fraction", "stop_ticks", "stop_bps"],
        ["kelly_fraction", "kelly_form", "shrink", "trades_max", "trades_min", "fallback_fraction", "scratch_bps"],
    ];

    /// <param name="exits">The strategy's own; null for none.</param>
    /// <returns>Null where nothing is written.</returns>
    public static SizingOptions? Bind(ConfigSection section, ExitOptions? exits)
    {
        if (!section.Keys.Any()) return null;
        int method = Array.IndexOf(s_methods, section.Word("method", s_methods));
        RequireOwn(section, method);
        SizingOptions options = new()
        {
            Method = (SizingMethod)(method + 1),
            EquityShare = Fraction(section, "equity_share") ?? 1,
            Caps = new SizingCaps
            {
                QuantityMax = section.QuantityOrNull("quantity_max", min: new Quantity(1)) ?? Quantity.None,
                NotionalMax = Rounded(section, "notional_max", section.DecimalOrNull("notional_max", min: Least, max: MoneyMax)),
                LeverageMax = Rounded(section, "leverage_max", section.DecimalOrNull("leverage_max", min: Least, max: TimesMax)),
            },
        };
        return options.Method switch
        {
            SizingMethod.Fixed => options with { Quantity = section.Quantity("quantity", min: new Quantity(1)) },
            SizingMethod.Notional => BindNotional(section, options),
            SizingMethod.Volatility => BindVolatility(section, options),
            SizingMethod.Risk => BindRisk(section, options, exits),
            _ => BindKelly(section, options),
        };
    }

    private static SizingOptions BindNotional(ConfigSection section, SizingOptions options)
    {
        decimal? money = section.DecimalOrNull("notional", min: Least, max: MoneyMax), fraction = section.DecimalOrNull("equity_fraction", min: Least, max: TimesMax);
        RequireOne(section, "notional", money, "equity_fraction", fraction);
        return options with { Notional = money, EquityFraction = fraction };
    }

    private static SizingOptions BindVolatility(ConfigSection section, SizingOptions options)
    {
        decimal? money = section.DecimalOrNull("daily_volatility", min: Least, max: MoneyMax), fraction = Fraction(section, "daily_volatility_fraction");
        RequireOne(section, "daily_volatility", money, "daily_volatility_fraction", fraction);
        return options with { DailyVolatility = money, EquityFraction = fraction };
    }

    /// <summary>Without a stop nobody knows what is lost.</summary>
    private static SizingOptions BindRisk(ConfigSection section, SizingOptions options, ExitOptions? exits)
    {
        decimal risk = Fraction(section, "risk_fraction") ?? section.Decimal("risk_fraction");
        PriceDistance own = ExitBinding.Distance(section, "stop");
        PriceDistance kept = exits is null ? default : !exits.StopLoss.IsNone ? exits.StopLoss : exits.Trailing;
        string key = own.Ticks > 0 ? "stop_ticks" : "stop_bps";
        if (!own.IsNone && !kept.IsNone) throw section.Refuse(key, "nothing beside the stop of [strategy.exits], by which the size goes", "Remove one of the two.");
        if (own.IsNone && kept.IsNone)
            throw section.Refuse("method", "a stop by which risk can be measured", "State [strategy.exits] stop_loss_ticks (or _bps, or a trailing stop), or stop_ticks here where the strategy has stops of its own.");
        return options with { RiskFraction = risk, Stop = own.IsNone ? kept : own };
    }

    private static SizingOptions BindKelly(ConfigSection section, SizingOptions options)
    {
        decimal part = section.Decimal("kelly_fraction", fallback: 0.5m, min: Least);
        if (part > 1) throw section.Refuse("kelly_fraction", "above 0, at most 1", "More than the full fraction risks more and grows less: write 0.5 or less.");
        int max = (int)section.Long("trades_max", fallback: 200, min: 2, max: TradesMax), min = (int)section.Long("trades_min", fallback: 30, min: 2, max: TradesMax);
        if (min > max) throw section.Refuse("trades_min", $"no more than trades_max ({max})", "So many trades are never kept: raise trades_max or lower trades_min.");
        return options with
        {
            KellyFraction = part,
            KellyForm = (KellyForm)Array.IndexOf(s_forms, section.Word("kelly_form", s_forms, s_forms[0])),
            IsShrunk = section.Bool("shrink", fallback: true),
            TradesMax = max,
            TradesMin = min,
            FallbackFraction = section.Decimal("fallback_fraction", min: Least, max: TimesMax),
            ScratchFraction = section.Decimal("scratch_bps", fallback: 0, min: 0, max: 10_000) / 10_000,
        };
    }

    private static void RequireOwn(ConfigSection section, int method)
    {
        for (int other = 0; other < s_own.Length; other++)
        {
            if (other == method) continue;
            foreach (string key in s_own[other].Where(section.Has))
                throw section.Refuse(key, $"nothing where the method is {s_methods[method]}", $"It belongs to the method {s_methods[other]}: remove it, or change the method.");
        }
    }

    private static void RequireOne(ConfigSection section, string first, decimal? money, string second, decimal? fraction)
    {
        if (money is not null && fraction is not null) throw section.Refuse(second, $"nothing beside {first}", "State one of the two.");
        if (money is null && fraction is null) throw section.Refuse("method", $"{first} or {second}", "State one of the two.");
        Rounded(section, first, money);
        Rounded(section, second, fraction);
    }

    /// <summary>Above 0, at most 1.</summary>
    private static decimal? Fraction(ConfigSection section, string key) => Rounded(section, key, section.DecimalOrNull(key, min: Least, max: 1));

    private static decimal? Rounded(ConfigSection section, string key, decimal? value) =>
        value is { } stated && decimal.Round(stated, 9) != stated ? throw section.Refuse(key, "at most nine decimals", "Round it.") : value;
}
