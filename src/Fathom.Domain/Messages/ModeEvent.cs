using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>A strategy, or the whole account, may from now on trade, or only reduce: 88 bytes, published by the engine. It describes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct ModeEvent
{
    public MessageHeader Header;
    /// <summary>Its strategy is that whose mode changed; ushort.MaxValue: of all.</summary>
    public OutputHeader Output;
    public TradingMode From;
    public TradingMode To;
    public AnomalyKind Anomaly;
    private byte _reserved0;
    public ReasonCode Reason;
    private ushort _reserved1;
    private long _reserved2;
}
