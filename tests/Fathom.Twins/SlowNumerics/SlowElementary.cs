using System.Numerics;

namespace Fathom.Twins.SlowNumerics;

/// <summary>Elementary functions by their series in big integers, to some 250 bits: obvious, and about a thousand times slower than a double needs.</summary>
public static class SlowElementary
{
    private const int Bits = 400;               // of the fraction, where values are of ordinary size
    private const int AngleBits = 1500;         // enough to take multiples of π/2 off 2^1024

    private static readonly BigInteger Ln2 = LogOfFixed((BigInteger)2 << Bits);
    private static readonly BigInteger HalfPi = 2 * (4 * ArcTangentOfInverse(5, AngleBits) - ArcTangentOfInverse(239, AngleBits));      // Machin: π/4 = 4·atan(1/5) − atan(1/239)

    public static SlowReal Exp(double x) => ExpOfFixed(SlowReal.From(x).ToFixed(Bits));

    /// <summary>For x above zero.</summary>
    public static SlowReal Log(double x) => new(LogToFixed(x), -Bits);

    /// <summary>For x above zero and a power of ordinary size.</summary>
    public static SlowReal Pow(double x, double y)
    {
        SlowReal exponent = SlowReal.From(y);
        return ExpOfFixed(new SlowReal(LogToFixed(x) * exponent.Mantissa, exponent.Exponent).ToFixed(0));
    }

    public static SlowReal Sin(double x) => SinOfQuadrants(x, 0);

    public static SlowReal Cos(double x) => SinOfQuadrants(x, 1);

    /// <summary>e^(2^k·r) = (e^r)^(2^k) after whole powers of two are taken out.</summary>
    private static SlowReal ExpOfFixed(BigInteger x)
    {
        const int Halvings = 8;
        BigInteger doublings = FloorDivide(x, Ln2);
        BigInteger r = (x - doublings * Ln2) >> Halvings;
        BigInteger sum = BigInteger.One << Bits, term = sum;
        for (int n = 1; !term.IsZero; n++)
        {
            term = (term * r >> Bits) / n;
            sum += term;
        }
        for (int i = 0; i < Halvings; i++) sum = sum * sum >> Bits;
        return new SlowReal(sum, (int)doublings - Bits);
    }

    private static BigInteger LogToFixed(double x)
    {
        int exponent = Math.ILogB(x);
        if (Math.ScaleB(x, -exponent) > 1.5) exponent++;        // leaves a mantissa in [0.75, 1.5], so that nothing cancels around 1
        SlowReal exact = SlowReal.From(x);
        return exponent * Ln2 + LogOfFixed(new SlowReal(exact.Mantissa, exact.Exponent - exponent).ToFixed(Bits));
    }

    /// <summary>ln m = 2·artanh((m − 1)/(m + 1)).</summary>
    private static BigInteger LogOfFixed(BigInteger m)
    {
        BigInteger one = BigInteger.One << Bits;
        BigInteger s = ((m - one) << Bits) / (m + one), square = s * s >> Bits, sum = BigInteger.Zero;
        for (int n = 1; !s.IsZero; n += 2)
        {
            sum += s / n;
            s = Shrink(s * square, Bits);
        }
        return 2 * sum;
    }

    /// <summary>sin(x + quadrants·π/2).</summary>
    private static SlowReal SinOfQuadrants(double x, int quadrants)
    {
        BigInteger angle = SlowReal.From(x).ToFixed(AngleBits);
        BigInteger turns = FloorDivide(2 * angle + HalfPi, 2 * HalfPi);
        BigInteger r = angle - turns * HalfPi;
        int quadrant = (int)(((turns + quadrants) % 4 + 4) % 4);
        BigInteger value = (quadrant & 1) == 0 ? Alternating(r, r, 1) : Alternating(r, BigInteger.One << AngleBits, 0);
        return new SlowReal(quadrant >= 2 ? -value : value, -AngleBits);
    }

    /// <summary>first − first·r²/(n+1)(n+2) + …: sine from r and 1, cosine from 1 and 0.</summary>
    private static BigInteger Alternating(BigInteger r, BigInteger first, int n)
    {
        BigInteger square = r * r >> AngleBits, sum = BigInteger.Zero;
        for (BigInteger term = first; !term.IsZero; n += 2)
        {
            sum += term;
            term = -Shrink(term * square, AngleBits) / ((n + 1) * (n + 2));
        }
        return sum;
    }

    private static BigInteger ArcTangentOfInverse(int n, int bits)
    {
        BigInteger power = (BigInteger.One << bits) / n, sum = BigInteger.Zero;
        for (int i = 1; !power.IsZero; i += 2)
        {
            sum += (i & 2) == 0 ? power / i : -power / i;
            power /= n * n;
        }
        return sum;
    }

    /// <summary>Divides by 2^bits toward zero, where a shift of a negative number would stop at −1.</summary>
    private static BigInteger Shrink(BigInteger value, int bits) => value.Sign < 0 ? -(-value >> bits) : value >> bits;

    private static BigInteger FloorDivide(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(value, by, out BigInteger remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
