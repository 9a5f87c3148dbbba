using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Risk;

/// <summary>What risk did in a run.</summary>
public sealed record RiskHistory
{
    /// <summary>By kind, then reason.</summary>
    public required IReadOnlyList<RiskCount> Counts { get; init; }

    public required PositionState Worst { get; init; }

    /// <summary>Oldest first, at most <see cref="AnalysisOptions.RiskBandsMax"/>: beyond it neighbours become one, in the worse state of the two.</summary>
    public required IReadOnlyList<RiskBand> Bands { get; init; }

    /// <summary>How long the worst state of all was each of the states worse than normal, by their numbers; exact.</summary>
    public required IReadOnlyList<Duration> Times { get; init; }

    /// <summary>The first changes of states, kills, re-arms, liquidations and exits.</summary>
    public required IReadOnlyList<RiskEntry> Events { get; init; }

    /// <summary>How many there were.</summary>
    public required long EventCount { get; init; }

    /// <summary>The first refusals and adjustments.</summary>
    public required IReadOnlyList<RiskEntry> Changes { get; init; }

    /// <summary>How many there were.</summary>
    public required long ChangeCount { get; init; }

    /// <summary>The first kills and re-arms.</summary>
    public required IReadOnlyList<RiskEntry> Kills { get; init; }

    /// <summary>How many of a kind there were.</summary>
    public long Of(RiskKind kind) => Counts.Where(count => count.Kind == kind).Sum(count => count.Count);
}
