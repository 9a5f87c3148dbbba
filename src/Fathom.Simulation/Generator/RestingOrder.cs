namespace Fathom.Simulation.Generator;

/// <summary>A live order of the generator: 24 bytes, linked into the queue of its level.</summary>
internal struct RestingOrder
{
    public ulong Id;
    /// <summary>Towards the tail of the queue, or the next free slot.</summary>
    public int Next;
    public int Previous;
    /// <summary>Price in ticks, negated for asks: the larger key is the better price on both sides.</summary>
    public int Key;
    /// <summary>Whole units, above zero.</summary>
    public int Quantity;
}
