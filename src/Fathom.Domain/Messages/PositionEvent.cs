using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A position after one of its fills, with the money that it made since the start: 136 bytes, published right behind the fill.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct PositionEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    public CurrencyCode Currency;
    /// <summary>Signed: above zero is long.</summary>
    public Quantity Quantity;
    /// <summary>Of what is held; None when flat. Rounded to 1e-9.</summary>
    public Price AveragePrice;
    /// <summary>Before fees, units of 1e-9 of <see cref="Currency"/>.</summary>
    public Int128 RealizedNanos;
    /// <summary>Units of 1e-9 of <see cref="Currency"/>; negative when rebates are more.</summary>
    public Int128 FeesNanos;
    public PositionSide Side;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;
}
