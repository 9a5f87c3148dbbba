using System.Collections.Immutable;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>What risk would say now.</summary>
public sealed record RiskSnapshot
{
    public required bool IsKillSwitchOn { get; init; }

    /// <summary>When the kill switch was turned on; None while it is off.</summary>
    public required Timestamp KillSwitchSince { get; init; }

    /// <summary>All that the venue has of ours is known; while it is not, everybody may only reduce.</summary>
    public required bool IsReconciled { get; init; }

    /// <summary>Orders and replacements that left within the newest window; 0 where no rate is limited.</summary>
    public required int OrdersInWindow { get; init; }

    /// <summary>How many may leave in a window; null for any.</summary>
    public required int? OrderRateMax { get; init; }

    /// <summary>Length of the window; zero where no rate is limited.</summary>
    public required Duration OrderRateWindow { get; init; }

    /// <summary>Limits that have been reached. Empty while all is well.</summary>
    public required ImmutableArray<StandingRefusal> Refusals { get; init; }

    /// <summary>States that are not normal: of the account and the owners, then by instrument. Empty while all is well.</summary>
    public ImmutableArray<RiskStateSnapshot> States { get; init; } = [];

    /// <summary>Limits that are tighter than they were stated: after losses, then by instrument. Empty while none is.</summary>
    public ImmutableArray<LimitFactorSnapshot> LimitFactors { get; init; } = [];

    /// <summary>By instrument: first the account, then each owner that has something to tell (external last).</summary>
    public required ImmutableArray<ExposureSnapshot> Exposures { get; init; }

    /// <summary>First the account, then each strategy and aggregator.</summary>
    public ImmutableArray<MeasureSnapshot> Measures { get; init; } = [];

    /// <summary>Null where nothing is held to margin.</summary>
    public MarginSnapshot? Margin { get; init; }
}
