using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Simulation.Driver;

/// <summary>A stream of messages in reused chunks, read by two cursors that move at their own pace.</summary>
/// <remarks>
/// The engine reads the stream in receive time and the venue in venue time; one is mostly a few messages ahead of the other. Reading the
/// source twice would decode it twice; keeping it all would take the memory of the file. So a chunk stays from the moment the first cursor enters it
/// until the last one leaves, and small chunks stay in the cache meanwhile:
/// <code>
///    … free │ chunk 7 │ chunk 8 │ chunk 9 │ not read yet …
///                ▲ engine           ▲ venue
/// </code>
/// </remarks>
internal sealed class ChunkQueue(IMessageSource source)
{
    public const int ChunkBytes = 64 * 1024;

    private readonly Stack<byte[]> _free = new();
    private byte[][] _chunks = new byte[4][];
    private int[] _lengths = new int[4];
    private long _first;
    private long _end;
    private bool _isEnded;

    /// <summary>Chunks in memory, used and free.</summary>
    public int ChunkCount => (int)(_end - _first) + _free.Count;

    /// <summary>Messages from the cursor to the end of its chunk, after moving it to the next chunk if its own is used up; empty at the end of the stream.</summary>
    public ReadOnlySpan<byte> Rest(ref ChunkCursor cursor)
    {
        while (true)
        {
            if (cursor.Chunk == _end && !TryRead()) return default;
            int slot = Slot(cursor.Chunk);
            if (cursor.Offset < _lengths[slot]) return _chunks[slot].AsSpan(cursor.Offset, _lengths[slot] - cursor.Offset);
            cursor.NextChunk();
        }
    }

    /// <summary>The chunks before this number are free.</summary>
    public void Release(long before)
    {
        for (; _first < before; _first++) _free.Push(_chunks[Slot(_first)]);
    }

    /// <summary>Of the message at the start of what a source has yielded.</summary>
    public static int WholeLength(ReadOnlySpan<byte> messages)
    {
        bool hasHeader = messages.Length >= Unsafe.SizeOf<MessageHeader>();
        int length = hasHeader ? Messages.Header(messages).Length : 0;
        Invariant.Require(length >= Unsafe.SizeOf<MessageHeader>() && length <= messages.Length, "a source yields whole messages");
        return length;
    }

    private int Slot(long chunk) => (int)(chunk & (_chunks.Length - 1));

    private bool TryRead()
    {
        if (_isEnded) return false;
        if (_end - _first == _chunks.Length) Grow();
        if (!_free.TryPop(out byte[]? chunk)) chunk = new byte[ChunkBytes];
        int length = Fill(chunk);
        if (length == 0)
        {
            _free.Push(chunk);
            return false;
        }
        _chunks[Slot(_end)] = chunk;
        _lengths[Slot(_end)] = length;
        _end++;
        return true;
    }

    /// <summary>Reads until no further message is sure to fit: how a source cuts its answers leaves no trace in the chunks.</summary>
    private int Fill(byte[] chunk)
    {
        int length = 0;
        while (!_isEnded && ChunkBytes - length >= Messages.LengthMax)
        {
            int read = source.Read(chunk.AsSpan(length));
            Invariant.Require(read >= 0 && read <= ChunkBytes - length && read % 8 == 0, "a source fills its buffer with whole messages");
            _isEnded = read == 0;
            length += read;
        }
        return length;
    }

    private void Grow()
    {
        byte[][] chunks = new byte[_chunks.Length * 2][];
        int[] lengths = new int[chunks.Length];
        for (long chunk = _first; chunk < _end; chunk++)
        {
            chunks[chunk & (chunks.Length - 1)] = _chunks[Slot(chunk)];
            lengths[chunk & (chunks.Length - 1)] = _lengths[Slot(chunk)];
        }
        (_chunks, _lengths) = (chunks, lengths);
    }
}
