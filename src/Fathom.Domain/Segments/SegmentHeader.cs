using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;

namespace Fathom.Domain.Segments;

/// <summary>The first 64 bytes of a segment. Little-endian. A layout never changes under its version.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct SegmentHeader
{
    /// <summary>"FTHMSEGM".</summary>
    public const ulong MagicOfSegments = 0x4D474553_4D485446;

    /// <summary>1 stored blocks as zstd frames.</summary>
    public const uint VersionOfSegments = 2;

    public ulong Magic;
    public uint Version;
    public SegmentKind Kind;
    private byte _reserved0;
    private ushort _reserved1;
    /// <summary>Names the run: the first 64 bits of its configuration's hash.</summary>
    public ulong JournalId;
    /// <summary>Number of the segment's first message: 1, 2, 3 … over all segments of a kind.</summary>
    public long FirstMessage;
    /// <summary>Number of the segment: 1, 2, 3 … of its kind.</summary>
    public int Number;
    private int _reserved2;
    private long _reserved3;
    /// <summary>XXH3-128 of the bytes before it.</summary>
    public Hash128 Check;
}
