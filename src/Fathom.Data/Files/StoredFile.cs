using System.Security.Cryptography;
using Fathom.Domain;

namespace Fathom.Data.Files;

/// <summary>
/// A file as it is stored, read front to back into the caller's buffer. Large reads into a reused buffer beat mapping here: a fresh mapping pays a
/// page fault for every 4 KB (see <c>fathom bench decode</c>).
/// </summary>
internal sealed class StoredFile : IByteSource
{
    private const int FirstLength = 4;

    private readonly FileStream _stream;
    private readonly IncrementalHash? _hash;
    private readonly byte[] _first = new byte[FirstLength];
    private int _firstLength;
    private int _firstTaken;
    private long _position;
    private string? _contentHash;

    private StoredFile(string path, FileStream stream, bool hashContent)
    {
        Path = path;
        _stream = stream;
        Length = stream.CanSeek ? stream.Length : 0;
        _hash = hashContent ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    }

    public string Path { get; }

    /// <summary>Stored bytes; 0 where the system does not know (a pipe).</summary>
    public long Length { get; }

    public bool IsTruncated => false;

    public long StoredPosition => Volatile.Read(ref _position);

    /// <summary>"sha256:…" of all stored bytes once the end was reached; null before, or when no hash was asked for.</summary>
    public string? ContentHash => Volatile.Read(ref _contentHash);

    /// <summary>The first four bytes, or fewer in a shorter file; they are read again as usual.</summary>
    public ReadOnlySpan<byte> First => _first.AsSpan(0, _firstLength);

    /// <inheritdoc cref="InputFile.Open" path="/exception"/>
    public static StoredFile Open(string path, bool hashContent = false)
    {
        StoredFile file = new(path, InputFile.Open(path, "a market data file"), hashContent);
        file.ReadFirst();
        return file;
    }

    public int Read(Span<byte> buffer)
    {
        if (_firstTaken == _firstLength) return ReadStream(buffer);
        int count = Math.Min(_firstLength - _firstTaken, buffer.Length);
        _first.AsSpan(_firstTaken, count).CopyTo(buffer);
        _firstTaken += count;
        return count + (buffer.Length > count ? ReadStream(buffer[count..]) : 0);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash?.Dispose();
    }

    /// <summary>A pipe may give them one by one.</summary>
    private void ReadFirst()
    {
        for (int read; _firstLength < FirstLength && (read = ReadStream(_first.AsSpan(_firstLength))) > 0;) _firstLength += read;
    }

    private int ReadStream(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _stream.Read(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(Path, $"a read error at byte {_position} ({error.Message})", "a readable file", "Check the disk.");
        }
        Volatile.Write(ref _position, _position + read);
        if (_hash is not null) Hash(buffer[..read]);
        return read;
    }

    private void Hash(ReadOnlySpan<byte> read)
    {
        if (read.IsEmpty) Volatile.Write(ref _contentHash, _contentHash ?? "sha256:" + Convert.ToHexStringLower(_hash!.GetCurrentHash()));
        else _hash!.AppendData(read);
    }
}
