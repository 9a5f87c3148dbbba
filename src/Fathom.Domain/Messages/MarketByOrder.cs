using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>One change of one order in a venue's book, or, by its flags, of a whole level or of the best price of a side; or a trade: 64 bytes, one cache line.</summary>
/// <remarks>
/// So market-by-price data, quotes and trades are the same messages and fill the same book. A message flagged <see cref="BookFlags.Aggregated"/> states what stands at a price
/// from now on (add or modify; zero takes the level away), one flagged <see cref="BookFlags.TopOfBook"/> what the whole side is (no price: empty).
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct MarketByOrder
{
    public MessageHeader Header;
    /// <summary>The venue's order id, unique per instrument. Of levels and trades whatever number the source gives them.</summary>
    public ulong OrderId;
    /// <summary><see cref="Values.Price.None"/> where the action has none.</summary>
    public Price Price;
    /// <summary>Never negative. The order's quantity, or for a cancel, trade or fill the quantity that left or traded.</summary>
    public Quantity Quantity;
    public BookFlags Flags;
    public BookAction Action;
    public Side Side;
    public byte Channel;
    /// <summary>The venue's packet sequence on that channel.</summary>
    public uint Sequence;
    /// <summary>Nanoseconds between the venue's send time and the receive time.</summary>
    public int SendDelta;
    /// <summary>Where a catalog has resolved the order id: its slot. Zero otherwise; never hashed.</summary>
    public uint SlotHint;

    public readonly bool IsLast => (Flags & BookFlags.Last) != 0;
}
