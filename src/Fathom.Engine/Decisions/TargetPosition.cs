using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>A position that is wanted, and how hard.</summary>
/// <param name="Quantity">Signed.</param>
internal readonly record struct TargetPosition(Quantity Quantity, TargetUrgency Urgency);
