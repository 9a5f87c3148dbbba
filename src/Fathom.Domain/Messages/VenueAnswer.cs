using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>Stands around the parts of a snapshot, or in place of an answer that failed: 64 bytes. Event time = the venue's clock at which the snapshot was taken.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct VenueAnswer
{
    public MessageHeader Header;
    /// <summary>The newest report (<see cref="OrderReport.Sequence"/>) that is taken into account; 0 where the venue does not number them.</summary>
    public long Sequence;
    /// <summary>Approval number of the command that it answers.</summary>
    public long Request;
    /// <summary>Of a snapshot's end: how many of each it had.</summary>
    public int Executions;
    public int Orders;
    public int Positions;
    public VenueAnswerKind Kind;
    private byte _reserved0;
    /// <summary>Why it failed.</summary>
    public ReasonCode Reason;
    private long _reserved1;
}
