using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>How a strategy's positions are sized. Of the method's own numbers exactly those that it needs are stated.</summary>
public sealed record SizingOptions
{
    public required SizingMethod Method { get; init; }

    /// <summary>The part of the account's equity by which this strategy is sized, above 0, at most 1.</summary>
    public decimal EquityShare { get; init; } = 1;

    public SizingCaps Caps { get; init; } = new();

    /// <summary>Fixed: units, above zero.</summary>
    public Quantity Quantity { get; init; } = Quantity.None;

    /// <summary>Notional: money of the account's currency; null where <see cref="EquityFraction"/> is stated.</summary>
    public decimal? Notional { get; init; }

    /// <summary>Notional, volatility: of the equity, above 0. What it is a fraction of the equity says the method: the worth, or a day's standard deviation.</summary>
    public decimal? EquityFraction { get; init; }

    /// <summary>Volatility: standard deviation of a day's profit and loss in the account's currency; null where <see cref="EquityFraction"/> is stated.</summary>
    public decimal? DailyVolatility { get; init; }

    /// <summary>Risk: what one trade may lose of the equity, above 0, below 1.</summary>
    public decimal RiskFraction { get; init; }

    /// <summary>Risk: how far the stop is, where the strategy names none.</summary>
    public PriceDistance Stop { get; init; }

    /// <summary>Kelly: the part of the full fraction that is staked, above 0, at most 1.</summary>
    public decimal KellyFraction { get; init; }

    public KellyForm KellyForm { get; init; }

    /// <summary>Kelly: less is staked where few trades say little.</summary>
    public bool IsShrunk { get; init; } = true;

    /// <summary>Kelly: so many of the newest trades count.</summary>
    public int TradesMax { get; init; } = 200;

    /// <summary>Kelly: with fewer wins and losses than these <see cref="FallbackFraction"/> is staked.</summary>
    public int TradesMin { get; init; } = 30;

    /// <summary>Kelly: worth / equity before there are enough trades; 0 waits for ever where nothing else trades.</summary>
    public decimal FallbackFraction { get; init; }

    /// <summary>Kelly: a trade that makes or loses no more of its stake than this is neither a win nor a loss.</summary>
    public decimal ScratchFraction { get; init; }
}
