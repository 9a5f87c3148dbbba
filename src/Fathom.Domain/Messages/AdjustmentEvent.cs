using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>Risk made a want smaller or more conservative before it became an order: 152 bytes, published by the engine. It describes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct AdjustmentEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    /// <summary>Of a single order; None of a ladder or a target.</summary>
    public ClientOrderId ClientOrderId;
    public AdjustedWant Want;
    /// <summary>None of a target.</summary>
    public Side Side;
    public PositionState State;
    /// <summary>What <see cref="Limit"/> is a limit of.</summary>
    public RiskScope Scope;
    /// <summary>Why.</summary>
    public ReasonCode Reason;
    private ushort _reserved0;
    /// <summary>Signed of a target.</summary>
    public Quantity Asked;
    /// <summary>As <see cref="Asked"/>; zero where nothing is left of it.</summary>
    public Quantity Granted;
    /// <summary>None where the want has no price of its own.</summary>
    public Price AskedPrice;
    public Price GrantedPrice;
    /// <summary>As in a refusal for the same reason.</summary>
    public long Limit;
    public long Found;
    private long _reserved1;
}
