using Fathom.Domain.Messages;

namespace Fathom.Host.Why;

/// <summary>What one rule of the gate says to one command.</summary>
/// <param name="Rule">Its name, as in docs/reference/risk.md.</param>
/// <param name="Reason">That it refuses with.</param>
/// <param name="Scope">What the limit is a limit of; None where it is none.</param>
/// <param name="IsConfigured">False: nothing is stated for it, and so it passes all.</param>
/// <param name="IsPassed">It has nothing against the command.</param>
/// <param name="Limit">In words; empty where the rule has none.</param>
/// <param name="Found">In the limit's unit; empty where there is none.</param>
/// <param name="Note">What the two numbers do not say: what is enforced, and why the command passes beyond a limit; else empty.</param>
internal readonly record struct RuleReading(string Rule, ReasonCode Reason, RiskScope Scope, bool IsConfigured, bool IsPassed, string Limit, string Found, string Note);
