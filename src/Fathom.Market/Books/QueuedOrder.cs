using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>One order of a level's queue.</summary>
/// <param name="Quantity">What is left of it, above zero.</param>
/// <param name="Arrival">See <see cref="RestingOrder"/>.</param>
public readonly record struct QueuedOrder(ulong OrderId, Quantity Quantity, uint Arrival);
