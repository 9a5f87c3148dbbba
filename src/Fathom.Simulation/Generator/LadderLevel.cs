namespace Fathom.Simulation.Generator;

/// <summary>The FIFO queue at one price.</summary>
internal struct LadderLevel
{
    /// <summary>See <see cref="RestingOrder.Key"/>.</summary>
    public int Key;
    public int Count;
    public int Head;
    public int Tail;
    public long Quantity;
}
