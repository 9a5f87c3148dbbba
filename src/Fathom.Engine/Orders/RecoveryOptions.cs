using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>How long the engine waits for a venue, how it asks when it has waited in vain, and when it compares all that the venue has with what it believes. Times are the engine's.</summary>
public sealed record RecoveryOptions
{
    /// <summary>An order that was sent is unknown when the venue has not answered for so long.</summary>
    public Duration CreationTimeout { get; init; } = Duration.FromMilliseconds(10_000);

    /// <summary>As the other, of a cancel.</summary>
    public Duration CancelTimeout { get; init; } = Duration.FromMilliseconds(5_000);

    /// <summary>As the other, of a replacement.</summary>
    public Duration ReplaceTimeout { get; init; } = Duration.FromMilliseconds(5_000);

    /// <summary>A question that was not answered for so long is asked again.</summary>
    public Duration QueryTimeout { get; init; } = Duration.FromMilliseconds(2_000);

    /// <summary>Questions about one order before it is left to the next reconciliation, at least 1.</summary>
    public int QueryAttempts { get; init; } = 8;

    /// <summary>Wait before the second question; it doubles with each further one.</summary>
    public Duration QueryBackoff { get; init; } = Duration.FromMilliseconds(1_000);

    /// <summary>The wait grows no further than this.</summary>
    public Duration QueryBackoffMax { get; init; } = Duration.FromMilliseconds(60_000);

    /// <summary>A venue must not act on a command that is older: only then is one that was lost known to be lost. Zero: commands do not age, and what is lost can never be told from what is late.</summary>
    public Duration CommandLifetime { get; init; } = Duration.FromMilliseconds(5_000);

    /// <summary>Reports that are missing by their numbers may still come for so long before the venue is asked.</summary>
    public Duration GapPatience { get; init; } = Duration.FromMilliseconds(1_000);

    /// <summary>Ask the venue for all that it has of ours before anything may enlarge a position.</summary>
    public bool ReconcileAtStart { get; init; }

    /// <summary>How often to compare all that the venue has; zero: never by the clock.</summary>
    public Duration ReconcileEvery { get; init; } = Duration.Zero;

    /// <summary>An anomaly (<see cref="Domain.Messages.AnomalyKind"/>: filled after close, overfilled, live after close) puts its strategy into reduce-only until an operator lets it go on.</summary>
    public bool AnomalyReducesOnly { get; init; } = true;
}
