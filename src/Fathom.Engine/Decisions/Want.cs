using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>One thing that a strategy asked for in a callback.</summary>
/// <param name="Order">Name of the order that is to be, or of the one that it is about; None for what stands: ladders, targets, signals.</param>
/// <param name="Intent">The order as it is to be (a replacement states what is to be another; what stands the instrument); default for a cancel.</param>
public readonly record struct Want(WantKind Kind, ClientOrderId Order, OrderIntent Intent)
{
    /// <summary>The list that a new order belongs to; 0 for an order by itself. A list's wants stand next to each other.</summary>
    public ulong ListId { get; init; }

    /// <summary>What the order is to the others of its list.</summary>
    public Contingency Contingency { get; init; }
}
