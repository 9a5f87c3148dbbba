using System.Runtime.InteropServices;

namespace Fathom.Market.Books;

/// <summary>One resting order: half a cache line. Its instrument, side and price are those of its level.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OrderSlot
{
    public ulong Id;
    /// <summary>What is left, above zero.</summary>
    public long Quantity;
    public uint Arrival;
    /// <summary>Number of the level in the <see cref="LevelArena"/>.</summary>
    public int Level;
    /// <summary>Slot of the order behind it in the queue; 0 at the tail. In a free slot, the next free one.</summary>
    public uint Next;
    /// <summary>Slot of the order ahead of it in the queue; 0 at the head.</summary>
    public uint Previous;
}
