using Fathom.Domain.Messages;

namespace Fathom.Engine.Risk;

/// <summary>Why a command was refused, with the two numbers behind it. A number that does not fit 64 bits is the nearest that does.</summary>
/// <param name="Limit">What is allowed. Quantities, prices and money (of the account's currency): units of 1e-9. Off-tick and off-lot: the tick or lot. Rate: orders in
/// a window. Kill switch: no order. Warm-up: its end and the clock, nanoseconds since 1970. Unknown instrument: the largest instrument number; unsupported instrument and no reference price: 0. Numeric range: whole units,
/// or whole money per point of price.</param>
/// <param name="Found">What it would have been, in the same unit; where the limit is 0 or the largest instrument number, the instrument's number.</param>
/// <param name="Scope">What the limit is a limit of; None where it is none.</param>
public readonly record struct Refusal(ReasonCode Reason, long Limit, long Found, RiskScope Scope = RiskScope.None)
{
    public static Refusal None => default;

    public bool IsNone => Reason == ReasonCode.None;

    /// <summary>With numbers that may be too large.</summary>
    internal static Refusal Of(ReasonCode reason, Int128 limit, Int128 found, RiskScope scope = RiskScope.None) => new(reason, Saturate(limit), Saturate(found), scope);

    private static long Saturate(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
}
