namespace Fathom.Engine.Decisions;

/// <summary>What the levels of a ladder are measured from.</summary>
public enum PriceReference : byte
{
    /// <summary>Halfway between the best prices.</summary>
    Mid = 0,
    /// <summary>Between the best prices, nearer to the side with less quantity. Many call it the micro-price; that name stands for more: the mid that is expected to come, given
    /// imbalance and spread (Stoikov 2018, "The micro-price", of which this is the baseline).</summary>
    WeightedMid = 1,
    /// <summary>The strategy's own: <see cref="QuoteLadder.FairValue"/>.</summary>
    FairValue = 2,
}
