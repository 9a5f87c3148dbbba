using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A live order of the account that was placed by other means, as a carry-over has it: 96 bytes. The header's source is the venue that has it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedExternalOrder
{
    public MessageHeader Header;
    public ulong VenueOrderId;
    /// <summary>Where it has one that we did not give; else None.</summary>
    public ClientOrderId ClientOrderId;
    public Price Price;
    public Quantity Leaves;
    /// <summary>Number of the newest report that it has taken.</summary>
    public long LastSequence;
    /// <summary>When a cancel of ours is to be sent again; None while it is not to end.</summary>
    public Timestamp CancelDue;
    public Side Side;
    /// <summary>1 when it is to end by our will.</summary>
    public byte IsEndWanted;
    private ushort _reserved0;
    private uint _reserved1;
    private long _reserved2;
}
