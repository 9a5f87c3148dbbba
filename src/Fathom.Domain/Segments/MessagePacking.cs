using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Domain.Segments;

/// <summary>
/// Packs the messages of a block into a third of their bytes, in a small part of the time that an engine takes for them.
/// <para>
/// A general compressor looks for repetitions anywhere, byte by byte: that keeps a processor busy, and its tables push the engine's out of the caches (docs/decisions/014). But where messages
/// repeat is known: in the last one of the same length, at the same word. Times and sequences grow by a little, prices are a few ticks apart, instrument and source stay. So each word is
/// written as its difference from that word, signs folded (0, −1, 1, −2, 2 … are 0, 1, 2, 3, 4 …), in 0 to 8 bytes:
/// </para>
/// <code>
///   from the last of 64 bytes      header  event time  receive time  order id    price  quantity  flags, sequence  delta, hint
///                                    same      +1,200        +1,300       −17     +1e7      same     +1 &lt;&lt; 32          −90
///                                       │           │             │         │        │         │            │            │
///   8 │ lengths 0 2 2 1 4 0 5 1 │             2 bytes       2 bytes    1 byte  4 bytes                5 bytes       1 byte      = 20 bytes
///   words    4 bits for each
/// </code>
/// <para>
/// The first message of its length is subtracted from zeros. Words come in groups of eight (<see cref="WordGroup"/>), the last of a message with what is left; each group begins with its lengths
/// in 32 bits, little-endian, the first word's lowest. Every content of whole messages comes back, however unlike they are; it only becomes longer than it was then, and the writer stores a
/// block that does not become shorter as it is.
/// </para>
/// <para>Unpacking believes nothing: bytes that are no packed block are refused or come out as another content, which the hashes find; nothing beyond what was handed over is read or written.</para>
/// </summary>
/// <remarks>Without state: any number of threads may use one.</remarks>
public sealed class MessagePacking : ICompressor
{
    private const int WordLength = 8, WordCounts = 256;

    /// <summary>What the first message of its length is subtracted from.</summary>
    private static readonly byte[] s_zeros = new byte[Messages.Messages.LengthMax];

    /// <param name="content">Whole messages; anything else is not packed.</param>
    /// <param name="to">The last <see cref="WordGroup.PackedMax"/> bytes may stay unused: what comes that close to the room is not packed.</param>
    public bool TryCompress(ReadOnlySpan<byte> content, Span<byte> to, out int length)
    {
        Span<int> ends = stackalloc int[WordCounts];
        length = 0;
        int packed = 0;
        for (int at = 0, words; at < content.Length; at += words * WordLength)
        {
            words = WordsAt(content[at..]);
            if (words * WordLength < Unsafe.SizeOf<MessageHeader>() || words * WordLength > content.Length - at || packed == to.Length) return false;
            to[packed] = (byte)words;
            int taken = Pack(content.Slice(at, words * WordLength), Before(content, at, words, ends), to[(packed + 1)..]);
            if (taken == 0) return false;
            packed += 1 + taken;
        }
        length = packed;
        return true;
    }

    public bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> to)
    {
        Packed from = new(stored, stackalloc byte[2 * WordGroup.PackedMax]);
        Span<int> ends = stackalloc int[WordCounts];
        for (int at = 0, words; at < to.Length; at += words * WordLength)
        {
            words = from.TakeByte();
            if (words * WordLength < Unsafe.SizeOf<MessageHeader>() || words * WordLength > to.Length - at) return false;
            if (!TryUnpack(ref from, Before(to, at, words, ends), to.Slice(at, words * WordLength))) return false;
        }
        return from.IsEnd;
    }

    private static int WordsAt(ReadOnlySpan<byte> messages) => messages.Length < Unsafe.SizeOf<MessageHeader>() ? 0 : Messages.Messages.Header(messages).Words;

    /// <summary>The last message of as many words as the one at <paramref name="at"/>, which is the last one from now on.</summary>
    /// <param name="ends">By the number of words: where the last message of that length ended; 0: there was none.</param>
    private static ReadOnlySpan<byte> Before(ReadOnlySpan<byte> content, int at, int words, Span<int> ends)
    {
        int length = words * WordLength, end = ends[words];
        ends[words] = at + length;
        return end == 0 ? s_zeros.AsSpan(0, length) : content.Slice(end - length, length);
    }

    /// <returns>Bytes written; 0 where there is no room.</returns>
    private static int Pack(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before, Span<byte> to)
    {
        int packed = 0;
        for (int at = 0; at < message.Length; at += WordGroup.Length)
        {
            if (to.Length - packed < WordGroup.PackedMax) return 0;
            int length = int.Min(WordGroup.Length, message.Length - at);
            packed += WordGroup.Pack(message.Slice(at, length), before.Slice(at, length), to[packed..]);
        }
        return packed;
    }

    private static bool TryUnpack(ref Packed from, ReadOnlySpan<byte> before, Span<byte> message)
    {
        for (int at = 0; at < message.Length; at += WordGroup.Length)
        {
            int length = int.Min(WordGroup.Length, message.Length - at);
            int taken = WordGroup.Unpack(from.Group(), before.Slice(at, length), message.Slice(at, length));
            if (taken == 0 || !from.TryTake(taken)) return false;
        }
        return true;
    }

    /// <summary>
    /// The stored bytes that are left. Whoever unpacks a group reads as many bytes as the longest has: where fewer are left, they are copied in front of zeros once, and read there.
    /// There are fewer than <see cref="WordGroup.PackedMax"/> then, and as many zeros behind them at least: any group that begins within what is left may be read.
    /// </summary>
    private ref struct Packed(ReadOnlySpan<byte> stored, Span<byte> room)
    {
        private readonly Span<byte> _room = room;
        private ReadOnlySpan<byte> _bytes = stored;
        private int _left = stored.Length;

        public readonly bool IsEnd => _left == 0;

        /// <summary>The next byte; 0 behind the last one.</summary>
        public int TakeByte()
        {
            if (_left == 0) return 0;
            int value = _bytes[0];
            _bytes = _bytes[1..];
            _left--;
            return value;
        }

        /// <summary>At least as many bytes as a group may have, those that are left first.</summary>
        public ReadOnlySpan<byte> Group()
        {
            if (_bytes.Length < WordGroup.PackedMax) MoveToRoom();
            return _bytes;
        }

        /// <returns>False where fewer are left.</returns>
        public bool TryTake(int count)
        {
            if (count > _left) return false;
            _bytes = _bytes[count..];
            _left -= count;
            return true;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void MoveToRoom()
        {
            _room.Clear();
            _bytes.CopyTo(_room);
            _bytes = _room;
        }
    }
}
