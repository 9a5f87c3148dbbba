using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>An order as it rests in a book.</summary>
/// <param name="Quantity">What is left of it, above zero.</param>
/// <param name="Arrival">Place in time: of two orders at the same side and price, the one with the smaller arrival stands ahead. Given at every
/// append to the tail of a queue, from <see cref="OrderBook.NextArrival"/>; comparable only within one <see cref="OrderBook.ArrivalEpoch"/>.</param>
public readonly record struct RestingOrder(Side Side, Price Price, Quantity Quantity, uint Arrival);
