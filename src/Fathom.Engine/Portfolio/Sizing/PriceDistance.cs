using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>How far one price is from another: in ticks, or in basis points of it. One of the two is above zero; both are zero where none is stated.</summary>
/// <param name="Ticks">Whole ticks of the instrument.</param>
/// <param name="Bps">1/10,000 of the price, with at most nine decimals.</param>
public readonly record struct PriceDistance(long Ticks, decimal Bps)
{
    /// <summary>Basis points from here on are more than any price.</summary>
    public const decimal BpsMax = 1_000_000;

    public bool IsNone => Ticks <= 0 && Bps <= 0;

    /// <summary>So many ticks.</summary>
    /// <param name="ticks">Above zero.</param>
    public static PriceDistance OfTicks(long ticks) => new(ticks, 0);

    /// <summary>So much of the price.</summary>
    /// <param name="bps">Above zero, with at most nine decimals.</param>
    public static PriceDistance OfBps(decimal bps) => new(0, bps);

    /// <summary>In points of price: whole ticks, no more than stated but at least one tick. Beyond all prices it stops at the last one.</summary>
    /// <param name="price">From which it is measured; of any sign.</param>
    /// <param name="tick">Above zero.</param>
    public Price At(Price price, Price tick)
    {
        Int128 points = Ticks > 0 ? (Int128)tick.Nanos * Ticks : Int128.Abs(price.Nanos) * (long)(Bps * Price.Scale) / (10_000L * Price.Scale);
        points -= points % tick.Nanos;
        return new Price((long)Int128.Clamp(points, tick.Nanos, long.MaxValue - 1));
    }
}
