namespace Fathom.Market.Books;

/// <summary>One price of one side.</summary>
internal sealed class PlainLevel
{
    public long Total { get; set; }

    /// <summary>The part of the total that came as a level, not as orders; it stands before all orders.</summary>
    public long Aggregated { get; set; }

    public LinkedList<PlainOrder> Queue { get; } = [];
}
