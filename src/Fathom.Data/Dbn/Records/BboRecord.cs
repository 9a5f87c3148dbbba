using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Best bid and offer at the end of an interval (BBO-1s, BBO-1m): 80 bytes. The event time is that of the last trade, the receive time the end of the interval.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BboRecord
{
    public const int Length = 80;

    public DbnRecordHeader Header;
    /// <summary>Of the last trade.</summary>
    public long Price;
    public uint Quantity;
    private byte _reserved0;
    public byte Side;
    public byte Flags;
    private byte _reserved1;
    public ulong ReceiveTime;
    private uint _reserved2;
    public uint Sequence;
    public BidAskLevel Level;
}
