using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>How a venue has an order: the answer to a query, or one of the open orders of a snapshot: 144 bytes. Event time = the venue's clock at which this was so; receive time = when
/// it reaches the engine.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct VenueOrder
{
    public MessageHeader Header;
    /// <summary>The newest report (<see cref="OrderReport.Sequence"/>) that is taken into account; 0 where the venue does not number them.</summary>
    public long Sequence;
    /// <summary>Approval number of the command that it answers.</summary>
    public long Request;
    /// <summary>Our name of the order; None of one that was placed by other means.</summary>
    public ClientOrderId ClientOrderId;
    public ulong VenueOrderId;
    /// <summary>As in force; None of an order that takes any price.</summary>
    public Price Price;
    public Price TriggerPrice;
    public Price TrailOffset;
    /// <summary>The whole quantity, what is filled included.</summary>
    public Quantity Quantity;
    public Quantity Cumulative;
    /// <summary>What may still be filled; zero of an order that is over.</summary>
    public Quantity Leaves;
    /// <summary>Of an order good till a date; else zero.</summary>
    public Timestamp ExpireTime;
    /// <summary>Open (also while it waits for a trigger or a parent), PartiallyFilled, Triggered, or terminal; None: the venue does not know such an order.</summary>
    public OrderStatus Status;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public TriggerSource TriggerSource;
    public PositionSide PositionSide;
    private byte _reserved0;
    /// <summary>Why it is over, where the venue says.</summary>
    public ReasonCode Reason;
    private ushort _reserved1;
    private uint _reserved2;
    private long _reserved3;
}
