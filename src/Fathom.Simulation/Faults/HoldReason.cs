namespace Fathom.Simulation.Faults;

/// <summary>What a message that is held back on its way waits for.</summary>
internal enum HoldReason : byte
{
    None = 0,
    /// <summary>The next message in its direction.</summary>
    Next,
    /// <summary>The arrival of a fill of its order at the engine.</summary>
    FillArrived,
    /// <summary>The arrival of its order's end at the engine.</summary>
    EndArrived,
    /// <summary>A fill of its order at the venue.</summary>
    FillMade,
}
