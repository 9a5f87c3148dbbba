using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>The account's position in an instrument as a venue has it, part of a snapshot: 64 bytes. Instruments of which a snapshot says nothing are flat there.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct VenuePosition
{
    public MessageHeader Header;
    /// <summary>Approval number of the command that it answers.</summary>
    public long Request;
    /// <summary>Signed: above zero is long.</summary>
    public Quantity Quantity;
    /// <summary>None when flat, and where the venue does not say.</summary>
    public Price AveragePrice;
    public PositionSide PositionSide;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;
    private long _reserved3;
}
