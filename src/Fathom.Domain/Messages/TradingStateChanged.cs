using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>An instrument's market entered a trading state. 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct TradingStateChanged
{
    public MessageHeader Header;
    public TradingState State;
    private byte _reserved;
    /// <summary>The venue's own codes for action, reason and event, as DBN's status record has them; 0 when it gave none.</summary>
    public ushort Action;
    public ushort Reason;
    public ushort TradingEvent;
}
