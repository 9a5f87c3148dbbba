using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>A time at which the engine wanted to be woken has come: 24 bytes. Its receive time is that time, or later when nobody could wake it before.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct TimeReached
{
    public MessageHeader Header;
}
