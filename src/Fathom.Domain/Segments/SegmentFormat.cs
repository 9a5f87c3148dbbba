using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;

namespace Fathom.Domain.Segments;

/// <summary>Sizes of a segment's parts, and how a part is hashed.</summary>
public static class SegmentFormat
{
    /// <summary>Length of a segment's header, a block's header, and a footer without its index.</summary>
    public const int HeaderLength = 64;

    /// <summary>No block holds more bytes of messages.</summary>
    public const int BlockLengthMax = 16 << 20;

    /// <summary>No segment has more blocks.</summary>
    public const int BlockCountMax = 1 << 20;

    private const int HashLength = 16;

    /// <summary>Bytes of a whole footer.</summary>
    public static long FooterLength(int blocks) => HeaderLength + (long)blocks * Unsafe.SizeOf<BlockEntry>() + Unsafe.SizeOf<SegmentEnd>();

    /// <summary>XXH3-128 of a header's bytes before its own hash, which are its last 16.</summary>
    internal static Hash128 CheckOf<T>(in T header) where T : unmanaged => Xxh3.Hash128(AsBytes(in header)[..^HashLength]);

    /// <param name="rest">The footer's bytes behind the first 64.</param>
    internal static Hash128 CheckOf(in SegmentFooter footer, ReadOnlySpan<byte> rest)
    {
        Xxh3 hash = new();
        hash.Append(AsBytes(in footer)[..^HashLength]);
        hash.Append(rest);
        return hash.Finish();
    }

    internal static ReadOnlySpan<byte> AsBytes<T>(in T part) where T : unmanaged => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in part, 1));
}
