using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>A trade: 48 bytes. The records of the aggregated books (MBP-1, TBBO, MBP-10) begin with the same fields; note that action, side and flags stand elsewhere than in <see cref="MboRecord"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TradeRecord
{
    public const int Length = 48;

    public DbnRecordHeader Header;
    /// <summary>Units of 1e-9; <see cref="long.MaxValue"/> = none.</summary>
    public long Price;
    public uint Quantity;
    /// <summary>'T' in trades; any of the book's letters in MBP records.</summary>
    public byte Action;
    public byte Side;
    public byte Flags;
    /// <summary>Level at which the book changed; 0 = the best.</summary>
    public byte Depth;
    public ulong ReceiveTime;
    public int SendDelta;
    public uint Sequence;
}
