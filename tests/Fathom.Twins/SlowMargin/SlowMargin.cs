namespace Fathom.Twins.SlowMargin;

/// <summary>Margin by the book: maintenance slice by slice, liquidation by halving the interval until it does not get smaller. Nothing is solved.</summary>
/// <param name="Tiers">From where, lowest first, and in 1/10,000.</param>
/// <param name="FeeBps">For closing.</param>
public sealed record SlowMargin(bool IsInverse, decimal Multiplier, IReadOnlyList<(decimal From, decimal Bps)> Tiers, decimal FeeBps)
{
    private const int Halvings = 200;

    public decimal Notional(decimal quantity, decimal price) => decimal.Abs(quantity) * Multiplier * (IsInverse ? 1 / price : price);

    public decimal Profit(decimal quantity, decimal entry, decimal price) =>
        quantity * Multiplier * (IsInverse ? 1 / entry - 1 / price : price - entry);

    /// <summary>Each slice of the notional at its own rate.</summary>
    public decimal Maintenance(decimal notional)
    {
        decimal sum = 0;
        for (int i = 0; i < Tiers.Count; i++)
        {
            decimal to = i + 1 < Tiers.Count ? decimal.Min(Tiers[i + 1].From, notional) : notional;
            if (to > Tiers[i].From) sum += (to - Tiers[i].From) * Tiers[i].Bps / 10_000;
        }
        return sum;
    }

    /// <summary>What is left at a price of what stands behind the positions, once what they need is taken off.</summary>
    public decimal Left(IReadOnlyList<(decimal Quantity, decimal Entry)> positions, decimal behind, decimal price)
    {
        foreach ((decimal quantity, decimal entry) in positions)
        {
            decimal notional = Notional(quantity, price);
            behind += Profit(quantity, entry, price) - Maintenance(notional) - notional * FeeBps / 10_000;
        }
        return behind;
    }

    /// <summary>The nearest price at which nothing is left, between two bounds; null where there is none. At the mark something is left.</summary>
    public decimal? LiquidationPrice(IReadOnlyList<(decimal Quantity, decimal Entry)> positions, decimal behind, decimal mark, decimal lowest, decimal highest)
    {
        decimal? below = Left(positions, behind, lowest) < 0 ? Halve(positions, behind, mark, lowest) : null;
        decimal? above = Left(positions, behind, highest) < 0 ? Halve(positions, behind, mark, highest) : null;
        if (below is null || above is null) return below ?? above;
        decimal Far(decimal price) => IsInverse ? decimal.Abs(1 / price - 1 / mark) : decimal.Abs(price - mark);
        return Far(below.Value) <= Far(above.Value) ? below : above;
    }

    private decimal Halve(IReadOnlyList<(decimal Quantity, decimal Entry)> positions, decimal behind, decimal alive, decimal dead)
    {
        for (int i = 0; i < Halvings && alive != dead; i++)
        {
            decimal middle = (alive + dead) / 2;
            if (Left(positions, behind, middle) > 0) alive = middle;
            else dead = middle;
        }
        return dead;
    }
}
