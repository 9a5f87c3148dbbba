using Fathom.Domain.Messages;
using Fathom.Engine.Orders;

namespace Fathom.Host.Why;

/// <summary>An order, or the replacement of one, before the gate.</summary>
/// <param name="Command">As it was asked for.</param>
/// <param name="Rules">Each rule with its numbers, in the gate's order.</param>
internal sealed record Judgement(OrderCommand Command, OrderOrigin Origin, IReadOnlyList<RuleReading> Rules)
{
    /// <summary>What the run made of it: None where it left.</summary>
    public ReasonCode Reason { get; set; }

    /// <summary>The two numbers of a refusal, and what it is a limit of.</summary>
    public (long Limit, long Found, RiskScope Scope) Numbers { get; set; }
}
