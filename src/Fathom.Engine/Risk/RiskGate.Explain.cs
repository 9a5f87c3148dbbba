using Fathom.Domain.Messages;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Risk;

/// <summary>What every rule says of a command, for people. The same code judges: it goes on where it would have stopped.</summary>
public sealed partial class RiskGate
{
    /// <summary>Looks at all rules as <see cref="Judge"/> would now, with nothing approved.</summary>
    /// <param name="isChild">As in <see cref="Judge"/>, as the next.</param>
    /// <param name="verdicts">Takes at least one verdict for each rule, in the order in which they are looked at; a rule that nobody configured says so. The first that does not pass is the reason. Where the instrument is
    /// unknown, the rules after that have nothing to look at and are left out.</param>
    public void Explain(in OrderCommand command, bool isChild, bool isQuote, List<RuleVerdict> verdicts)
    {
        List<RuleVerdict> found = [];
        OrderCommand copy = command;
        Order? order = _instruments.Contains(command.Header.Instrument) ? Replaced(in command) : null;
        bool isReduceOnly = order?.IsReduceOnly ?? command.IsReduceOnly;
        Refusal end = Check(ref copy, order?.Leaves.Nanos ?? 0, isChild, isQuote, found);
        RiskRule last = end.IsNone ? RiskRule.MessagesPerFill : found[^1].Rule;
        foreach (RiskRuleInfo rule in RiskRules.All)
        {
            if (rule.Rule > last) break;
            int before = verdicts.Count;
            foreach (RuleVerdict verdict in found)
                if (verdict.Rule == rule.Rule) verdicts.Add(isReduceOnly && !HoldsReduceOnly(rule.Rule) ? verdict with { IsPassed = true } : verdict);
            if (verdicts.Count == before) verdicts.Add(new RuleVerdict(rule.Rule, RiskScope.None, IsPassed: true, 0, 0, IsConfigured: false));
        }
    }

    /// <summary>A reduce-only order is held to the rule too; the others it passes over.</summary>
    private static bool HoldsReduceOnly(RiskRule rule) => rule <= RiskRule.QuantityMax && rule is not (RiskRule.TradingMode or RiskRule.State);
}
