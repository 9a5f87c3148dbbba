using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>A fill of an order of ours, found within an event and reported at its end.</summary>
/// <param name="Cumulative">After this fill, like <paramref name="Leaves"/>.</param>
internal readonly record struct OwnFill(OwnOrder Order, Quantity Quantity, Quantity Cumulative, Quantity Leaves);
