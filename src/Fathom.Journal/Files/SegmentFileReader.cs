using Fathom.Domain;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Journal.Recordings;

namespace Fathom.Journal.Files;

/// <summary>Reads one segment's file, block by block, each checked before it is given out.</summary>
public sealed class SegmentFileReader : IDisposable
{
    private readonly FileStream _file;
    private readonly SegmentReader _reader;
    private readonly bool _allowTruncated;
    private readonly byte[] _head = new byte[SegmentFormat.HeaderLength];
    private byte[] _body = [];

    /// <param name="compressor">Null: a compressed block cannot be read.</param>
    /// <param name="allowTruncated">A segment that ends without its footer is read up to its last whole block; <see cref="IsTruncated"/> says so.</param>
    /// <exception cref="InputException">No such file, no segment, another version, or a damaged header.</exception>
    public SegmentFileReader(string path, ICompressor? compressor, bool allowTruncated = false)
    {
        _allowTruncated = allowTruncated;
        _reader = new SegmentReader(path, compressor);
        _file = RecordingFiles.Open(path, "a segment of a recording");
        try
        {
            if (Fill(_head) < _head.Length) throw _reader.Truncated();
            _reader.Begin(_head);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public SegmentHeader Header => _reader.Header;

    /// <summary>Of the file, in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>The bytes ended before the segment did.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Messages read so far.</summary>
    public long MessageCount => _reader.MessageCount;

    /// <summary>Messages of the block that was read last, whole, back to back; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Block => _reader.Block;

    /// <summary>XXH3-128 of all messages; known when all are read.</summary>
    public Domain.Hashing.Hash128 Content => _reader.Content;

    /// <summary>Reads the next block.</summary>
    /// <returns>False when there is none: all of the segment was read, and is as it was written, or it is truncated and that is allowed.</returns>
    /// <exception cref="InputException">A damaged or truncated segment.</exception>
    public bool Read()
    {
        if (_reader.IsEnded || IsTruncated) return false;
        if (Fill(_head) < _head.Length) return EndEarly();
        int length = _reader.TakeHead(_head);
        if (_body.Length < length) _body = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        Span<byte> body = _body.AsSpan(0, length);
        if (Fill(body) < length) return EndEarly();
        _reader.TakeBody(body);
        if (!_reader.IsEnded) return true;
        return _file.ReadByte() < 0 ? false : throw _reader.TooLong();
    }

    public void Dispose() => _file.Dispose();

    private bool EndEarly()
    {
        IsTruncated = true;
        return _allowTruncated ? false : throw _reader.Truncated();
    }

    private int Fill(Span<byte> bytes)
    {
        try
        {
            return _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (IOException failure)
        {
            throw new InputException(_file.Name, $"a file that cannot be read ({failure.Message})", "a segment of a recording", "Look at the disk, or copy the file again.");
        }
    }
}
