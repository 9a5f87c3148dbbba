namespace Fathom.Engine.Portfolio.Margin;

/// <summary>What an account is told of margin. Without it nothing is held to margin.</summary>
public sealed record MarginOptions
{
    public MarginMode Mode { get; init; }

    /// <summary>The part of the equity that new orders leave free: 0 to below 1, at most nine decimals.</summary>
    public decimal SafetyBuffer { get; init; }

    /// <summary>Of every instrument that is not named below.</summary>
    public MarginTerms Usual { get; init; } = new();

    /// <summary>Of instruments by symbol.</summary>
    public IReadOnlyDictionary<string, MarginTerms> BySymbol { get; init; } = new Dictionary<string, MarginTerms>();

    /// <exception cref="ArgumentException">Something of it makes no sense.</exception>
    internal void Require()
    {
        if (SafetyBuffer is < 0 or >= 1) throw new ArgumentException($"A safety buffer is 0 to below 1; found {SafetyBuffer}.");
        Usual.Require();
        foreach (MarginTerms terms in BySymbol.Values) terms.Require();
    }
}
