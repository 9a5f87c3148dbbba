using Fathom.Domain.Messages;

namespace Fathom.Engine.Risk;

/// <summary>Why a command was refused, with the two numbers behind it.</summary>
/// <param name="Limit">What is allowed: units of 1e-9, a tick or lot for the off-tick and off-lot reasons, an instrument's number for the instrument reasons,
/// whole units or whole money per point of price for the numeric range.</param>
/// <param name="Found">What it would have been, in the same unit.</param>
public readonly record struct Refusal(ReasonCode Reason, long Limit, long Found)
{
    public static Refusal None => default;

    public bool IsNone => Reason == ReasonCode.None;
}
