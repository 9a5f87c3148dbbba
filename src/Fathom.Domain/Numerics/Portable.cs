namespace Fathom.Domain.Numerics;

/// <summary>Elementary functions whose results have the same bits on every machine. The C library's, to which <see cref="Math"/> hands on, choose their code by the
/// processor and differ in the last place; a backtest that used them could not be repeated elsewhere.</summary>
/// <remarks>Only + − × and integers are used, each rounded as IEEE 754 says; C# neither contracts nor reorders them. Special values are those of <see cref="Math"/>.</remarks>
public static class Portable
{
    private const double QuarterPi = 0.7853981633974483;
    private const double TinyAngle = 7.450580596923828e-09;            // 2^-27: below it sin x rounds to x and cos x to 1
    private const double HugeExponent = 36_893_488_147_419_103_232.0;  // 2^65: beyond it every power but ±1 over- or underflows
    private const double TinyExponent = 8.470329472543003e-22;         // 2^-70: below it every power rounds to 1

    /// <summary>e^x, error below 0.53 ulp (0.8 where the result is subnormal); 0 below −745.14, infinity above 709.79, NaN for NaN.</summary>
    public static double Exp(double x) => ExpKernel.Exp(x, 0);

    /// <summary>Natural logarithm, error below 0.51 ulp; −infinity for zero, NaN for negative numbers and NaN.</summary>
    public static double Log(double x)
    {
        if (x > 0 && x < double.PositiveInfinity) return LogKernel.Log(x).High;
        return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
    }

    /// <summary>x^y, error below 0.6 ulp (0.8 where the result is subnormal). Special cases as IEEE 754 has them: x^0 = 1^y = 1 even for NaN, a negative x needs an integer y.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1) return 1;
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;

        bool isOdd = IsOddInteger(y);
        double sign = x < 0 && isOdd ? -1 : 1;
        double magnitude = Math.Abs(x);
        if (magnitude == 0 || double.IsInfinity(magnitude)) return PowerOfLimit(x, y, isOdd);
        if (x < 0 && !double.IsInfinity(y) && y != Math.Floor(y)) return double.NaN;
        if (magnitude == 1 || Math.Abs(y) < TinyExponent) return sign;
        if (Math.Abs(y) >= HugeExponent) return magnitude > 1 == y > 0 ? double.PositiveInfinity : 0;      // such a y is even

        DoubleDouble log = LogKernel.Log(magnitude);
        DoubleDouble power = DoubleDouble.Product(y, log.High);
        return sign * ExpKernel.Exp(power.High, power.Low + y * log.Low);
    }

    /// <summary>Sine of an angle in radians; NaN for what is not finite. See <see cref="SinCos"/>.</summary>
    public static double Sin(double x) => SinCos(x).Sin;

    /// <summary>Cosine of an angle in radians; NaN for what is not finite. See <see cref="SinCos"/>.</summary>
    public static double Cos(double x) => SinCos(x).Cos;

    /// <summary>Sine and cosine of an angle in radians of any size, error below 0.8 ulp each; NaN for infinities and NaN.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < TinyAngle) return (x, 1);
        if (magnitude <= QuarterPi) return SinCosNearZero(x, 0);
        if (!(magnitude < double.PositiveInfinity)) return (double.NaN, double.NaN);

        (int quadrant, DoubleDouble remainder) = AngleReduction.Reduce(x);
        (double sin, double cos) = SinCosNearZero(remainder.High, remainder.Low);
        return quadrant switch { 0 => (sin, cos), 1 => (cos, -sin), 2 => (-sin, -cos), _ => (-cos, sin) };
    }

    /// <summary>Taylor polynomials of sine and cosine at x + low, |x| ≤ π/4: truncated below 0.02 ulp, the leading terms added last.</summary>
    private static (double Sin, double Cos) SinCosNearZero(double x, double low)
    {
        double square = x * x;
        double sinTail = 1.0 / 120 + square * (-1.0 / 5040 + square * (1.0 / 362_880 + square * (-1.0 / 39_916_800 +
            square * (1.0 / 6_227_020_800 + square * (-1.0 / 1_307_674_368_000 + square * (1.0 / 355_687_428_096_000))))));
        double cube = square * x;
        double sin = x + (low + (cube * (square * sinTail - 1.0 / 6) - 0.5 * square * low));

        double cosTail = 1.0 / 24 + square * (-1.0 / 720 + square * (1.0 / 40_320 + square * (-1.0 / 3_628_800 +
            square * (1.0 / 479_001_600 + square * (-1.0 / 87_178_291_200 + square * (1.0 / 20_922_789_888_000))))));
        double half = 0.5 * square;
        double cosHigh = 1 - half;
        double cos = cosHigh + (((1 - cosHigh) - half) + (square * square * cosTail - x * low));
        return (sin, cos);
    }

    /// <summary>Powers of ±0 and ±infinity.</summary>
    private static double PowerOfLimit(double x, double y, bool isOdd)
    {
        double magnitude = x == 0 == y > 0 ? 0 : double.PositiveInfinity;
        return isOdd && double.IsNegative(x) ? -magnitude : magnitude;
    }

    private static bool IsOddInteger(double y)
    {
        if (!(Math.Abs(y) < 9_007_199_254_740_992)) return false;       // from 2^53 on all doubles are even
        long integer = (long)y;
        return integer == y && (integer & 1) != 0;
    }
}
