using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Trading status of an instrument: 40 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct StatusRecord
{
    public const int Length = 40;

    public DbnRecordHeader Header;
    public ulong ReceiveTime;
    public ushort Action;
    public ushort Reason;
    public ushort TradingEvent;
    /// <summary>'Y', 'N' or '~' (not stated), like the two that follow.</summary>
    public byte IsTrading;
    public byte IsQuoting;
    public byte IsShortSellRestricted;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;
}
