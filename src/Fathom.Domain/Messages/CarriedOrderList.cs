using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A list of orders that is kept by us, as a carry-over has it: 64 bytes. Its members follow (<see cref="CarriedOrder.ListPlace"/>).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedOrderList
{
    public MessageHeader Header;
    public ulong ListId;
    /// <summary>What the parent has filled, and the children have not been told of.</summary>
    public Quantity Unsettled;
    /// <summary>The venue's time from which on the children are to know.</summary>
    public Timestamp SettleFrom;
    /// <summary>Number of the strategy.</summary>
    public ushort Owner;
    public Contingency Kind;
    /// <summary>1 when the siblings' quantity comes from what a parent has filled.</summary>
    public byte HasParent;
    /// <summary>1 when the parent has filled something.</summary>
    public byte HasParentFilled;
    private byte _reserved0;
    private ushort _reserved1;
    /// <summary>1, 2, 3 … in the line of lists whose children are to be told; 0 outside of it.</summary>
    public int Place;
    private uint _reserved2;
}
