using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>A public trade as numbers, with the best prices of the last sound book before it.</summary>
/// <param name="Quantity">Above zero.</param>
/// <param name="Sign">1: a buyer took, −1: a seller did, 0: the venue does not say.</param>
/// <param name="Bid">NaN while no sound book was seen, like <paramref name="Ask"/>.</param>
public readonly record struct TradeSample(Timestamp Time, double Price, double Quantity, int Sign, double Bid, double Ask)
{
    /// <summary>Of the last sound book; NaN while there was none.</summary>
    public double Mid => (Bid + Ask) / 2;
}
