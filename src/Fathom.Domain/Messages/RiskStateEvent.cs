using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>The state of a position, of a strategy or of the account changed: 104 bytes, published by the engine. It describes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct RiskStateEvent
{
    /// <summary>Its instrument is that of the position; None: of all that the strategy or the account has.</summary>
    public MessageHeader Header;
    /// <summary>Its strategy is that whose state changed; ushort.MaxValue: the account's.</summary>
    public OutputHeader Output;
    public PositionState From;
    public PositionState To;
    /// <summary>The measure that decided; coming back: the one that was last to let it.</summary>
    public RiskMeasure Measure;
    private byte _reserved0;
    private uint _reserved1;
    /// <summary>What the measure was, in 1e-9.</summary>
    public long Found;
    /// <summary>What it was held to, in 1e-9: the threshold that it reached, or the one below which it came back.</summary>
    public long Threshold;
    private long _reserved2;
}
