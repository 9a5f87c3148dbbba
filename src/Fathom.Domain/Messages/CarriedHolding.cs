using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>One owner's position in one instrument and position side, as a carry-over has it: 136 bytes. Flat ones are there too, for what they have made.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedHolding
{
    public MessageHeader Header;
    /// <summary>Number of the strategy, or <see cref="CarriedOwner.External"/>.</summary>
    public ushort Owner;
    public PositionSide Side;
    /// <summary>1 when its cost is that of an inverse instrument.</summary>
    public byte IsInverse;
    private uint _reserved0;
    /// <summary>Signed: above zero is long.</summary>
    public Quantity Quantity;
    /// <summary>Exact, units of 1e-18, before the multiplier.</summary>
    public Int128 Cost;
    /// <summary>Since the beginning, before fees, units of 1e-18, before the multiplier.</summary>
    public Int128 Realized;
    /// <summary>As money, units of 1e-9, before fees.</summary>
    public Int128 RealizedNanos;
    public Int128 FeesNanos;
    /// <summary>At the carried mark.</summary>
    public Int128 UnrealizedNanos;
    /// <summary>Of the money; None while nothing could be valued.</summary>
    public CurrencyCode Currency;
    private long _reserved1;
}
