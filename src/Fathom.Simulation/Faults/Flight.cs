using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>One message, or one whole answer of several, on its way.</summary>
internal sealed class Flight
{
    /// <summary>1, 2, 3 … of a run.</summary>
    public long Number;
    /// <summary>True time of its arrival.</summary>
    public Timestamp Due;
    /// <summary>Whole messages back to back.</summary>
    public byte[] Bytes = [];
    /// <summary>What struck it.</summary>
    public FaultKind Fault;
    public TracePlace From;
    /// <summary>It was lost, or another flight has taken its place.</summary>
    public bool IsDead;
    /// <summary>What it waits for; None when it only travels.</summary>
    public HoldReason Hold;
}
