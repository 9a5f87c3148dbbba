using Fathom.Domain.Messages;

namespace Fathom.Engine.Orders;

/// <summary>What a venue's report did to our orders.</summary>
/// <param name="Order">The order it is about while it is live or has just ended; null when we do not have it (any more).</param>
/// <param name="From">Its status before.</param>
/// <param name="To">Its status after.</param>
/// <param name="IsExecution">A new execution: the position is to be moved, whatever else is so.</param>
/// <param name="Owner">Number of the strategy it belongs to; −1 when it is nobody's of ours.</param>
/// <param name="Anomaly">In which way it disagrees with what we believed; None where it does not, and of what is only repeated or late.</param>
public readonly record struct ReportEffect(Order? Order, OrderStatus From, OrderStatus To, bool IsExecution, int Owner, AnomalyKind Anomaly = AnomalyKind.None)
{
    public bool IsTransition => From != To;
}
