using System.Buffers.Binary;

namespace Fathom.Data.Dbn.Records;

/// <summary>A statistic of the venue (settlement, open interest, …): 64 bytes (versions 1 and 2) or 80 (version 3); eight more with a send time.
/// The quantity is 64 bits wide in version 3; "not stated" is the largest value of its width in the file and <see cref="long.MaxValue"/> here.</summary>
public readonly ref struct StatisticsRecord
{
    public const int LengthV1 = 64;
    public const int LengthV3 = 80;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isV3;

    private StatisticsRecord(ReadOnlySpan<byte> bytes, bool isV3)
    {
        _bytes = bytes;
        _isV3 = isV3;
    }

    /// <summary>False when the length is none of the known layouts'.</summary>
    public static bool TryView(ReadOnlySpan<byte> record, out StatisticsRecord statistics)
    {
        bool isV3 = record.Length is LengthV3 or LengthV3 + 8;
        statistics = new StatisticsRecord(record, isV3);
        return isV3 || record.Length is LengthV1 or LengthV1 + 8;
    }

    public ulong ReceiveTime => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[16..]);
    /// <summary>The time that the statistic is about; <see cref="ulong.MaxValue"/> = not stated.</summary>
    public ulong ReferenceTime => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[24..]);
    /// <summary>Units of 1e-9; <see cref="long.MaxValue"/> = none.</summary>
    public long Price => BinaryPrimitives.ReadInt64LittleEndian(_bytes[32..]);
    public long Quantity
    {
        get
        {
            if (_isV3) return BinaryPrimitives.ReadInt64LittleEndian(_bytes[40..]);
            int narrow = BinaryPrimitives.ReadInt32LittleEndian(_bytes[40..]);
            return narrow == int.MaxValue ? long.MaxValue : narrow;
        }
    }
    public uint Sequence => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(_isV3 ? 48 : 44)..]);
    public int SendDelta => BinaryPrimitives.ReadInt32LittleEndian(_bytes[(_isV3 ? 52 : 48)..]);
    /// <summary>1 open, 3 settlement, 6 cleared volume, 9 open interest, … as the vendor numbers them.</summary>
    public ushort Type => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(_isV3 ? 56 : 52)..]);
    public ushort Channel => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(_isV3 ? 58 : 54)..]);
    /// <summary>1 new, 2 delete.</summary>
    public byte UpdateAction => _bytes[_isV3 ? 60 : 56];
    public byte Flags => _bytes[_isV3 ? 61 : 57];
}
