using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Domain.Segments;

/// <summary>
/// Reads a segment's bytes, part by part, and believes none of them before they are checked. The caller brings the 64 bytes of the header to <see cref="Begin"/>; then, until
/// <see cref="IsEnded"/>, 64 bytes to <see cref="TakeHead"/> and as many as it asks for to <see cref="TakeBody"/>. Bytes that are not there are <see cref="Truncated"/>: what came before them is sound.
/// </summary>
/// <param name="name">Of the segment, for messages.</param>
/// <param name="compressor">Null: a compressed block cannot be read.</param>
public sealed class SegmentReader(string name, ICompressor? compressor)
{
    private const string Whole = "a whole segment, as it was written", Fetch = "The file is damaged: bring it back from where it was copied, or record the run again.";

    private readonly Xxh3 _content = new();
    private readonly List<BlockEntry> _entries = [];
    private byte[] _messages = [];
    private BlockHeader _block;
    private SegmentFooter _footer;
    private bool _isFooter;
    private long _next, _contentLength;
    private int _length;

    /// <summary>As written.</summary>
    public SegmentHeader Header { get; private set; }

    /// <summary>The footer was read and all of the segment was as it says.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Bytes of the segment taken so far, which are sound.</summary>
    public long Position { get; private set; }

    /// <summary>Messages read so far.</summary>
    public long MessageCount => _next - Header.FirstMessage;

    /// <summary>XXH3-128 of all messages; known when the segment is ended.</summary>
    public Hash128 Content => _footer.Content;

    /// <summary>The messages that the last <see cref="TakeBody"/> brought: whole, back to back, 8-byte aligned, valid until the next; nothing after the footer.</summary>
    public ReadOnlySpan<byte> Block => _messages.AsSpan(0, _length);

    /// <summary>Takes the first 64 bytes.</summary>
    /// <exception cref="InputException">No segment, one of another version, or a damaged header.</exception>
    public void Begin(ReadOnlySpan<byte> bytes)
    {
        SegmentHeader header = MemoryMarshal.Read<SegmentHeader>(bytes);
        if (header.Magic != SegmentHeader.MagicOfSegments) throw new InputException(name, "no segment: its first bytes are others", "a segment of a Fathom recording", Fetch);
        if (header.Version != SegmentHeader.VersionOfSegments)
            throw new InputException(name, $"a segment of version {header.Version}", $"version {SegmentHeader.VersionOfSegments}, which this program reads", "Use the Fathom that wrote it, or record the run again with this one, into another folder.");
        if (header.Check != SegmentFormat.CheckOf(in header)) throw Altered("header", 0);
        Header = header;
        compressor?.Begin();
        _content.Reset();
        _entries.Clear();
        (_next, _contentLength, _footer, IsEnded, Position) = (header.FirstMessage, 0, default, false, SegmentFormat.HeaderLength);
    }

    /// <summary>Takes the 64 bytes with which a block or the footer begins.</summary>
    /// <returns>How many bytes belong to it beyond them.</returns>
    /// <exception cref="InputException">They are neither, or damaged.</exception>
    public int TakeHead(ReadOnlySpan<byte> bytes)
    {
        ulong magic = MemoryMarshal.Read<ulong>(bytes);
        _isFooter = magic == SegmentFooter.MagicOfFooters;
        if (_isFooter) return TakeFooterHead(bytes);
        _block = MemoryMarshal.Read<BlockHeader>(bytes);
        if (magic != BlockHeader.MagicOfBlocks || _block.Check != SegmentFormat.CheckOf(in _block)) throw Altered("block header", Position);
        bool isPossible = _block.ContentLength is > 0 and <= SegmentFormat.BlockLengthMax && _block.StoredLength > 0 && _block.StoredLength <= _block.ContentLength
            && _block.MessageCount > 0 && _entries.Count < SegmentFormat.BlockCountMax;
        if (!isPossible) throw Altered("block header", Position);
        if (_block.FirstMessage != _next) throw new InputException(name, $"a block that begins with message {_block.FirstMessage} (byte {Position})", $"message {_next}", Fetch);
        return _block.StoredLength;
    }

    /// <summary>Takes the bytes that <see cref="TakeHead"/> asked for: a block's are <see cref="Block"/> from now on, the footer's end the segment.</summary>
    /// <exception cref="InputException">They are not what the head says.</exception>
    public void TakeBody(ReadOnlySpan<byte> bytes)
    {
        _length = 0;
        if (_isFooter) TakeFooterRest(bytes);
        else TakeBlock(bytes);
    }

    /// <summary>What is wrong with a segment whose bytes end before it does.</summary>
    public InputException Truncated() => Position == 0
        ? new InputException(name, "an end within the first 64 bytes", Whole, Fetch)
        : new InputException(name, $"a truncated segment: it ends after message {_next - 1} (byte {Position}), without its footer", Whole,
            "Copy it again from where it is whole. If its run was killed, there is no more of it: record the run again.");

    /// <summary>What is wrong with a segment behind whose end there is more.</summary>
    public InputException TooLong() => new(name, $"bytes behind the segment's end (byte {Position})", Whole, Fetch);

    private void TakeBlock(ReadOnlySpan<byte> bytes)
    {
        if (Xxh3.Hash128(bytes) != _block.Stored) throw Altered($"block with messages {_next} to {_next + _block.MessageCount - 1}", Position);
        ReadOnlySpan<byte> messages = Decompress(bytes);
        if (!Messages.Messages.TryCount(messages, out int count) || count != _block.MessageCount)
            throw new InputException(name, $"a block whose bytes are not {_block.MessageCount} whole messages (byte {Position})", Whole, Fetch);
        _length = messages.Length;
        _entries.Add(new BlockEntry { Offset = Position, FirstMessage = _next, MessageCount = _block.MessageCount, ContentLength = _block.ContentLength, StoredLength = _block.StoredLength });
        _content.Append(messages);
        _contentLength += messages.Length;
        _next += _block.MessageCount;
        Position += SegmentFormat.HeaderLength + bytes.Length;
    }

    private int TakeFooterHead(ReadOnlySpan<byte> bytes)
    {
        _footer = MemoryMarshal.Read<SegmentFooter>(bytes);
        // Its count says how much to read; so it must be right before its hash can be.
        if (_footer.BlockCount != _entries.Count) throw Altered("footer", Position);
        return (int)SegmentFormat.FooterLength(_entries.Count) - SegmentFormat.HeaderLength;
    }

    private void TakeFooterRest(ReadOnlySpan<byte> bytes)
    {
        if (_footer.Check != SegmentFormat.CheckOf(in _footer, bytes)) throw Altered("footer", Position);
        ReadOnlySpan<byte> entries = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_entries));
        SegmentEnd end = MemoryMarshal.Read<SegmentEnd>(bytes[entries.Length..]);
        bool agrees = bytes[..entries.Length].SequenceEqual(entries) && end.Magic == SegmentEnd.MagicOfEnds && end.FooterLength == bytes.Length + SegmentFormat.HeaderLength
            && _footer.MessageCount == MessageCount && _footer.ContentLength == _contentLength && _footer.Content == _content.Finish();
        if (!agrees) throw new InputException(name, $"a footer of another segment (byte {Position}): its counts, index or hash are not those of the blocks", Whole, Fetch);
        Position += SegmentFormat.HeaderLength + bytes.Length;
        IsEnded = true;
    }

    private ReadOnlySpan<byte> Decompress(ReadOnlySpan<byte> bytes)
    {
        if (_messages.Length < _block.ContentLength) _messages = new byte[_block.ContentLength];
        Span<byte> messages = _messages.AsSpan(0, _block.ContentLength);
        if (bytes.Length == messages.Length)
        {
            bytes.CopyTo(messages);
            compressor?.Begin();
        }
        else if (compressor is null) throw new InputException(name, $"a compressed block (byte {Position})", "blocks that are stored as they are", "Read it with what packed it: no compressor was given.");
        else if (!compressor.TryDecompress(bytes, messages)) throw Altered("compressed block", Position);
        return messages;
    }

    private InputException Altered(string part, long at) => new(name, $"an altered {part} (byte {at}): its hash is not that of its bytes", Whole, Fetch);
}
