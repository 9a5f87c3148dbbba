using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;

namespace Fathom.Domain.Messages;

/// <summary>Closes a carry-over: 48 bytes. Without it the block is not whole.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarryOverEnds
{
    public MessageHeader Header;
    /// <summary>As <see cref="CarryOverBegins.Count"/>.</summary>
    public uint Count;
    private uint _reserved0;
    /// <summary>XXH3-128 over the bytes of all messages before this one, the upper half.</summary>
    public ulong HashHigh;
    public ulong HashLow;

    public readonly Hash128 Hash => new(HashHigh, HashLow);
}
