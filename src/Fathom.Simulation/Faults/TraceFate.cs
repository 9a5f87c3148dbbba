namespace Fathom.Simulation.Faults;

/// <summary>What happens to a message.</summary>
public enum TraceFate : byte
{
    None = 0,
    /// <summary>It leaves and will arrive as usual, or as its fault says.</summary>
    Left = 1,
    Arrived = 2,
    /// <summary>It does not arrive: lost when it left, or on its way.</summary>
    Lost = 3,
    /// <summary>It leaves and will arrive later than usual.</summary>
    Delayed = 4,
    /// <summary>A second one of it leaves.</summary>
    Duplicated = 5,
    /// <summary>It waits on its way for something else.</summary>
    Held = 6,
    /// <summary>It is made up, or turned away, on the way: by the gateway and not by whom it seems to come from.</summary>
    Forged = 7,
}
