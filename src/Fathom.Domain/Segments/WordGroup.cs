using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fathom.Domain.Segments;

/// <summary>Up to eight 64-bit words, each as its difference from another word, in as few bytes as that needs. <see cref="MessagePacking"/> says what for.</summary>
/// <remarks>
/// No branch depends on the data. Both ways move eight bytes for each word and go on by as many as count; so they touch up to <see cref="PackedMax"/> bytes, which the caller has, whatever is packed.
/// Differences wrap, so every word comes back.
/// </remarks>
internal static class WordGroup
{
    /// <summary>Bytes of a whole group.</summary>
    public const int Length = 64;

    /// <summary>Bytes of a group, at most, when it is packed: a length of 4 bits for each word, and the words.</summary>
    public const int PackedMax = LengthsLength + Length;

    private const int WordLength = 8, LengthsLength = sizeof(uint), LengthBits = 4;
    private const uint LastBits = 0x8888_8888;

    /// <summary>By a word's length: which of eight bytes are its own. Lengths above eight are refused before they are looked up.</summary>
    private static ReadOnlySpan<ulong> Masks =>
    [
        0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF, ulong.MaxValue,
        0, 0, 0, 0, 0, 0, 0,
    ];

    /// <param name="words">One to eight words.</param>
    /// <param name="before">As many: what they are subtracted from.</param>
    /// <param name="to">At least <see cref="PackedMax"/> bytes.</param>
    /// <returns>Bytes that are the packed group; those behind them have been written to as well.</returns>
    public static int Pack(ReadOnlySpan<byte> words, ReadOnlySpan<byte> before, Span<byte> to)
    {
        Require(words.Length, before.Length, to.Length);
        ref byte from = ref MemoryMarshal.GetReference(words);
        ref byte other = ref MemoryMarshal.GetReference(before);
        ref byte target = ref MemoryMarshal.GetReference(to);
        uint lengths = 0;
        int end = LengthsLength;
        // The word at i stands at i + 4 at most: its eight bytes end within PackedMax.
        for (int i = 0; i < words.Length; i += WordLength)
        {
            long difference = Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref from, i)) - Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref other, i));
            ulong folded = (ulong)((difference << 1) ^ (difference >> 63));
            int length = (64 + 7 - BitOperations.LeadingZeroCount(folded)) >> 3;      // bytes, rounded up
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, end), folded);
            lengths |= (uint)length << (i >> 1);      // 4 bits for 8 bytes
            end += length;
        }
        Unsafe.WriteUnaligned(ref target, lengths);
        return end;
    }

    /// <param name="packed">At least <see cref="PackedMax"/> bytes, which may be anybody's.</param>
    /// <param name="before">As many words as <paramref name="to"/> takes.</param>
    /// <param name="to">One to eight words.</param>
    /// <returns>Bytes that were the packed group; 0: they are none.</returns>
    public static int Unpack(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> before, Span<byte> to)
    {
        Require(to.Length, before.Length, packed.Length);
        ref byte source = ref MemoryMarshal.GetReference(packed);
        ref byte other = ref MemoryMarshal.GetReference(before);
        ref byte target = ref MemoryMarshal.GetReference(to);
        ref ulong masks = ref MemoryMarshal.GetReference(Masks);
        uint lengths = Unsafe.ReadUnaligned<uint>(ref source), eights = lengths & LastBits;
        // A length with its last bit is eight: one of its three others would make it nine or more.
        if ((lengths & (eights - (eights >> 3))) != 0) return 0;
        int end = LengthsLength;
        for (int i = 0; i < to.Length; i += WordLength)
        {
            int length = (int)(lengths & 0xF);
            ulong folded = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, end)) & Unsafe.Add(ref masks, length);
            long difference = (long)(folded >> 1) ^ -(long)(folded & 1);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref other, i)) + difference);
            lengths >>= LengthBits;
            end += length;
        }
        return end;
    }

    private static void Require(int words, int before, int packed) =>
        Invariant.Require(words is > 0 and <= Length && words % WordLength == 0 && before == words && packed >= PackedMax, "a group is one to eight words, and its packed form has room");
}
