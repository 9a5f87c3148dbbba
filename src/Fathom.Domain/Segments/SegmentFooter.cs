using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;

namespace Fathom.Domain.Segments;

/// <summary>The 64 bytes behind a segment's last block; a <see cref="BlockEntry"/> for each block and a <see cref="SegmentEnd"/> follow. Little-endian. A segment that has it is whole.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct SegmentFooter
{
    /// <summary>"FTHMFOOT".</summary>
    public const ulong MagicOfFooters = 0x544F4F46_4D485446;

    public ulong Magic;
    public int BlockCount;
    private int _reserved;
    public long MessageCount;
    /// <summary>Bytes of all messages.</summary>
    public long ContentLength;
    /// <summary>XXH3-128 of all messages, back to back: the same however they were cut into blocks and compressed.</summary>
    public Hash128 Content;
    /// <summary>XXH3-128 of the bytes before it, and of all that follows it.</summary>
    public Hash128 Check;
}
