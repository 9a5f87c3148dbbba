using Fathom.Data.Dbn.Records;
using Fathom.Domain;

namespace Fathom.Data.Dbn;

/// <summary>Reads a DBN file record by record, as stored, with nothing translated or left out: for inspection and tests.</summary>
public sealed class DbnRecordReader : IDisposable
{
    private readonly DbnBytes _bytes;

    private DbnRecordReader(DbnBytes bytes) => _bytes = bytes;

    public DbnHeader Header => _bytes.Header;

    /// <summary>There is no header; <see cref="Header"/> is inferred.</summary>
    public bool IsFragment => _bytes.IsFragment;

    /// <summary>Stored bytes taken so far, and in all (0 = unknown).</summary>
    public long Position => _bytes.StoredPosition;
    public long Length => _bytes.StoredLength;

    /// <summary>"sha256:…" once the end was reached, if the options asked for it.</summary>
    public string? ContentHash => _bytes.ContentHash;

    /// <summary>The file ended inside a record or a compressed frame, and the options allow that.</summary>
    public bool IsTruncated => _bytes.IsTruncated;

    /// <exception cref="InputException">As <see cref="DbnFile.Open"/>.</exception>
    public static DbnRecordReader Open(string path, DbnReadOptions? options = null) => new(DbnBytes.Open(path, options ?? DbnReadOptions.Default));

    /// <summary>The next record; false at the end.</summary>
    /// <exception cref="InputException">Damaged or truncated.</exception>
    public bool TryRead(out DbnRecord record)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _bytes.Rest;
            if (rest.Length >= DbnRecordHeader.Length)
            {
                int length = rest[0] * 4;
                if (length < DbnRecordHeader.Length)
                    throw new InputException(_bytes.Path, $"a record length of {length} bytes at byte {_bytes.Offset}", $"at least {DbnRecordHeader.Length}",
                        "The file is damaged: fetch it again.");
                if (rest.Length >= length)
                {
                    record = new DbnRecord(rest[..length], _bytes.Offset);
                    _bytes.Take(length);
                    return true;
                }
            }
            if (!_bytes.TryReadMore())
            {
                record = default;
                return false;
            }
        }
    }

    public void Dispose() => _bytes.Dispose();
}
