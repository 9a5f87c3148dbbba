using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;

namespace Fathom.Engine.Loop;

/// <summary>What an engine is told before its first input.</summary>
public sealed record EngineOptions
{
    /// <summary>Currency of the account.</summary>
    public required CurrencyCode Currency { get; init; }

    /// <summary>Equity at the start, a whole number of 1e-9.</summary>
    public required decimal Cash { get; init; }

    /// <summary>Constant rates of other currencies into the account's, by which totals are stated; without them such money is told apart.</summary>
    public IReadOnlyList<CurrencyRate> Rates { get; init; } = [];

    /// <summary>The strategies, in the order in which they are woken. At least one, each under its own name.</summary>
    public required IReadOnlyList<NamedStrategy> Strategies { get; init; }

    /// <summary>Those that make one position of several strategies' signals. As owners of orders and positions they have the numbers after the strategies.</summary>
    public IReadOnlyList<AggregatorOptions> Aggregators { get; init; } = [];

    /// <summary>Names of all owners of orders and positions, by number: the strategies, then the aggregators.</summary>
    public IReadOnlyList<string> OwnerNames
    {
        get
        {
            List<string> names = [];
            foreach (NamedStrategy strategy in Strategies) names.Add(strategy.Name);
            foreach (AggregatorOptions aggregator in Aggregators) names.Add(aggregator.Id);
            return names;
        }
    }

    /// <summary>When the run begins, by the engine's clock. What comes before only builds the books: it wakes nobody and is not counted.</summary>
    public Timestamp Start { get; init; } = Timestamp.Earliest;

    /// <summary>When trading sessions are: bars, session timers and day orders go by them.</summary>
    public SessionHours Session { get; init; } = SessionHours.EveryDay;

    public RiskLimits Limits { get; init; } = new();

    /// <summary>What positions need of margin; null: nothing is held to margin.</summary>
    public MarginOptions? Margin { get; init; }

    /// <summary>How volatility is measured where somebody asks for it.</summary>
    public VolatilityOptions Volatility { get; init; } = new();

    /// <summary>How positions, strategies and the account become worse than normal, and what follows; null where nobody asks.</summary>
    public StateOptions? States { get; init; }

    /// <summary>How limits tighten with volatility and after losses; null where they stay as they are stated.</summary>
    public AdaptiveOptions? Adaptive { get; init; }

    /// <summary>An order too large for a limit of position, notional or margin is cut to what the limit leaves, instead of refused.</summary>
    public bool CutsToLimits { get; init; }

    /// <summary>What the venue does by itself; what it lacks the engine does in its place.</summary>
    public VenueFeatures VenueFeatures { get; init; } = VenueFeatures.All;

    /// <summary>What is done about a venue that does not answer, or disagrees.</summary>
    public RecoveryOptions Recovery { get; init; } = new();

    /// <summary>By which rules a kill switch is turned on, at most one of each cause.</summary>
    public IReadOnlyList<KillRule> KillRules { get; init; } = [];

    /// <summary>How positions are closed in an emergency.</summary>
    public LiquidationOptions Liquidation { get; init; } = new();

    /// <summary>How often the account's equity is published while it changes.</summary>
    public Duration EquityInterval { get; init; } = Duration.FromMilliseconds(1_000);

    /// <summary>How far back trades count for the trade imbalance.</summary>
    public Duration TradeWindow { get; init; } = Duration.FromMilliseconds(10_000);

    /// <summary>The feature vector of every instrument, column by column; strategies may ask for more.</summary>
    public IReadOnlyList<FeatureSpec> Features { get; init; } = [];

    /// <summary>The canonical effective configuration, without paths, threads and display, and with hashes of user code. It is part of the fingerprint, and
    /// names the journal and so every order.</summary>
    public ReadOnlyMemory<byte> Configuration { get; init; }
}
