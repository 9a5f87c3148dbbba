using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Host.Configuration;
using Fathom.Market.Universe;

namespace Fathom.Host.Sessions;

/// <summary>Makes kill rules of the section <c>[risk.kill]</c>, and refuses those that contradict something or could never fire.</summary>
internal static class KillBinding
{
    /// <summary>Half of all that there ever was: whoever wants to lose more says so.</summary>
    private const decimal DrawdownByDefault = 0.5m;

    /// <summary>Largest loss of a day: more is no number of units of 1e-9.</summary>
    internal const decimal LossMax = 9_000_000_000;

    private const long DayMilliseconds = 86_400_000;

    private static readonly Duration WindowByDefault = Duration.FromMilliseconds(60_000);

    /// <param name="hours">Data is stale only while it should come.</param>
    /// <exception cref="InputException">A value that is none, makes no sense, or could never be reached.</exception>
    public static IReadOnlyList<KillRule> Bind(ConfigSection kill, RiskLimits limits, SessionHours hours)
    {
        bool flattens = kill.Has("flatten") ? kill.Bool("flatten") : kill.StringOrNull("flatten") is not null;
        decimal drawdown = kill.Decimal("drawdown", DrawdownByDefault, min: 0);
        if (drawdown >= 1) throw kill.Refuse("drawdown", "less than 1, or 0 for no such rule", "At 1 everything is lost, and nothing is left to be saved: write drawdown = 0.5 for half of the peak.");
        decimal? loss = kill.DecimalOrNull("daily_loss", min: 0.000000001m, max: LossMax);
        Duration? stale = kill.DurationOrNull("stale_data", min: new Duration(1), max: Duration.FromMilliseconds(DayMilliseconds));
        bool isException = kill.Has("strategy_exception") ? kill.Bool("strategy_exception") : kill.StringOrNull("strategy_exception") is not null;

        List<KillRule?> rules =
        [
            Rule(kill, "drawdown", KillCause.Drawdown, drawdown > 0 ? Nanos(kill, "drawdown", drawdown) : null, Duration.Zero, flattens),
            Rule(kill, "daily_loss", KillCause.DailyLoss, loss is { } money ? Nanos(kill, "daily_loss", money) : null, Duration.Zero, flattens),
            Rate(kill, "anomaly_rate", KillCause.AnomalyRate, flattens),
            Rate(kill, "reject_rate", KillCause.RejectRate, flattens),
            Rule(kill, "unknown_orders", KillCause.UnknownOrders, kill.LongOrNull("unknown_orders", min: 1, max: KillRule.CountMax), Duration.Zero, flattens),
            Rule(kill, "stale_data", KillCause.StaleData, stale?.Nanos, Duration.Zero, flattens),
            Rule(kill, "strategy_exception", KillCause.StrategyException, isException ? 0 : null, Duration.Zero, flattens),
            Rule(kill, "message_rate", KillCause.MessageRate, kill.LongOrNull("message_rate", min: 1, max: KillRule.CountMax), Duration.FromMilliseconds(1_000), flattens),
        ];
        List<KillRule> bound = [.. rules.OfType<KillRule>()];
        foreach (KillRule rule in bound) RequirePossible(kill, rule, limits, hours);
        return bound;
    }

    private static KillRule? Rate(ConfigSection kill, string key, KillCause cause, bool flattens)
    {
        long? count = kill.LongOrNull(key, min: 1, max: KillRule.CountMax);
        Duration? window = kill.DurationOrNull($"{key}_window", min: new Duration(1), max: Duration.FromMilliseconds(DayMilliseconds));
        if (window is not null && count is null) throw NoRule(kill, key, $"{key}_window");
        return Rule(kill, key, cause, count, window ?? WindowByDefault, flattens);
    }

    /// <param name="limit">Null where there is no such rule.</param>
    private static KillRule? Rule(ConfigSection kill, string key, KillCause cause, long? limit, Duration window, bool flattens)
    {
        string scopeKey = $"{key}_scope", flattenKey = $"{key}_flatten";
        string? scope = kill.StringOrNull(scopeKey);
        bool? ownFlattens = kill.Has(flattenKey) ? kill.Bool(flattenKey) : null;
        if (!kill.Has(flattenKey)) _ = kill.StringOrNull(flattenKey);      // known, and not set
        if (limit is null && (scope is not null || ownFlattens is not null)) throw NoRule(kill, key, scope is not null ? scopeKey : flattenKey);
        if (limit is null) return null;
        IReadOnlyList<KillScope> possible = KillRule.ScopesOf(cause);
        string[] words = [.. possible.Select(Word)];
        int at = scope is null ? 0 : Array.IndexOf(words, scope);
        if (at < 0) throw kill.Refuse(scopeKey, $"one of {string.Join(", ", words)}", $"Write {scopeKey} = \"{words[0]}\".");
        return new KillRule(cause, possible[at], limit.Value, window, ownFlattens ?? flattens);
    }

    /// <summary>A rule that something else keeps from ever being met is a mistake: somebody relies on it.</summary>
    private static void RequirePossible(ConfigSection kill, KillRule rule, RiskLimits limits, SessionHours hours)
    {
        if (rule.Cause == KillCause.RejectRate && limits.OrderRateMax is { } rate)
        {
            Int128 windows = ((Int128)rule.Window.Nanos + rate.Window.Nanos - 1) / rate.Window.Nanos, most = windows * rate.Count;
            if (rule.Limit > most)
                throw Never(kill, "reject_rate", $"at most {most}: risk.order_rate_max lets no more than {rate.Count} orders leave within {rate.Window}, and so no more be rejected within {rule.Window}",
                    $"Write reject_rate = {most} or less, or a longer reject_rate_window.");
        }
        if (rule.Cause == KillCause.UnknownOrders && rule.Scope == KillScope.Account && (limits.Account.OpenOrdersMax ?? limits.Both.OpenOrdersMax) is { } open && rule.Limit > open)
            throw Never(kill, "unknown_orders", $"at most {open}: risk.open_orders_max lets no more orders be live, and so no more be unknown", $"Write unknown_orders = {open} or less, or a larger open_orders_max.");
        if (rule.Cause == KillCause.StaleData && LengthOf(hours) is { } session && rule.Limit >= session.Nanos)
            throw Never(kill, "stale_data", $"less than a session lasts ({session})", "Outside of the session no data is due: write stale_data = \"1m\", or longer hours in [session].");
    }

    /// <summary>Of a session; null where it is always on.</summary>
    private static Duration? LengthOf(SessionHours hours)
    {
        if (hours == SessionHours.EveryDay) return null;
        long nanos = hours.Close.Nanos - hours.Open.Nanos;
        return new Duration(nanos > 0 ? nanos : nanos + (DayMilliseconds * 1_000_000));
    }

    private static long Nanos(ConfigSection kill, string key, decimal value) =>
        decimal.Round(value, 9) == value ? (long)(value * Price.Scale) : throw kill.Refuse(key, "at most nine decimals", "Round it.");

    private static string Word(KillScope scope) => scope.ToString().ToLower(CultureInfo.InvariantCulture);

    private static InputException NoRule(ConfigSection kill, string key, string beside) =>
        kill.Refuse(beside, $"nothing: there is no rule risk.kill.{key} to which it belongs", $"Write {key} too, or remove {beside}.");

    private static InputException Never(ConfigSection kill, string key, string expected, string fix) => kill.Refuse(key, expected, "The rule could never fire. " + fix);
}
