namespace Fathom.Analytics.Statistics;

/// <summary>Pearson's correlation, and what goes together by it.</summary>
public static class Correlation
{
    /// <summary>Fewer pairs say nothing.</summary>
    public const int PairsMin = 10;

    /// <summary>Over the places where both are known.</summary>
    /// <returns>−1 to 1; NaN under <see cref="PairsMin"/> pairs, or where one is constant.</returns>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = 0, sumY = 0;
        int count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i])) continue;
            sumX += x[i];
            sumY += y[i];
            count++;
        }
        if (count < PairsMin) return double.NaN;
        double meanX = sumX / count, meanY = sumY / count, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i])) continue;
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        // Rounding of the mean is no variation.
        bool isConstant = Math.Sqrt(xx / count) <= 1e-13 * Math.Abs(meanX) || Math.Sqrt(yy / count) <= 1e-13 * Math.Abs(meanY);
        return isConstant ? double.NaN : Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
    }

    /// <summary>Groups of columns that are linked, directly or over others, by correlations whose amount is above the threshold. Groups of one are left out.</summary>
    /// <param name="matrix">Symmetric; NaN links nothing.</param>
    /// <returns>In the order of their first columns, each ascending.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Clusters(double[,] matrix, double threshold)
    {
        int count = matrix.GetLength(0);
        bool[] isTaken = new bool[count];
        List<IReadOnlyList<int>> clusters = [];
        for (int first = 0; first < count; first++)
        {
            if (isTaken[first]) continue;
            List<int> cluster = [first];
            isTaken[first] = true;
            for (int at = 0; at < cluster.Count; at++)
            {
                for (int other = 0; other < count; other++)
                {
                    if (isTaken[other] || !(Math.Abs(matrix[cluster[at], other]) > threshold)) continue;
                    isTaken[other] = true;
                    cluster.Add(other);
                }
            }
            if (cluster.Count > 1) clusters.Add([.. cluster.Order()]);
        }
        return clusters;
    }
}
