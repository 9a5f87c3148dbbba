using Fathom.Domain.Values;

namespace Fathom.Simulation.Costs;

/// <summary>How long messages are on their way, constant over the run.</summary>
public sealed record LatencyModel
{
    /// <param name="entry">From our decision to the venue's book.</param>
    /// <param name="response">From the venue's book to our engine.</param>
    /// <param name="feed">Added to the receive time of each market data message: zero = the engine sits where the data was captured.</param>
    /// <exception cref="ArgumentOutOfRangeException">A latency is negative.</exception>
    public LatencyModel(Duration entry, Duration response, Duration feed)
    {
        Entry = NotNegative(entry, nameof(entry));
        Response = NotNegative(response, nameof(response));
        Feed = NotNegative(feed, nameof(feed));
    }

    public static LatencyModel Zero { get; } = new(Duration.Zero, Duration.Zero, Duration.Zero);

    public Duration Entry { get; }
    public Duration Response { get; }
    public Duration Feed { get; }

    private static Duration NotNegative(Duration duration, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duration.Nanos, name);
        return duration;
    }
}
