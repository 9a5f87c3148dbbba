using Fathom.Data.Dbn.Records;
using Fathom.Domain;

namespace Fathom.Data.Dbn;

/// <summary>
/// Finds out what a file of records without a header is. Layouts differ between versions, and their lengths tell them apart: definition 360, 400 or
/// 520 bytes; statistics 64 or 80; symbol mapping, error and system 80 or longer; with send times eight more. Records that are the same in all
/// versions only tell about send times.
/// </summary>
internal static class DbnFragments
{
    private const byte NewestVersion = 3;

    /// <param name="file">Name for messages.</param>
    /// <param name="bytes">The file's first records; the last one may be cut.</param>
    /// <param name="stated">The version that the user states; null = inferred.</param>
    /// <exception cref="InputException">The bytes do not begin with a record, or the stated version does not exist.</exception>
    public static DbnHeader Infer(string file, ReadOnlySpan<byte> bytes, int? stated)
    {
        if (stated is < 1 or > NewestVersion)
            throw new InputException(file, $"DBN version {stated}", "version 1, 2 or 3", "State one of these with --dbn-version.");
        byte version = 0;
        bool? hasSendTimes = null;
        for (int at = 0; bytes.Length - at >= DbnRecordHeader.Length && (version == 0 || hasSendTimes is null);)
        {
            int length = bytes[at] * 4;
            if (length < DbnRecordHeader.Length)
                throw new InputException(file, $"a record length of {length} bytes at byte {at}", $"records without a header, of at least {DbnRecordHeader.Length} bytes each",
                    "If the file has a header, read it without --fragment.");
            (byte found, bool? sendTimes) = Judge((DbnRecordType)bytes[at + 1], length);
            if (version == 0) version = found;
            hasSendTimes ??= sendTimes;
            at += length;
        }
        return DbnHeader.OfFragment((byte)(stated ?? (version == 0 ? NewestVersion : version)), hasSendTimes ?? false);
    }

    /// <summary>What one record tells: its version (0 = nothing) and whether a send time follows (null = nothing).</summary>
    private static (byte Version, bool? HasSendTimes) Judge(DbnRecordType type, int length) => (type, length) switch
    {
        (DbnRecordType.Definition, 360) => (1, false),
        (DbnRecordType.Definition, 368) => (1, true),
        (DbnRecordType.Definition, 400) => (2, false),
        (DbnRecordType.Definition, 408) => (2, true),
        (DbnRecordType.Definition, 520) => (3, false),
        (DbnRecordType.Definition, 528) => (3, true),
        (DbnRecordType.Statistics, 80) => (3, false),
        (DbnRecordType.Statistics, 88) => (3, true),
        (DbnRecordType.Statistics, 64) => (2, false),
        (DbnRecordType.Statistics, 72) => (2, true),
        (DbnRecordType.SymbolMapping or DbnRecordType.Error or DbnRecordType.System, 80) => (1, false),
        (DbnRecordType.SymbolMapping or DbnRecordType.Error or DbnRecordType.System, 88) => (1, true),
        (DbnRecordType.SymbolMapping or DbnRecordType.Error or DbnRecordType.System, 176 or 320) => (NewestVersion, false),
        (DbnRecordType.SymbolMapping or DbnRecordType.Error or DbnRecordType.System, 184 or 328) => (NewestVersion, true),
        (DbnRecordType.Mbo, 56) => (0, false),
        (DbnRecordType.Mbo, 64) => (0, true),
        (DbnRecordType.Trade, 48) => (0, false),
        (DbnRecordType.Trade, 56) => (0, true),
        (DbnRecordType.Status, 40) => (0, false),
        (DbnRecordType.Status, 48) => (0, true),
        _ => (0, null),
    };
}
