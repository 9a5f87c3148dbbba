using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>One thing that a strategy asked for in a callback: a new order, or the end of one.</summary>
/// <param name="Order">Name of the order that is to be, or of the one to be canceled.</param>
/// <param name="Intent">The order; default for a cancel.</param>
public readonly record struct Want(bool IsCancel, ClientOrderId Order, OrderIntent Intent);
