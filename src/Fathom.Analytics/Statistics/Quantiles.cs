namespace Fathom.Analytics.Statistics;

/// <summary>Quantiles of a whole sample.</summary>
public static class Quantiles
{
    /// <summary>Between order statistics on a straight line (type 7 of Hyndman and Fan 1996, which R and NumPy use).</summary>
    /// <param name="sorted">Ascending, no NaN.</param>
    /// <param name="share">0 to 1.</param>
    /// <returns>NaN of nothing.</returns>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty) return double.NaN;
        double at = share * (sorted.Length - 1);
        int below = Math.Min((int)at, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] == sorted[above] ? sorted[below] : sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
