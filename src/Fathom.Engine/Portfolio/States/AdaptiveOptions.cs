using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>How limits tighten with volatility and after losses.</summary>
public sealed record AdaptiveOptions
{
    private readonly decimal _floor = 0.25m;
    private readonly decimal? _volatilityFrom, _lossFull;
    private readonly Duration _recovery = Duration.FromMilliseconds(3_600_000);

    /// <summary>No limit becomes less than this part of what was stated; above 0, at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public decimal Floor
    {
        get => _floor;
        init => _floor = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Floor), value, "A floor is above 0 and at most 1.");
    }

    /// <summary>Where an instrument's volatility is more than so many times its usual one, its limits are usual / current of what was stated; 1 to 1,000, null for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public decimal? VolatilityFrom
    {
        get => _volatilityFrom;
        init => _volatilityFrom = value is null or (>= 1 and <= 1_000) ? value : throw new ArgumentOutOfRangeException(nameof(VolatilityFrom), value, "A volatility is 1 to 1,000 times the usual one.");
    }

    /// <summary>A loss of this part of the account's equity brings all limits down to the floor, a smaller one less, in proportion; above 0, at most 1, null for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public decimal? LossFull
    {
        get => _lossFull;
        init => _lossFull = value is null or (> 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(LossFull), value, "A loss is above 0 and at most 1 of the equity.");
    }

    /// <summary>The loss is counted from the equity's peak instead of from the start of the UTC day.</summary>
    public bool CountsFromPeak { get; init; }

    /// <summary>How long a limit takes at least from the floor back to what was stated; zero: it is back at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public Duration Recovery
    {
        get => _recovery;
        init => _recovery = value >= Duration.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Recovery), value, "A recovery takes zero time or more.");
    }
}
