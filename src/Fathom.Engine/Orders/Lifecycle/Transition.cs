using Fathom.Domain.Messages;

namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>What an input makes of an order.</summary>
/// <param name="Status">The order's status from here on; as it was when the input is illegal.</param>
/// <param name="Facts">What is known of it from here on; as before when the input is illegal.</param>
/// <param name="Reason">Why the input cannot happen in the order's state; None when it can.</param>
public readonly record struct Transition(OrderStatus Status, OrderFacts Facts, IllegalReason Reason)
{
    public bool IsLegal => Reason == IllegalReason.None;
}
