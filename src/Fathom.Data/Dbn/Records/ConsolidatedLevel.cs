using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Best bid and offer over several venues, with the publisher of each: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ConsolidatedLevel
{
    public const int Length = 32;

    public long BidPrice;
    public long AskPrice;
    public uint BidQuantity;
    public uint AskQuantity;
    public ushort BidPublisher;
    private ushort _reserved0;
    public ushort AskPublisher;
    private ushort _reserved1;
}
