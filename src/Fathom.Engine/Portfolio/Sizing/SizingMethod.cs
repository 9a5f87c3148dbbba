namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>By what a strategy's positions are sized.</summary>
public enum SizingMethod : byte
{
    None = 0,
    /// <summary>Always the same quantity.</summary>
    Fixed,
    /// <summary>The same worth.</summary>
    Notional,
    /// <summary>The same standard deviation of a day's profit and loss.</summary>
    Volatility,
    /// <summary>The same loss at the stop.</summary>
    Risk,
    /// <summary>A part of what would let the equity grow fastest, by the strategy's own recent trades.</summary>
    Kelly,
}
