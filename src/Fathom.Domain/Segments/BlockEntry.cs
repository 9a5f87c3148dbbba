using System.Runtime.InteropServices;

namespace Fathom.Domain.Segments;

/// <summary>A block in a segment's index: 32 bytes, little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct BlockEntry
{
    /// <summary>Of the block's header, in bytes from the segment's start.</summary>
    public long Offset;
    public long FirstMessage;
    public int MessageCount;
    public int ContentLength;
    public int StoredLength;
    private int _reserved;
}
