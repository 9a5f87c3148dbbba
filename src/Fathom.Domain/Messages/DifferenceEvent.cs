using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>One difference that a reconciliation found and settled: 144 bytes, published by the engine. It describes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct DifferenceEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    /// <summary>Approval number of the snapshot's request.</summary>
    public long Request;
    public ClientOrderId ClientOrderId;
    public ulong VenueOrderId;
    /// <summary>Of an order: what may still be filled; of a position: signed.</summary>
    public Quantity Ours;
    public Quantity Theirs;
    /// <summary>Of a position: at which the rest of it is booked as somebody else's.</summary>
    public Price OurPrice;
    public Price TheirPrice;
    public DifferenceKind Kind;
    public OrderStatus OurStatus;
    public OrderStatus TheirStatus;
    public Side Side;
    private uint _reserved0;
}
