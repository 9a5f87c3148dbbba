using Fathom.Domain.Values;

namespace Fathom.Simulation.Driver;

/// <summary>What the driver did in a run.</summary>
public sealed record DriverSummary
{
    /// <summary>Messages of the source that the engine has taken.</summary>
    public required long Messages { get; init; }

    /// <summary>Reports that reached the engine.</summary>
    public required long Reports { get; init; }

    /// <summary>Timers that woke the engine.</summary>
    public required long Timers { get; init; }

    /// <summary>The engine's clock at the end.</summary>
    public required Timestamp End { get; init; }

    /// <summary>Farthest that the venue's cursor was ahead of the engine's, in bytes of messages.</summary>
    public required long LookAheadMax { get; init; }

    /// <summary>How often the look-ahead met its bound: then a report may have come later than its time.</summary>
    public required long LookAheadStops { get; init; }

    /// <summary>Orders that still rest at the venue.</summary>
    public required int LiveOrders { get; init; }

    /// <summary>Commands that the venue has not applied: they would have arrived after the end of the data.</summary>
    public required int PendingCommands { get; init; }

    /// <summary>Reports that would have arrived after the end of the data.</summary>
    public required int PendingReports { get; init; }
}
