namespace Fathom.Analytics.Statistics;

/// <summary>Mean daily return per unit of its deviation, annualized; the risk-free rate is 0.</summary>
/// <remarks>Source: Sharpe (1994), "The Sharpe ratio". The deviation is that of a sample (n − 1).</remarks>
public static class SharpeRatio
{
    public const double DaysPerYearDefault = 252;
    public const int DaysMin = 3;

    /// <summary>A deviation below this part of the largest return is what rounding leaves of a constant one.</summary>
    private const double RoundingPart = 1e-12;

    /// <param name="start">Equity before the first day.</param>
    /// <param name="dayEnds">Equity at the end of each UTC day, oldest first.</param>
    /// <returns>Mean of the simple daily returns ÷ their sample deviation × √<paramref name="daysPerYear"/>; NaN for fewer than three days, for returns that
    /// do not vary, and where equity was not above zero at the beginning of a day, so that the day has no return.</returns>
    public static double Annualized(decimal start, IReadOnlyList<decimal> dayEnds, double daysPerYear = DaysPerYearDefault)
    {
        if (dayEnds.Count < DaysMin) return double.NaN;
        double[] returns = new double[dayEnds.Count];
        decimal before = start;
        for (int day = 0; day < returns.Length; day++)
        {
            if (before <= 0) return double.NaN;
            returns[day] = (double)(dayEnds[day] - before) / (double)before;
            before = dayEnds[day];
        }
        return PerPeriod(returns) * Math.Sqrt(daysPerYear);
    }

    private static double PerPeriod(double[] returns)
    {
        double sum = 0, largest = 0;
        foreach (double value in returns)
        {
            sum += value;
            largest = Math.Max(largest, Math.Abs(value));
        }
        double mean = sum / returns.Length, squares = 0;
        foreach (double value in returns) squares += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(squares / (returns.Length - 1));
        return deviation <= largest * RoundingPart ? double.NaN : mean / deviation;
    }
}
