using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>One thing that a strategy asked for in a callback.</summary>
/// <param name="Order">Name of the order that is to be, or of the one that it is about; None for what stands: ladders, targets, signals.</param>
/// <param name="Intent">The order as it is to be (a replacement states price and quantity; what stands the instrument); default for a cancel.</param>
public readonly record struct Want(WantKind Kind, ClientOrderId Order, OrderIntent Intent);
