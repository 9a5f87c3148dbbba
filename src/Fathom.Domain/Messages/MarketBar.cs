using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A bar of the data is over (<see cref="MessageType.MarketBar"/>). Its event time is the end of its interval, its receive time when it became known, the end or later;
/// before it came the <see cref="BarOpened"/> of the same interval. 104 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct MarketBar
{
    public MessageHeader Header;
    /// <summary>Where its interval begins.</summary>
    public Timestamp OpenTime;
    /// <summary>Length of the interval as the data states it: one day for daily bars, whatever the session.</summary>
    public Duration Span;
    public Price Open;
    /// <summary>Not below open, low and close: a reader refuses or skips, and counts, bars that contradict themselves.</summary>
    public Price High;
    public Price Low;
    public Price Close;
    /// <summary>Traded quantity; of bids and asks the quantity at the best price at the end; zero where the data states none.</summary>
    public Volume Volume;
    /// <summary>Trades; 0 where the data states none.</summary>
    public long Count;
    public BarPrice Of;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;
}
