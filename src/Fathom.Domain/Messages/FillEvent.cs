using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>An execution was booked: 168 bytes, published by the engine.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct FillEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    public ClientOrderId ClientOrderId;
    public ExecutionId ExecutionId;
    public Price Price;
    /// <summary>Above zero.</summary>
    public Quantity Quantity;
    /// <summary>Units of 1e-9 of <see cref="Currency"/>; negative = rebate.</summary>
    public long FeeNanos;
    public CurrencyCode Currency;
    /// <summary>The position after the fill, signed.</summary>
    public Quantity Position;
    public Quantity QueueAhead;
    public Side Side;
    public Liquidity Liquidity;
    public PositionSide PositionSide;
    private byte _reserved0;
    private uint _reserved1;
    private long _reserved2;
}
