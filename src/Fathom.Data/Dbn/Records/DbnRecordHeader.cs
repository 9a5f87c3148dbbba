using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>First 16 bytes of every record.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DbnRecordHeader
{
    public const int Length = 16;

    /// <summary>Length of the record in 4-byte words, header and send time included.</summary>
    public byte Words;
    public DbnRecordType Type;
    public ushort Publisher;
    /// <summary>The venue's number.</summary>
    public uint Instrument;
    /// <summary>Venue's time, UNIX nanoseconds; <see cref="ulong.MaxValue"/> = not stated.</summary>
    public ulong EventTime;
}
