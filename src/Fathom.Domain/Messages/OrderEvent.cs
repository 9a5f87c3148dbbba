using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>An order of ours changed its status: 176 bytes, published by the engine.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OrderEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    public ClientOrderId ClientOrderId;
    public Price Price;
    public Quantity Quantity;
    public Quantity Cumulative;
    public Quantity Leaves;
    /// <summary>When the engine decided to send it.</summary>
    public Timestamp DecisionTime;
    public Quantity QueueAhead;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public OrderStatus From;
    public OrderStatus To;
    public ReasonCode Reason;
    /// <summary>The two numbers behind a refusal: what the limit is and what it would have been.</summary>
    public long Limit;
    public long Found;
    /// <summary>As in force: a trailing one follows the market. None of an order without a trigger.</summary>
    public Price TriggerPrice;
    /// <summary>Of a refusal by a limit: what it is a limit of.</summary>
    public RiskScope Scope;
    private byte _reserved1;
    private ushort _reserved2;
    private uint _reserved3;
}
