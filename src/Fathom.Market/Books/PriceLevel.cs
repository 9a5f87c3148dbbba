using System.Runtime.InteropServices;

namespace Fathom.Market.Books;

/// <summary>One price of one side of one instrument, with the ends of its queue. 24 bytes. Empty means that <see cref="Quantity"/> is zero.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PriceLevel
{
    /// <summary>Total of the orders, and of what came as an aggregated level (which stands before all orders).</summary>
    public long Quantity;
    /// <summary>Slots of the first and last order; 0 when there is none.</summary>
    public uint Head, Tail;
    /// <summary>How many orders.</summary>
    public int Orders;
    /// <summary>Instrument × 2 + side (0 bid, 1 ask). Stays while the level is empty.</summary>
    public uint Owner;
}
