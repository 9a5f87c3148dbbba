using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What came of one schedule.</summary>
public sealed record TortureOutcome
{
    public required FaultSchedule Schedule { get; init; }

    public ulong Seed => Schedule.Seed;

    public bool Passed => Law is null;

    /// <summary>Name of the law that was broken, as in <see cref="TortureLaws"/>; null when all held.</summary>
    public string? Law { get; init; }

    /// <summary>What was expected and what was found; empty when all held.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The event of the run at which it was broken; the last one when all held.</summary>
    public required long Step { get; init; }

    /// <summary>The true time then, which is the venue's.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>How much of the market was run, in messages.</summary>
    public required int MarketMessages { get; init; }

    public required TortureCounts Counts { get; init; }

    /// <summary>Of everything that entered and left the engine: equal for two runs that are the same.</summary>
    public required string Hash { get; init; }
}
