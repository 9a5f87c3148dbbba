using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;

namespace Fathom.Domain.Segments;

/// <summary>The 64 bytes before the messages of a block. Little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct BlockHeader
{
    /// <summary>"FTHMBLCK".</summary>
    public const ulong MagicOfBlocks = 0x4B434C42_4D485446;

    public ulong Magic;
    /// <summary>Bytes that follow; less than <see cref="ContentLength"/> where the block is compressed, else equal to it.</summary>
    public int StoredLength;
    /// <summary>Bytes of messages.</summary>
    public int ContentLength;
    /// <summary>Number of the block's first message.</summary>
    public long FirstMessage;
    public int MessageCount;
    private int _reserved;
    /// <summary>XXH3-128 of the bytes that follow, as they are stored: they are checked before anything is done with them.</summary>
    public Hash128 Stored;
    /// <summary>XXH3-128 of the bytes before it.</summary>
    public Hash128 Check;
}
