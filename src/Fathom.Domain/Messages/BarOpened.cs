using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A bar of the data begins (<see cref="MessageType.BarOpened"/>): its first price, at the beginning of its interval. 48 bytes.</summary>
/// <remarks>For a simulated venue, which can fill at it what was sent before; nobody who decides is to be told, because the trade itself may have come later in the interval. The whole bar
/// follows as a <see cref="MarketBar"/> when it is over. Event and receive time are the beginning of the interval.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct BarOpened
{
    public MessageHeader Header;
    public Price Open;
    /// <summary>Length of the interval as the data states it: one day for daily bars, whatever the session.</summary>
    public Duration Span;
    public BarPrice Of;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;
}
