using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Faults;

/// <summary>What is tortured, and where: the same for many schedules.</summary>
public sealed record TortureSetup
{
    /// <summary>The engine of a run, by the schedule's seed: each call gives options with new strategies, the same for the same seed. Called again when the engine is rebuilt.</summary>
    public required Func<ulong, EngineOptions> Engine { get; init; }

    /// <summary>The market of a run.</summary>
    public required TortureMarket Market { get; init; }

    /// <summary>While nothing is struck.</summary>
    public LatencyModel Latency { get; init; } = new(Duration.FromMilliseconds(5), Duration.FromMilliseconds(5), Duration.FromMilliseconds(2));

    public FeeBook Fees { get; init; } = new(FeeSchedule.None);

    public VenueFeatures Features { get; init; } = VenueFeatures.All;

    /// <summary>When the venue's sessions are; null = every day of UTC.</summary>
    public SessionHours? Hours { get; init; }

    /// <summary>After the market's end everything comes to rest within so long, or the law "rest" is broken.</summary>
    public Duration RestMax { get; init; } = RestMaxUsual;

    /// <summary>Enough where a venue is waited for as usual.</summary>
    public static Duration RestMaxUsual => Duration.FromMilliseconds(900_000);
}
