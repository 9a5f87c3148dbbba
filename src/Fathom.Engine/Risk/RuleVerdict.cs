using Fathom.Domain.Messages;

namespace Fathom.Engine.Risk;

/// <summary>What one rule of the gate says of one command.</summary>
/// <param name="Scope">To what its limit applies; None where it is no limit of anything.</param>
/// <param name="IsPassed">Also true where the rule is not configured, or the order passes over it because it only reduces.</param>
/// <param name="Limit">As in a <see cref="Refusal"/>, whether or not the rule refuses.</param>
/// <param name="Found">As there.</param>
/// <param name="IsConfigured">False: nothing is stated for the rule; the numbers are 0.</param>
public readonly record struct RuleVerdict(RiskRule Rule, RiskScope Scope, bool IsPassed, Int128 Limit, Int128 Found, bool IsConfigured = true)
{
    /// <summary>A rule has looked: the refusal, or, while all rules are explained, a verdict and none.</summary>
    /// <param name="explained">Takes the verdict; null while orders are judged.</param>
    internal static Refusal Say(List<RuleVerdict>? explained, RiskRule rule, RiskScope scope, bool isPassed, Int128 limit, Int128 found)
    {
        explained?.Add(new RuleVerdict(rule, scope, isPassed, limit, found));
        return isPassed || explained is not null ? Refusal.None : Refusal.Of(RiskRules.ReasonOf(rule), limit, found, scope);
    }
}
