using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;
using Fathom.Domain.Ports;

namespace Fathom.Domain.Segments;

/// <summary>
/// Makes the bytes of segments, part by part; the caller puts them where they belong, in the order in which they are made:
/// <code>
///   header 64 │ block header 64, messages │ block header 64, messages │ … │ footer 64, index 32 × blocks, end 16
/// </code>
/// Whatever ends the writing, what lies there up to the last whole block can be read; only a whole segment has its footer.
/// One writer makes one segment after the other. Not for several threads.
/// </summary>
/// <param name="compressor">Null: blocks are stored as they are.</param>
public sealed class SegmentWriter(ICompressor? compressor)
{
    private readonly Xxh3 _content = new();
    private readonly byte[] _part = new byte[SegmentFormat.HeaderLength];
    private readonly List<BlockEntry> _entries = [];
    private byte[] _compressed = [];
    private byte[] _footer = [];
    private long _next;
    private bool _isOpen;

    /// <summary>Bytes of the segment so far.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of messages in it.</summary>
    public long ContentLength { get; private set; }

    public long MessageCount { get; private set; }

    /// <summary>XXH3-128 of all messages so far.</summary>
    public Hash128 Content => _content.Finish();

    /// <summary>Begins a segment.</summary>
    /// <param name="firstMessage">Number of the message that comes next.</param>
    /// <returns>The segment's header; valid until the next call.</returns>
    public ReadOnlySpan<byte> Begin(SegmentKind kind, ulong journalId, int number, long firstMessage)
    {
        SegmentHeader header = new()
        {
            Magic = SegmentHeader.MagicOfSegments,
            Version = SegmentHeader.VersionOfSegments,
            Kind = kind,
            JournalId = journalId,
            Number = number,
            FirstMessage = firstMessage,
        };
        header.Check = SegmentFormat.CheckOf(in header);
        compressor?.Begin();
        _content.Reset();
        _entries.Clear();
        (ContentLength, MessageCount, _next, Length) = (0, 0, firstMessage, SegmentFormat.HeaderLength);
        _isOpen = true;
        return Put(in header);
    }

    /// <summary>Adds a block.</summary>
    /// <param name="messages">Whole messages, at least one, at most <see cref="SegmentFormat.BlockLengthMax"/> bytes.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="stored">What follows the header: the messages themselves or their compressed form; valid until the next call.</param>
    /// <returns>The block's header; valid until the next call.</returns>
    public ReadOnlySpan<byte> Add(ReadOnlySpan<byte> messages, int count, out ReadOnlySpan<byte> stored)
    {
        Invariant.Require(_isOpen && count > 0 && messages.Length is > 0 and <= SegmentFormat.BlockLengthMax && _entries.Count < SegmentFormat.BlockCountMax,
            "a block of an open segment holds messages, no more than fit");
        stored = Compress(messages);
        BlockHeader header = new()
        {
            Magic = BlockHeader.MagicOfBlocks,
            StoredLength = stored.Length,
            ContentLength = messages.Length,
            FirstMessage = _next,
            MessageCount = count,
            Stored = Xxh3.Hash128(stored),
        };
        header.Check = SegmentFormat.CheckOf(in header);
        _entries.Add(new BlockEntry { Offset = Length, FirstMessage = _next, MessageCount = count, ContentLength = messages.Length, StoredLength = stored.Length });
        _content.Append(messages);
        Length += SegmentFormat.HeaderLength + stored.Length;
        ContentLength += messages.Length;
        MessageCount += count;
        _next += count;
        return Put(in header);
    }

    /// <summary>Ends the segment.</summary>
    /// <returns>Its footer; valid until the next call.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        Invariant.Require(_isOpen, "a segment is ended once");
        _isOpen = false;
        int length = (int)SegmentFormat.FooterLength(_entries.Count);
        if (_footer.Length < length) _footer = new byte[length * 2];
        Span<byte> bytes = _footer.AsSpan(0, length), rest = bytes[SegmentFormat.HeaderLength..];
        ReadOnlySpan<byte> entries = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_entries));
        entries.CopyTo(rest);
        SegmentEnd end = new() { FooterLength = length, Magic = SegmentEnd.MagicOfEnds };
        MemoryMarshal.Write(rest[entries.Length..], in end);
        SegmentFooter footer = new()
        {
            Magic = SegmentFooter.MagicOfFooters,
            BlockCount = _entries.Count,
            MessageCount = MessageCount,
            ContentLength = ContentLength,
            Content = Content,
        };
        footer.Check = SegmentFormat.CheckOf(in footer, rest);
        MemoryMarshal.Write(bytes, in footer);
        Length += length;
        return bytes;
    }

    private ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> messages)
    {
        if (compressor is null) return messages;
        if (_compressed.Length < messages.Length) _compressed = new byte[messages.Length];
        // A block that does not become shorter stays as it is: that is how a reader tells the two apart.
        if (compressor.TryCompress(messages, _compressed.AsSpan(0, messages.Length - 1), out int length)) return _compressed.AsSpan(0, length);
        compressor.Begin();
        return messages;
    }

    private ReadOnlySpan<byte> Put<T>(scoped in T part) where T : unmanaged
    {
        Invariant.Require(Unsafe.SizeOf<T>() == SegmentFormat.HeaderLength, "headers have one length");
        MemoryMarshal.Write(_part, in part);
        return _part;
    }
}
