using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;

namespace Fathom.Engine.Loop;

/// <summary>An emergency liquidation of one strategy's position in one instrument, from its beginning until now or its end.</summary>
public sealed record LiquidationSummary
{
    /// <summary>Number of the strategy.</summary>
    public required ushort Strategy { get; init; }
    public required InstrumentId Instrument { get; init; }

    /// <summary>What it was begun for.</summary>
    public required ReasonCode Reason { get; init; }

    public required Timestamp Began { get; init; }

    /// <summary>None while it goes on.</summary>
    public required Timestamp Ended { get; init; }

    /// <summary>The position at the beginning, signed.</summary>
    public required Quantity Start { get; init; }

    /// <summary>Down to which size it was to go.</summary>
    public required Quantity Keep { get; init; }

    /// <summary>The position at the end, or now, signed.</summary>
    public required Quantity Left { get; init; }

    /// <summary>Orders that it sent.</summary>
    public required int Orders { get; init; }

    /// <summary>None: it did what it was to do. Else why not, or why not yet.</summary>
    public required LiquidationObstacle Obstacle { get; init; }

    /// <summary>Why the gate refused or the venue rejected, where that was the obstacle.</summary>
    public required ReasonCode RejectReason { get; init; }
}
