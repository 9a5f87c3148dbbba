namespace Fathom.Engine.Features.Sliding;

/// <summary>Numbers against their places 0, 1, 2, … in the row.</summary>
/// <param name="Mean">Measured from the origin.</param>
/// <param name="Products">Σ(place − mean place)(x − mean).</param>
internal readonly record struct TrendTotal(double Count, double Mean, double Products) : ITotal<TrendTotal, double>
{
    public static TrendTotal Of(in double sample, in double origin) => new(1, sample - origin, 0);

    /// <summary>The mean places of the parts are half of all places apart.</summary>
    public static TrendTotal Merge(in TrendTotal older, in TrendTotal newer)
    {
        double count = older.Count + newer.Count, difference = newer.Mean - older.Mean;
        return new TrendTotal(count, older.Mean + difference * (newer.Count / count), older.Products + newer.Products + older.Count * newer.Count * difference / 2);
    }

    /// <summary>Of the line of least squares; there are two samples or more.</summary>
    public double Slope => Products / (Count * (Count * Count - 1) / 12);
}
