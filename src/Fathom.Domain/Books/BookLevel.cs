using Fathom.Domain.Values;

namespace Fathom.Domain.Books;

/// <summary>All resting interest at one price of one side.</summary>
/// <param name="Quantity">Sum of the orders' quantities, above zero.</param>
/// <param name="Orders">How many orders; 0 where the feed gives only a total (top-of-book and aggregated messages).</param>
public readonly record struct BookLevel(Price Price, Quantity Quantity, int Orders);
