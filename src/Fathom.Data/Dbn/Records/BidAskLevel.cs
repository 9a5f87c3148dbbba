using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>One level of an aggregated book, both sides: 32 bytes. An empty side has price <see cref="long.MaxValue"/>, quantity and count 0.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BidAskLevel
{
    public const int Length = 32;

    public long BidPrice;
    public long AskPrice;
    public uint BidQuantity;
    public uint AskQuantity;
    public uint BidOrders;
    public uint AskOrders;
}
