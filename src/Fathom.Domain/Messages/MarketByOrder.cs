using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>One change of one order in a venue's book: 64 bytes, one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct MarketByOrder
{
    public MessageHeader Header;
    /// <summary>The venue's order id, unique per instrument.</summary>
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
