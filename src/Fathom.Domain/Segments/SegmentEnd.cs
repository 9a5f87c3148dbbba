using System.Runtime.InteropServices;

namespace Fathom.Domain.Segments;

/// <summary>The last 16 bytes of a whole segment: by them its index is found from the end. Little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct SegmentEnd
{
    /// <summary>"FTHMDONE".</summary>
    public const ulong MagicOfEnds = 0x454E4F44_4D485446;

    /// <summary>Bytes from the footer's first to the segment's last.</summary>
    public long FooterLength;
    public ulong Magic;
}
