using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Data.Dbn.Records;

namespace Fathom.Data.Dbn;

/// <summary>One record as it stands in the file; valid until the next one is read.</summary>
/// <param name="bytes">The whole record, send time included; at least a header.</param>
/// <param name="offset">Where it begins in the uncompressed file.</param>
public readonly ref struct DbnRecord(ReadOnlySpan<byte> bytes, long offset)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
    public long Offset { get; } = offset;
    public DbnRecordType Type => (DbnRecordType)Bytes[1];
    public DbnRecordHeader Header => MemoryMarshal.Read<DbnRecordHeader>(Bytes);

    /// <summary>A copy of the record as one of the fixed layouts; false when it is shorter than that.</summary>
    public bool TryAs<T>(out T record) where T : unmanaged
    {
        bool isLongEnough = Bytes.Length >= Unsafe.SizeOf<T>();
        record = isLongEnough ? MemoryMarshal.Read<T>(Bytes) : default;
        return isLongEnough;
    }
}
