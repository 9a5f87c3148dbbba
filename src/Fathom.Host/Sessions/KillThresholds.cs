using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>
/// Refuses a kill rule that goes by money and stops trading before a state or a limit of the same scope could be met: that one would never come to anything, and somebody relies on it. A rule of each strategy may come
/// before what is stated for all, which holds for the account too: several strategies together can lose more than any of them may.
/// </summary>
/// <param name="risk">The section <c>[risk]</c>, as it was bound.</param>
/// <param name="owners">Strategies and aggregators; of a single one the account is the same.</param>
internal sealed class KillThresholds(ConfigSection risk, RiskLimits limits, StateOptions? states, IReadOnlyList<string> owners)
{
    private bool IsAlone => owners.Count == 1;

    /// <exception cref="InputException">A threshold that could never be met.</exception>
    public void RequireLast(IReadOnlyList<KillRule> rules)
    {
        foreach (KillRule rule in rules)
        {
            if (rule.Cause == KillCause.Drawdown) RequireAfterStates(in rule);
            else if (rule.Cause == KillCause.DailyLoss) RequireAfterLimits(in rule);
        }
    }

    // ---- drawdown

    private void RequireAfterStates(in KillRule rule)
    {
        if (rule.Scope == KillScope.Strategy && !IsAlone) return;
        RequireAfter(in rule, "drawdown", states?.Drawdown, "");
        RequireAfter(in rule, "day_drawdown", states?.DayDrawdown, " (a day's fall is never larger than that from the peak)");
    }

    private void RequireAfter(in KillRule rule, string key, StateThresholds? thresholds, string why)
    {
        if (thresholds is not { } stated || rule.Limit > stated.OverLimit) return;
        string kill = Ratio(rule.Limit), last = Ratio(stated.OverLimit), all = $"[{Ratio(stated.Warning)}, {Ratio(stated.Critical)}, {last}]", higher = Higher(stated.OverLimit);
        ConfigSection section = risk.Section("kill");
        if (section.Has("drawdown"))
            throw section.Refuse("drawdown", $"more than {last}, the last of risk.states.{key} = {all}{why}", $"At {kill} everything is stopped, and such a state never acts: write drawdown = {higher} (0: no such rule), or smaller thresholds in risk.states.{key}.");
        throw risk.Section("states").Refuse(key, $"thresholds below {kill}: at that drawdown risk.kill.drawdown, which is {kill} where nothing is written, stops everything, and such a state never acts{why}",
            $"Write smaller ones here, or drawdown = {higher} under [risk.kill]; 0 is no such rule.");
    }

    /// <summary>Twice as much where that is less than everything, else half of the way there; 0, no such rule, where nothing is left.</summary>
    private static string Higher(long limit) => limit >= Price.Scale - 1 ? "0" : Ratio(limit < Price.Scale / 2 ? limit * 2 : limit + (Price.Scale - limit + 1) / 2);

    // ---- the day's loss

    private void RequireAfterLimits(in KillRule rule)
    {
        bool isOfAccount = rule.Scope == KillScope.Account || IsAlone, isOfStrategies = rule.Scope == KillScope.Strategy || IsAlone;
        if (isOfAccount && limits.Account.DailyLossMax is { } account) RequireAfter(in rule, "risk.account", account);
        if (isOfStrategies)
            foreach ((string name, var own) in limits.Strategies)
                if (own.DailyLossMax is { } strategy) RequireAfter(in rule, $"risk.strategy.\"{name}\"", strategy);
        bool isForBoth = limits.Account.DailyLossMax is null;      // what is stated for all holds for the account too
        bool couldBeMet = isForBoth ? !isOfAccount : !isOfStrategies;
        if (!couldBeMet && limits.DailyLossMax is { } all) RequireAfter(in rule, "risk", all);
    }

    private void RequireAfter(in KillRule rule, string header, decimal most)
    {
        decimal kill = rule.Limit / (decimal)Price.Scale;
        if (kill > most) return;
        throw risk.Section("kill").Refuse("daily_loss", $"more than {header}.daily_loss_max = {Money(most)}",
            $"At {Money(kill)} everything is stopped, and that limit is never met: write daily_loss = {Money(Math.Min(most * 2, KillBinding.LossMax))}, or a smaller daily_loss_max under [{header}].");
    }

    private static string Ratio(long nanos) => Money(nanos / (decimal)Price.Scale);

    private static string Money(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
