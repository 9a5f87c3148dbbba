namespace Fathom.Domain.Numerics;

/// <summary>erf(x) = 2 ÷ √π ∫ e^(−t²) dt from 0 to x, for x of 0 or more; error below 1e-14.</summary>
internal static class ErrorFunction
{
    private const double TwoByRootPi = 1.1283791670955126;
    private const double One = 6;      // from here on it rounds to 1

    /// <summary>2 ÷ √π × e^(−x²) × Σ 2^n x^(2n+1) ÷ (1 × 3 × … × (2n+1)): no term is below zero, so nothing cancels.</summary>
    /// <remarks>Source: Abramowitz and Stegun 7.1.6.</remarks>
    public static double Of(double x)
    {
        if (!(x < One)) return 1;
        double sum = 0, term = x, twice = 2 * x * x;
        for (int odd = 3; sum + term != sum; odd += 2)      // at most some 130
        {
            sum += term;
            term *= twice / odd;
        }
        return Math.Min(1, TwoByRootPi * Portable.Exp(-x * x) * sum);
    }
}
