using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>What a finished run has written down about an order: one change of it.</summary>
/// <param name="Time">The engine's clock.</param>
/// <param name="IsDecision">It was decided then and there: asked for, sent, or refused.</param>
/// <param name="Strategy">Name.</param>
/// <param name="Symbol">Of the instrument; null where the record does not say.</param>
internal readonly record struct PastEvent(ClientOrderId Order, Timestamp Time, bool IsDecision, string Strategy, string? Symbol);
