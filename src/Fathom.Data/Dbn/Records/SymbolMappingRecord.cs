using System.Buffers.Binary;

namespace Fathom.Data.Dbn.Records;

/// <summary>What a venue's number means, said inside a live stream: 80 bytes (version 1) or 176; eight more with a send time.</summary>
public readonly ref struct SymbolMappingRecord
{
    public const int LengthV1 = 80;
    public const int LengthV2 = 176;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isV1;

    private SymbolMappingRecord(ReadOnlySpan<byte> bytes, bool isV1)
    {
        _bytes = bytes;
        _isV1 = isV1;
    }

    /// <summary>False when the length is none of the known layouts'.</summary>
    public static bool TryView(ReadOnlySpan<byte> record, out SymbolMappingRecord mapping)
    {
        bool isV1 = record.Length is LengthV1 or LengthV1 + 8;
        mapping = new SymbolMappingRecord(record, isV1);
        return isV1 || record.Length is LengthV2 or LengthV2 + 8;
    }

    public uint Instrument => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..]);
    public ulong EventTime => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[8..]);
    /// <summary>Version 1 does not state it.</summary>
    public DbnSymbology SymbologyIn => _isV1 ? DbnSymbology.None : (DbnSymbology)_bytes[16];
    public string SymbolIn => _isV1 ? DbnText.Read(_bytes.Slice(16, 22)) : DbnText.Read(_bytes.Slice(17, 71));
    /// <summary>Version 1 does not state it.</summary>
    public DbnSymbology SymbologyOut => _isV1 ? DbnSymbology.None : (DbnSymbology)_bytes[88];
    public string SymbolOut => _isV1 ? DbnText.Read(_bytes.Slice(38, 22)) : DbnText.Read(_bytes.Slice(89, 71));
    public ulong Start => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[(_isV1 ? 64 : 160)..]);
    public ulong End => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[(_isV1 ? 72 : 168)..]);
}
