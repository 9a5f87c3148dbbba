using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>What an order of ours takes at one price.</summary>
/// <param name="Quantity">Above zero.</param>
internal readonly record struct Execution(Price Price, Quantity Quantity);
