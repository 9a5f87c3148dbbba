using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Best consolidated level after an event (CMBP-1) or a trade (TCBBO): 80 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Cmbp1Record
{
    public const int Length = 80;

    public DbnRecordHeader Header;
    /// <summary>Units of 1e-9; <see cref="long.MaxValue"/> = none.</summary>
    public long Price;
    public uint Quantity;
    public byte Action;
    public byte Side;
    public byte Flags;
    private byte _reserved0;
    public ulong ReceiveTime;
    public int SendDelta;
    private uint _reserved1;
    public ConsolidatedLevel Level;
}
