using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>What a carry-over says of an instrument that was traded or has a live order, behind its definition: 88 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedInstrument
{
    public MessageHeader Header;
    /// <summary>Last good best bid, or our first execution's price.</summary>
    public Price Bid;
    /// <summary>As <see cref="Bid"/>, of the other side.</summary>
    public Price Ask;
    /// <summary>Signed sum of the executions, units of 1e-9: what the positions add up to.</summary>
    public Int128 ExecutedNanos;
    /// <summary>Sum of what flowed in the executions, units of 1e-18, modulo 2^128: what the positions' realised profits less costs add up to.</summary>
    public Int128 FlowUnits;
    /// <summary>Of its money; None while no execution could be valued.</summary>
    public CurrencyCode Currency;
    /// <summary>1 when there are prices.</summary>
    public byte IsMarked;
    /// <summary>1 when they are of the market.</summary>
    public byte IsQuoted;
    /// <summary>1 when it was traded.</summary>
    public byte IsTraded;
    /// <summary>1 when it makes no money.</summary>
    public byte IsUnsupported;
    private uint _reserved0;
}
