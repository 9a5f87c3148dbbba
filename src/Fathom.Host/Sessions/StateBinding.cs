using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Makes options of the sections <c>[risk.states]</c> and <c>[risk.adaptive]</c>, and refuses what contradicts itself or could never come to anything.</summary>
internal static class StateBinding
{
    private const long YearMilliseconds = 365L * 86_400_000;
    private const decimal RatioMax = 1_000;
    private const string Usual = "[0.8, 0.95, 1.0]";

    private static readonly string[] OverLimitWords = ["reduce", "liquidate"];
    private static readonly string[] LossWords = ["day", "peak"];

    /// <summary>Null where the section is not written.</summary>
    /// <param name="hasPositionLimit">Some limit of positions is stated.</param>
    /// <param name="hasMargin">What positions need of margin is stated.</param>
    /// <exception cref="InputException">A value that is none, or one that makes no sense.</exception>
    public static StateOptions? BindStates(ConfigSection risk, bool hasPositionLimit, bool hasMargin)
    {
        ConfigSection section = risk.Section("states");
        if (!risk.Has("states")) return null;
        StateOptions usual = new();
        StateOptions options = new()
        {
            Position = Thresholds(section, "position", 0, RatioMax, Usual),
            Margin = Thresholds(section, "margin", 0, RatioMax, "[0.5, 0.7, 0.9]"),
            Drawdown = Thresholds(section, "drawdown", 0, 1, "[0.05, 0.1, 0.2]"),
            DayDrawdown = Thresholds(section, "day_drawdown", 0, 1, "[0.02, 0.04, 0.06]"),
            Volatility = Thresholds(section, "volatility", 1, RatioMax, "[2, 3, 5]"),
            Release = section.Decimal("release", usual.Release, min: 0, max: 0.99m),
            Hold = section.Duration("hold", usual.Hold, min: Duration.Zero, max: Duration.FromMilliseconds(YearMilliseconds)),
            WarningSize = section.Decimal("warning_size", usual.WarningSize, min: 0.000000001m, max: 1),
            WarningWiden = (int)section.Long("warning_widen", usual.WarningWiden, min: 0, max: 1_000_000),
            OverLimit = section.Word("over_limit", OverLimitWords, OverLimitWords[0]) == OverLimitWords[0] ? OverLimitAction.Reduce : OverLimitAction.Liquidate,
        };
        if (options.Position is not null && !hasPositionLimit)
            throw section.Refuse("position", "a limit of positions to go by", "Write position_max under [risk], or remove the line: without a limit no position is ever near it.");
        if (options.Margin is not null && !hasMargin)
            throw section.Refuse("margin", "a section [margin] to go by", "State what positions need under [margin], or remove the line: without margin there is no ratio.");
        bool isAny = (options.Position ?? options.Margin ?? options.Drawdown ?? options.DayDrawdown ?? options.Volatility) is not null;
        return isAny ? options : throw new InputException($"risk.states ({section.Origin})", "no measure", "at least one of position, margin, drawdown, day_drawdown, volatility", $"Write position = {Usual} under [risk.states], or remove the section.");
    }

    /// <summary>Null where the section is not written.</summary>
    /// <param name="hasLimit">Some limit of positions or notionals is stated.</param>
    /// <exception cref="InputException">A value that is none, or one that makes no sense.</exception>
    public static AdaptiveOptions? BindAdaptive(ConfigSection risk, bool hasLimit)
    {
        ConfigSection section = risk.Section("adaptive");
        if (!risk.Has("adaptive")) return null;
        AdaptiveOptions usual = new();
        AdaptiveOptions options = new()
        {
            Floor = section.Decimal("floor", usual.Floor, min: 0.000000001m, max: 1),
            VolatilityFrom = section.DecimalOrNull("volatility_from", min: 1, max: RatioMax),
            LossFull = section.DecimalOrNull("loss_full", min: 0.000000001m, max: 1),
            CountsFromPeak = section.Word("loss_of", LossWords, LossWords[0]) != LossWords[0],
            Recovery = section.Duration("recovery", usual.Recovery, min: Duration.Zero, max: Duration.FromMilliseconds(YearMilliseconds)),
        };
        if (options.VolatilityFrom is null && options.LossFull is null)
            throw new InputException($"risk.adaptive ({section.Origin})", "nothing by which limits tighten", "volatility_from, loss_full or both", "Write volatility_from = 1.5 or loss_full = 0.05 under [risk.adaptive], or remove the section.");
        if (section.Has("floor") && options.Floor == 1) throw section.Refuse("floor", "less than 1", "At 1 no limit ever tightens: write a smaller floor, or remove the section.");
        if (!hasLimit)
            throw new InputException($"risk.adaptive ({section.Origin})", "no limit that could tighten", "a limit of positions or of notionals under [risk]", "Write position_max or gross_notional_max under [risk], or remove the section.");
        return options;
    }

    /// <summary>Null where the key is not written.</summary>
    /// <param name="above">The first of them is above it.</param>
    private static StateThresholds? Thresholds(ConfigSection section, string key, decimal above, decimal max, string example)
    {
        if (!section.Has(key)) return null;
        IReadOnlyList<decimal> values = section.Decimals(key);
        bool isFine = true;
        foreach (decimal value in values) isFine &= value > above && value <= max && decimal.Truncate(value * 1_000_000_000) == value * 1_000_000_000;
        bool isSound = values.Count == 3 && isFine && values[0] < values[1] && values[1] < values[2];
        if (isSound) return new StateThresholds((long)(values[0] * 1_000_000_000), (long)(values[1] * 1_000_000_000), (long)(values[2] * 1_000_000_000));
        string range = string.Create(CultureInfo.InvariantCulture, $"three ratios that grow from warning to critical to over limit, each above {above} and at most {max}, with at most nine decimals");
        throw section.Refuse(key, range, $"Write {key} = {Fixed(values, isFine) ?? example}.");
    }

    /// <summary>The same values in an order that makes sense; null where there is none.</summary>
    private static string? Fixed(IReadOnlyList<decimal> values, bool isFine)
    {
        decimal[] sorted = [.. values.Distinct().Order()];
        return isFine && sorted.Length == 3 ? string.Create(CultureInfo.InvariantCulture, $"[{sorted[0]}, {sorted[1]}, {sorted[2]}]") : null;
    }
}
