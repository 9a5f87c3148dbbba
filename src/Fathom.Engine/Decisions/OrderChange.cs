using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>What is to be another about a live order. What is not stated stays.</summary>
public readonly record struct OrderChange()
{
    /// <summary>A multiple of the tick.</summary>
    public Price Price { get; init; } = Price.None;

    /// <summary>The whole new quantity, what is filled already included.</summary>
    public Quantity Quantity { get; init; } = Quantity.None;

    /// <summary>Of an order that waits for its trigger.</summary>
    public Price TriggerPrice { get; init; } = Price.None;

    /// <summary>Of a trailing stop that waits.</summary>
    public Price TrailOffset { get; init; } = Price.None;
}
