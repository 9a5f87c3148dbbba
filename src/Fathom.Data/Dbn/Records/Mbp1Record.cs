using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Best level of an aggregated book after an event (MBP-1) or a trade (TBBO): 80 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Mbp1Record
{
    public const int Length = 80;

    public TradeRecord Event;
    public BidAskLevel Level;
}
