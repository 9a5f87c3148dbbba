namespace Fathom.Data.Dbn.Records;

/// <summary>An error of the live gateway: 80 bytes (version 1) or 320; eight more with a send time.</summary>
public readonly ref struct ErrorRecord
{
    public const int LengthV1 = 80;
    public const int LengthV2 = 320;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isV1;

    private ErrorRecord(ReadOnlySpan<byte> bytes, bool isV1)
    {
        _bytes = bytes;
        _isV1 = isV1;
    }

    /// <summary>False when the length is none of the known layouts'.</summary>
    public static bool TryView(ReadOnlySpan<byte> record, out ErrorRecord error)
    {
        bool isV1 = record.Length is LengthV1 or LengthV1 + 8;
        error = new ErrorRecord(record, isV1);
        return isV1 || record.Length is LengthV2 or LengthV2 + 8;
    }

    public string Text => DbnText.Read(_bytes.Slice(16, _isV1 ? 64 : 302));
    /// <summary>1 authentication, 2 key deactivated, 3 connection limit, 4 symbols, 5 subscription, 6 internal, 7 records skipped; 255 = not stated.</summary>
    public byte Code => _isV1 ? byte.MaxValue : _bytes[318];
    /// <summary>The last of several.</summary>
    public bool IsLast => _isV1 || _bytes[319] != 0;
}
