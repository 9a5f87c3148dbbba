using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A venue's answer about one order: 128 bytes. Event time = the venue's clock; receive time = when it reaches the engine.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OrderReport
{
    public MessageHeader Header;
    /// <summary>1, 2, 3 … per venue.</summary>
    public long Sequence;
    public ClientOrderId ClientOrderId;
    public ExecutionId ExecutionId;
    public ulong VenueOrderId;
    /// <summary>Price of this fill. None for other kinds: a replaced order has the price that was asked for.</summary>
    public Price LastPrice;
    /// <summary>Quantity of this fill, above zero; zero for other kinds.</summary>
    public Quantity LastQuantity;
    public Quantity Cumulative;
    public Quantity Leaves;
    /// <summary>Fee of this fill in units of 1e-9 of the instrument's currency; negative = rebate.</summary>
    public long FeeNanos;
    public ReportKind Kind;
    public Side Side;
    public Liquidity Liquidity;
    public PositionSide PositionSide;
    public ReasonCode Reason;
    private ushort _reserved0;
    /// <summary>Tape quantity ahead of the order at its price after this report; None where the venue does not say.</summary>
    public Quantity QueueAhead;
}
