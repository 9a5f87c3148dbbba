using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>A reconciliation began, failed and will be tried again, or is done: 120 bytes, published by the engine. It describes. Event time of one that is done = the venue's clock of the snapshot.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct ReconciliationEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    /// <summary>Approval number of the snapshot's request.</summary>
    public long Request;
    /// <summary>What the snapshot had.</summary>
    public int Executions;
    public int Orders;
    public int Positions;
    /// <summary>Differences found and settled; a <see cref="DifferenceEvent"/> each.</summary>
    public int Differences;
    /// <summary>1, 2, 3 … of one reconciliation.</summary>
    public int Attempt;
    public ReconciliationStage Stage;
    public ReconciliationTrigger Trigger;
    public ReasonCode Reason;
    private long _reserved0;
    private long _reserved1;
}
