using System.Buffers.Binary;
using Fathom.Data.Compression;
using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Data.Dbn;

/// <summary>
/// The records of a DBN file as bytes in one reused block: the header is read and taken off, compression is undone, and a record that a read cut in
/// two is put together again at the front of the block.
/// </summary>
internal sealed class DbnBytes : IDisposable
{
    /// <summary>Large enough that the system call does not count, small enough to stay in the second-level cache.</summary>
    private const int BlockLength = 256 << 10, BlockLengthOfMany = 32 << 10;

    private readonly IByteSource _source;
    private readonly StoredFile _file;
    private readonly bool _allowTruncated;
    private readonly byte[] _block;
    private int _from;
    private int _to;
    private long _blockOffset;
    private bool _endedInsideRecord;
    private bool _isDisposed;

    private DbnBytes(StoredFile file, IByteSource source, DbnReadOptions options)
    {
        _file = file;
        _source = source;
        _allowTruncated = options.AllowTruncated;
        _block = GC.AllocateUninitializedArray<byte>(options.IsOneOfMany ? BlockLengthOfMany : BlockLength, pinned: true);
        Header = null!;
    }

    public DbnHeader Header { get; private set; }

    /// <summary>There is no header; <see cref="Header"/> is inferred.</summary>
    public bool IsFragment { get; private set; }

    public string Path => _file.Path;

    /// <summary>Stored (compressed) bytes taken so far, and in all (0 = unknown).</summary>
    public long StoredPosition => _file.StoredPosition;
    public long StoredLength => _file.Length;
    public string? ContentHash => _file.ContentHash;

    /// <summary>The file ended inside a record or a compressed frame, and that was allowed.</summary>
    public bool IsTruncated => _endedInsideRecord || _source.IsTruncated;

    /// <summary>Bytes that have been read and not yet been taken.</summary>
    public ReadOnlySpan<byte> Rest => _block.AsSpan(_from, _to - _from);

    /// <summary>Where <see cref="Rest"/> stands in the uncompressed file.</summary>
    public long Offset => _blockOffset + _from;

    public static DbnBytes Open(string path, DbnReadOptions options)
    {
        StoredFile file = StoredFile.Open(path, options.HashContent);
        DbnBytes? bytes = null;
        try
        {
            bytes = new DbnBytes(file, Uncompressed(file, options), options);
            bytes.ReadHeader(options);
            return bytes;
        }
        catch
        {
            if (bytes is not null) bytes.Dispose();
            else file.Dispose();
            throw;
        }
    }

    private static IByteSource Uncompressed(StoredFile file, DbnReadOptions options)
    {
        if (ZstdReader.HasSkippableMagic(file.First))
            throw new InputException(file.Path, "a legacy DBZ file (it starts with a zstd skippable frame)", "DBN version 1, 2 or 3",
                "Convert it with the vendor's tool: dbn FILE.dbz --output FILE.dbn");
        if (!ZstdReader.HasMagic(file.First)) return file;
        ZstdReader plain = new(file, options.AllowTruncated);
        return options.IsOneOfMany ? plain : new ReadAhead(plain);
    }

    public void Take(int count) => _from += count;

    /// <summary>Reads more behind the rest. False at the end of the file.</summary>
    /// <exception cref="InputException">The file ended inside a record and that is not allowed.</exception>
    public bool TryReadMore()
    {
        int rest = _to - _from;
        if (_from > 0)
        {
            _block.AsSpan(_from, rest).CopyTo(_block);
            _blockOffset += _from;
            _from = 0;
            _to = rest;
        }
        int read = _source.Read(_block.AsSpan(_to));
        _to += read;
        if (read > 0) return true;
        if (rest > 0) EndInside(rest);
        return false;
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _source.Dispose();
        _file.Dispose();
    }

    private void EndInside(int rest)
    {
        if (!_allowTruncated)
            throw new InputException(Path, $"an end inside a record ({rest} bytes at byte {Offset})", "whole records",
                "Fetch the file again, or use --allow-truncated (in a configuration data.allow_truncated) to read its whole records.");
        _endedInsideRecord = true;
        _from = _to;
    }

    private void ReadHeader(DbnReadOptions options)
    {
        Fill(DbnHeaderReader.PrefixLength);
        if (Rest.IsEmpty) throw new InputException(Path, "an empty file", "a DBN file", "Check how it was written.");
        IsFragment = options.IsFragment || (IsFragmentName(Path) && !DbnHeaderReader.HasMagic(Rest));
        if (IsFragment)
        {
            Fill(_block.Length);
            Header = DbnFragments.Infer(Path, Rest, options.Version);
            return;
        }
        if (Rest.Length < DbnHeaderReader.PrefixLength)
            throw new InputException(Path, $"a file of {Rest.Length} bytes", "a DBN file", "Check how it was written.");
        int length = DbnHeaderReader.TotalLength(Path, Rest);
        Header = DbnHeaderReader.Read(Path, TakeHeader(length));
    }

    private static bool IsFragmentName(string path) => System.IO.Path.GetFileName(path).Contains(".frag", StringComparison.OrdinalIgnoreCase);

    /// <summary>The header's bytes; a long one is gathered in steps, so that a damaged length cannot ask for memory that the file does not fill.</summary>
    private ReadOnlySpan<byte> TakeHeader(int length)
    {
        if (length <= _block.Length) Fill(length);
        if (Rest.Length >= length)
        {
            ReadOnlySpan<byte> inBlock = Rest[..length];
            Take(length);
            return inBlock;
        }

        using MemoryStream header = new();
        while (header.Length < length)
        {
            if (Rest.IsEmpty && !TryReadMore())
                throw new InputException(Path, $"an end inside the header (byte {header.Length} of {length})", "a whole header", "Fetch the file again.");
            ReadOnlySpan<byte> part = Rest[..(int)Math.Min(Rest.Length, length - header.Length)];
            header.Write(part);
            Take(part.Length);
        }
        return header.GetBuffer().AsSpan(0, length);
    }

    private void Fill(int length)
    {
        while (_to - _from < length)
        {
            int read = _source.Read(_block.AsSpan(_to));
            if (read == 0) return;
            _to += read;
        }
    }
}
