using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>What no size is ever above.</summary>
public sealed record SizingCaps
{
    /// <summary>Units of the instrument; None for any.</summary>
    public Quantity QuantityMax { get; init; } = Quantity.None;

    /// <summary>Worth at the price at which it would be taken, in the account's currency; null for any.</summary>
    public decimal? NotionalMax { get; init; }

    /// <summary>Worth of the one position / equity that is sized by; null for any.</summary>
    public decimal? LeverageMax { get; init; }
}
