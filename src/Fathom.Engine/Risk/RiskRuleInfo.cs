using Fathom.Domain.Messages;

namespace Fathom.Engine.Risk;

/// <summary>What a rule of the gate is, for people.</summary>
/// <param name="Reason">Given where it refuses.</param>
/// <param name="Key">In the configuration's section [risk], or in that of a scope; empty: it always holds.</param>
/// <param name="Scopes">To what its limit can apply; the first that refuses is given.</param>
/// <param name="Unit">Of the key's value.</param>
/// <param name="Default">What holds where nothing is written.</param>
/// <param name="RefusedWhen">What is refused.</param>
/// <param name="Limit">What stands as limit in a refusal.</param>
/// <param name="Found">What stands as found there.</param>
public sealed record RiskRuleInfo(
    RiskRule Rule, ReasonCode Reason, string Key, IReadOnlyList<RiskScope> Scopes, string Unit, string Default, string RefusedWhen, string Limit, string Found);
