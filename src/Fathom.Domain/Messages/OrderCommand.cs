using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>What we ask of a venue, version 1: 224 bytes. Fields that a kind does not use are zero (prices and quantities: None).
/// Header times: event time = the engine's clock at the decision; receive time = the same.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OrderCommand
{
    public MessageHeader Header;
    public OutputHeader Output;
    /// <summary>Running approval number of the risk gate, 1, 2, 3 …; a venue applies commands of one moment in this order.</summary>
    public long Approval;
    /// <summary>The order that is submitted, or the one that is to be canceled or replaced. An order keeps this name through all its replacements.</summary>
    public ClientOrderId ClientOrderId;
    /// <summary>For venues that give a replacement another name; None while the name stays.</summary>
    public ClientOrderId Replaces;
    public ulong ListId;
    public Price Price;
    public Price TriggerPrice;
    public Price TrailOffset;
    /// <summary>Of a replacement: the order's whole new quantity, what is filled already included (FIX 38).</summary>
    public Quantity Quantity;
    public Quantity DisplayQuantity;
    public Quantity MinimumQuantity;
    public Timestamp ExpireTime;
    public ulong UserTag;
    public CommandKind Kind;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public PositionSide PositionSide;
    public Contingency Contingency;
    public TriggerSource TriggerSource;
    public OrderFlags Flags;
    public ReasonCode Reason;
    private ushort _reserved0;
    private uint _reserved1;
    /// <summary>By the venue's clock: later than this it must not act on the command any more, so that what was lost cannot come back. Zero or None: no limit.</summary>
    public Timestamp ValidUntil;
    /// <summary>Of a snapshot: executions from this venue time on are to be repeated. Zero otherwise.</summary>
    public Timestamp Since;
    /// <summary>Of a cancel or query of an order that was not given a name by us: the venue's name. Zero otherwise.</summary>
    public ulong VenueOrderId;

    public readonly bool IsPostOnly => (Flags & OrderFlags.PostOnly) != 0;

    public readonly bool IsReduceOnly => (Flags & OrderFlags.ReduceOnly) != 0;
}
