namespace Fathom.Analytics.Statistics;

/// <summary>How far the distributions of two samples are apart.</summary>
/// <param name="Distance">Largest difference of their empirical distribution functions, 0 to 1; NaN where one is empty.</param>
/// <param name="Probability">Of a distance as large by chance, if both were independent draws of one distribution. Samples that depend on those before them make it too small.</param>
public readonly record struct KolmogorovSmirnov(double Distance, double Probability)
{
    private const int TermsMax = 100;

    /// <param name="first">Ascending, no NaN.</param>
    /// <param name="second">Ascending, no NaN.</param>
    /// <remarks>Source of the probability: Stephens (1970), the asymptotic series at (√n + 0.12 + 0.11/√n) D with n = n₁n₂/(n₁ + n₂).</remarks>
    public static KolmogorovSmirnov Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty) return new(double.NaN, double.NaN);
        double distance = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value) i++;      // all that are equal are one step
            while (j < second.Length && second[j] <= value) j++;
            distance = Math.Max(distance, Math.Abs((double)i / first.Length - (double)j / second.Length));
        }
        double root = Math.Sqrt((double)first.Length * second.Length / (first.Length + (double)second.Length));
        return new(distance, Tail((root + 0.12 + 0.11 / root) * distance));
    }

    /// <summary>2 Σ (−1)^(k−1) e^(−2k²x²).</summary>
    private static double Tail(double x)
    {
        if (x < 0.2) return 1;      // to fifteen digits, and the series does not end there
        double sum = 0, sign = 1;
        for (int k = 1; k <= TermsMax; k++)
        {
            double term = Math.Exp(-2.0 * k * k * x * x);
            sum += sign * term;
            sign = -sign;
            if (term < 1e-17) break;
        }
        return Math.Clamp(2 * sum, 0, 1);
    }
}
