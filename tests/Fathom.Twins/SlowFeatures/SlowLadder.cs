namespace Fathom.Twins.SlowFeatures;

/// <summary>A book after an event, best levels first.</summary>
public sealed record SlowLadder(bool IsStale, IReadOnlyList<(decimal Price, decimal Quantity)> Bids, IReadOnlyList<(decimal Price, decimal Quantity)> Asks)
{
    /// <summary>Not stale, and no bid at or above an ask.</summary>
    public bool IsOrdered => !IsStale && (Bids.Count == 0 || Asks.Count == 0 || Bids[0].Price < Asks[0].Price);

    /// <summary>Ordered, with both sides.</summary>
    public bool IsSound => IsOrdered && Bids.Count > 0 && Asks.Count > 0;

    public decimal Mid => (Bids[0].Price + Asks[0].Price) / 2;
}
