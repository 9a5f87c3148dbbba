namespace Fathom.Engine.Decisions;

/// <summary>What the levels of a ladder are measured from.</summary>
public enum PriceReference : byte
{
    /// <summary>Halfway between the best prices.</summary>
    Mid = 0,
    /// <summary>Between the best prices, nearer to the side with less quantity.</summary>
    WeightedMid = 1,
}
