namespace Fathom.Domain.Messages;

/// <summary>What a venue does by itself beyond market and limit orders. What it lacks the engine does in its place.</summary>
[Flags]
public enum VenueFeatures : byte
{
    None = 0,
    /// <summary>Stop and stop-limit orders.</summary>
    Stops = 1,
    /// <summary>Trailing stops.</summary>
    Trailing = 2,
    /// <summary>Orders that end with the session or at a date.</summary>
    Expiry = 4,
    /// <summary>Orders that only ever make the position smaller.</summary>
    ReduceOnly = 8,
    /// <summary>Lists: one order's fill or end acts on the others.</summary>
    Lists = 16,
    All = Stops | Trailing | Expiry | ReduceOnly | Lists,
}
