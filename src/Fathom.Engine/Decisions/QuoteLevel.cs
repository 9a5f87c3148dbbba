using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>One quote of a ladder.</summary>
/// <param name="Ticks">Distance from the ladder's reference, outward; not used where a price is stated.</param>
/// <param name="Price">None where the level is a distance.</param>
public readonly record struct QuoteLevel(Side Side, double Ticks, Price Price, Quantity Quantity)
{
    /// <summary>Distance on top of the ticks, in 1/10,000 of the reference's size.</summary>
    public double Bps { get; init; }
}
