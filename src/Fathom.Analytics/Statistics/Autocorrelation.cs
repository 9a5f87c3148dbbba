namespace Fathom.Analytics.Statistics;

/// <summary>How a series goes with itself some places earlier.</summary>
public static class Autocorrelation
{
    /// <summary>Σ (x[t] − m)(x[t−lag] − m) / Σ (x[t] − m)², over what is known; the first sum has fewer terms, as usual.</summary>
    /// <param name="series">In the order of time; NaN where nothing is known.</param>
    /// <param name="lag">Above zero.</param>
    /// <returns>−1 to 1; NaN of a series that is constant or shorter than two more than the lag.</returns>
    public static double Of(ReadOnlySpan<double> series, int lag)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lag);
        double sum = 0;
        int count = 0;
        foreach (double value in series)
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            count++;
        }
        double mean = sum / count, squares = 0, products = 0;
        int pairs = 0;
        for (int t = 0; t < series.Length; t++)
        {
            if (double.IsNaN(series[t])) continue;
            double now = series[t] - mean;
            squares += now * now;
            if (t < lag || double.IsNaN(series[t - lag])) continue;
            products += now * (series[t - lag] - mean);
            pairs++;
        }
        return pairs >= 2 && squares > 0 ? products / squares : double.NaN;
    }
}
