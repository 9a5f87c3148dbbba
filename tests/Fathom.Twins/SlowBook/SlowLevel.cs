namespace Fathom.Twins.SlowBook;

/// <summary>One price of one side.</summary>
public sealed class SlowLevel
{
    public long Total { get; set; }

    /// <summary>The part of the total that came as a level, not as orders; it stands before all orders.</summary>
    public long Aggregated { get; set; }

    public LinkedList<SlowOrder> Queue { get; } = [];
}
