namespace Fathom.Simulation.Faults;

/// <summary>What schedules are drawn from a seed.</summary>
public sealed record FaultOptions
{
    /// <summary>Which kinds may strike; empty: all.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; init; } = [];

    /// <summary>Fewest and most faults of a schedule; how many is drawn.</summary>
    public int CountMin { get; init; } = 1;

    public int CountMax { get; init; } = 24;

    /// <summary>Faults strike in the first so many events of a run.</summary>
    public long Steps { get; init; } = 1_500;

    /// <summary>Longest delay, milliseconds. Most are far shorter.</summary>
    public long DelayMax { get; init; } = 15_000;
}
