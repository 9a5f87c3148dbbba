using System.Runtime.CompilerServices;
using Fathom.Domain.Numerics;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// Logarithms of ratios near 1, as those of successive prices are: ln(a / b) = 2 (s + s³/3 + s⁵/5 + …) with s = (a − b) / (a + b). The quotient a / b, rounded, keeps of a return of 1e-11 only five digits; the
/// difference keeps all that the prices have. It is a few times faster, too. Farther from 1 the quotient's own logarithm.
/// </summary>
internal static class LogRatio
{
    private const double Near = 1.0 / 128;      // from the fifth term on the series is below 2^-59 of its first

    /// <summary>ln(a / b), error below 3 ulp near 1.</summary>
    /// <param name="a">Above zero.</param>
    /// <param name="b">Above zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double a, double b)
    {
        double difference = a - b, sum = a + b;
        return Math.Abs(difference) < sum * Near && sum <= double.MaxValue ? Series(difference / sum) : Portable.Log(a / b);
    }

    /// <summary>ln(1 + x), error below 3 ulp near 0.</summary>
    /// <param name="x">Above −1.</param>
    public static double OnePlus(double x)
    {
        double s = x / (2 + x);
        return Math.Abs(s) < Near ? Series(s) : Portable.Log(1 + x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Series(double s)
    {
        double square = s * s;
        return 2 * (s + s * square * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7))));
    }
}
