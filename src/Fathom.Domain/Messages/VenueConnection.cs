using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>The connection to a venue was lost or made again: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct VenueConnection
{
    public MessageHeader Header;
    /// <summary>0 or 1.</summary>
    public byte Connected;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;

    public readonly bool IsConnected => Connected != 0;
}
