namespace Fathom.Data.Dbn.Records;

/// <summary>A message of the live gateway (heartbeat, acknowledgement, …): 80 bytes (version 1) or 320; eight more with a send time.</summary>
public readonly ref struct SystemRecord
{
    public const int LengthV1 = 80;
    public const int LengthV2 = 320;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isV1;

    private SystemRecord(ReadOnlySpan<byte> bytes, bool isV1)
    {
        _bytes = bytes;
        _isV1 = isV1;
    }

    /// <summary>False when the length is none of the known layouts'.</summary>
    public static bool TryView(ReadOnlySpan<byte> record, out SystemRecord system)
    {
        bool isV1 = record.Length is LengthV1 or LengthV1 + 8;
        system = new SystemRecord(record, isV1);
        return isV1 || record.Length is LengthV2 or LengthV2 + 8;
    }

    public string Text => DbnText.Read(_bytes.Slice(16, _isV1 ? 64 : 303));
    /// <summary>0 heartbeat, 1 subscription acknowledged, 2 slow reader, 3 replay completed, 4 end of interval; 255 = not stated.</summary>
    public byte Code => _isV1 ? byte.MaxValue : _bytes[319];
}
