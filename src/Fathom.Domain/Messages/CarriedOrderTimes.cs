using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>When orders and replacements left that still count for the order rate, as a carry-over has them: 1,056 bytes. More than fit make several messages, oldest first.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedOrderTimes
{
    public MessageHeader Header;
    /// <summary>How many of <see cref="Times"/> are stated.</summary>
    public ushort Count;
    private ushort _reserved0;
    private uint _reserved1;
    /// <summary>The engine's clock, oldest first.</summary>
    public CarriedTimes Times;
}
