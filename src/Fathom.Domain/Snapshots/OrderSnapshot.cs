using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>A live order.</summary>
/// <param name="Price">None of an order without one.</param>
/// <param name="TriggerPrice">As in force; None without a trigger, and of a trailing stop that has seen no price.</param>
/// <param name="Cumulative">What of it is filled.</param>
/// <param name="WorstLeaves">What may be filled at worst, a replacement on its way included; zero while we hold it.</param>
/// <param name="QueueAhead">Quantity ahead of it as the venue last said; None when it never did.</param>
/// <param name="DecisionTime">The engine's clock when it was approved.</param>
/// <param name="DoubtReason">Why only the venue knows what it is; None while it is known.</param>
public readonly record struct OrderSnapshot(
    ClientOrderId Id, int Owner, InstrumentId Instrument, Side Side, OrderType Type, TimeInForce TimeInForce, OrderFlags Flags, OrderStatus Status, Price Price, Price TriggerPrice,
    Quantity Quantity, Quantity Cumulative, Quantity WorstLeaves, Quantity QueueAhead, Timestamp DecisionTime, ReasonCode DoubtReason)
{
    /// <summary>What may still be filled; never negative.</summary>
    public Quantity Leaves => Quantity > Cumulative ? Quantity - Cumulative : Quantity.Zero;
}
