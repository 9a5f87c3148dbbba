using Fathom.Domain.Messages;

namespace Fathom.Analytics.Risk;

/// <summary>How often risk did one thing for one reason.</summary>
/// <param name="Reason">None where the kind has none.</param>
public sealed record RiskCount(RiskKind Kind, ReasonCode Reason, long Count);
