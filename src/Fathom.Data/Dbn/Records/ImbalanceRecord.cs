using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Auction imbalance: 112 bytes. Prices in units of 1e-9.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ImbalanceRecord
{
    public const int Length = 112;

    public DbnRecordHeader Header;
    public ulong ReceiveTime;
    public long ReferencePrice;
    public ulong AuctionTime;
    public long ContinuousBookClearingPrice;
    public long AuctionInterestClearingPrice;
    public long ShortSaleFillingPrice;
    public long IndicativeMatchPrice;
    public long UpperCollar;
    public long LowerCollar;
    public uint PairedQuantity;
    public uint TotalImbalanceQuantity;
    public uint MarketImbalanceQuantity;
    public uint UnpairedQuantity;
    public byte AuctionType;
    public byte Side;
    public byte AuctionStatus;
    public byte FreezeStatus;
    public byte Extensions;
    public byte UnpairedSide;
    public byte SignificantImbalance;
    private byte _reserved;
}
