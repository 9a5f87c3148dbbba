namespace Fathom.Simulation.Venue;

/// <summary>Where a live order of ours is.</summary>
internal enum OwnOrderState : byte
{
    /// <summary>In the book, or on its way into it or out of it.</summary>
    Entered = 0,
    /// <summary>A stop whose trigger was not met yet.</summary>
    Waiting = 1,
    /// <summary>A child of a list of which nothing is active: its parent has not filled, or what was active of it is done.</summary>
    Dormant = 2,
}
