using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A venue takes an execution back (a bust) or corrects it: 152 bytes. It is an execution itself, with an id of its own, which counts once.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct ExecutionChanged
{
    public MessageHeader Header;
    /// <summary>Among the reports of the venue; as <see cref="OrderReport.Sequence"/>.</summary>
    public long Sequence;
    public ClientOrderId ClientOrderId;
    public ExecutionId ExecutionId;
    /// <summary>The execution that is taken back or corrected.</summary>
    public ExecutionId Original;
    public ulong VenueOrderId;
    /// <summary>As the original was reported.</summary>
    public Price OldPrice;
    /// <summary>Above zero.</summary>
    public Quantity OldQuantity;
    /// <summary>Units of 1e-9 of the instrument's currency; negative = rebate.</summary>
    public long OldFeeNanos;
    /// <summary>As it is from now on; None of a bust.</summary>
    public Price NewPrice;
    /// <summary>Zero of a bust.</summary>
    public Quantity NewQuantity;
    public long NewFeeNanos;
    public Side Side;
    public Liquidity Liquidity;
    public PositionSide PositionSide;
    private byte _reserved0;
    private uint _reserved1;
    private long _reserved2;
}
