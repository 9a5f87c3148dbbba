using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Best consolidated level at the end of an interval (CBBO-1s, CBBO-1m): 80 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct CbboRecord
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
    private ulong _reserved2;
    public ConsolidatedLevel Level;
}
