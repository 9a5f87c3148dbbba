using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>The mark of an instrument moved: the best prices of its book after a complete venue event, bid below or at ask, the book not stale. 104 bytes,
/// published for instruments that ever had an order of ours, starting with the mark at the first order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct QuoteEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    public Price Bid;
    public Quantity BidQuantity;
    public Price Ask;
    public Quantity AskQuantity;
}
