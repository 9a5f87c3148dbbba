using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A venue disagreed with what we believed: 136 bytes, published by the engine. It describes: it follows from inputs that are in the fingerprint.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct AnomalyEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    public ClientOrderId ClientOrderId;
    public ExecutionId ExecutionId;
    public ulong VenueOrderId;
    /// <summary>Of the execution; zero otherwise.</summary>
    public Quantity Quantity;
    public AnomalyKind Kind;
    /// <summary>The order's when it happened; None of an order that we do not have.</summary>
    public OrderStatus Status;
    /// <summary>What the venue said; None where it said nothing.</summary>
    public ReportKind Report;
    public Side Side;
    public ReasonCode Reason;
    private ushort _reserved0;
    private long _reserved1;
}
