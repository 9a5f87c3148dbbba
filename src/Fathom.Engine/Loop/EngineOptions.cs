using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>What an engine is told before its first input.</summary>
public sealed record EngineOptions
{
    /// <summary>Currency of the account.</summary>
    public required CurrencyCode Currency { get; init; }

    /// <summary>Equity at the start, a whole number of 1e-9.</summary>
    public required decimal Cash { get; init; }

    public RiskLimits Limits { get; init; } = new();

    /// <summary>Name under which the strategy appears in results.</summary>
    public string StrategyName { get; init; } = "strategy";

    /// <summary>The canonical effective configuration, without paths, threads and display, and with hashes of user code. It is part of the fingerprint, and
    /// names the journal and so every order.</summary>
    public ReadOnlyMemory<byte> Configuration { get; init; }
}
