using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Market by order: 56 bytes, the same in all versions.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct MboRecord
{
    public const int Length = 56;

    public DbnRecordHeader Header;
    public ulong OrderId;
    /// <summary>Units of 1e-9; <see cref="long.MaxValue"/> = none.</summary>
    public long Price;
    public uint Quantity;
    public byte Flags;
    public byte Channel;
    public byte Action;
    public byte Side;
    public ulong ReceiveTime;
    public int SendDelta;
    public uint Sequence;
}
