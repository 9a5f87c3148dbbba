using System.Numerics;

namespace Fathom.Twins.SlowNumerics;

/// <summary>Mantissa · 2^Exponent, exact.</summary>
public readonly record struct SlowReal(BigInteger Mantissa, int Exponent)
{
    /// <summary>A finite double as it is.</summary>
    public static SlowReal From(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) & 0x7FF;
        long mantissa = bits & 0x000F_FFFF_FFFF_FFFF;
        if (exponent > 0) mantissa |= 0x0010_0000_0000_0000;
        return new SlowReal(value < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>The value in units of 2^-bits, rounded down.</summary>
    public BigInteger ToFixed(int bits) => Shift(Mantissa, Exponent + bits);

    /// <summary>How far a double lies from this value, in units of this value's last place as a double. Above the doubles' range only infinity is no error.</summary>
    public double ErrorInUlps(double actual)
    {
        long binade = Mantissa.IsZero ? -2000 : (long)BigInteger.Abs(Mantissa).GetBitLength() + Exponent;
        if (!double.IsFinite(actual)) return binade > 1024 ? 0 : double.PositiveInfinity;
        int ulp = (int)Math.Max(binade - 53, -1074);
        const int Fraction = 60;
        BigInteger difference = ToFixed(Fraction - ulp) - From(actual).ToFixed(Fraction - ulp);
        return Math.Abs((double)difference) / (1L << Fraction);
    }

    private static BigInteger Shift(BigInteger value, int by) => by >= 0 ? value << by : value >> -by;
}
