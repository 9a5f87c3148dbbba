namespace Fathom.Analytics.Statistics;

/// <summary>The population stability index: how differently a second sample fills the quantile bins of a first.</summary>
public static class PopulationStability
{
    public const int Bins = 10;

    /// <summary>Share of a bin that is empty: its logarithm would be infinite.</summary>
    public const double ShareMin = 0.0001;

    /// <summary>Σ (q − p) ln(q/p) over the bins; p and q are the shares of the first and the second sample, at least <see cref="ShareMin"/>. Below 0.1 hardly anything, above 0.25 a great deal, by usage.</summary>
    /// <param name="first">Ascending, no NaN.</param>
    /// <param name="second">Ascending, no NaN.</param>
    /// <returns>0 or more; NaN where one is empty.</returns>
    /// <remarks>Bins are (edge before, edge], edges the deciles of the first sample; of equal deciles there is one.</remarks>
    public static double Index(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty) return double.NaN;
        double index = 0;
        int firstBefore = 0, secondBefore = 0;
        for (int bin = 1; bin <= Bins; bin++)
        {
            double edge = bin == Bins ? double.PositiveInfinity : Quantiles.Of(first, (double)bin / Bins);
            if (bin < Bins - 1 && Quantiles.Of(first, (bin + 1.0) / Bins) == edge) continue;
            int firstUpTo = CountUpTo(first, edge), secondUpTo = CountUpTo(second, edge);
            double p = Math.Max((double)(firstUpTo - firstBefore) / first.Length, ShareMin), q = Math.Max((double)(secondUpTo - secondBefore) / second.Length, ShareMin);
            index += (q - p) * Math.Log(q / p);
            (firstBefore, secondBefore) = (firstUpTo, secondUpTo);
        }
        return index;
    }

    private static int CountUpTo(ReadOnlySpan<double> sorted, double edge)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] <= edge) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
