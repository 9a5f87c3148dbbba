namespace Fathom.Domain.Numerics;

/// <summary>e to a power given as a sum of two doubles.</summary>
/// <remarks>x = (32·k + j)·ln2/32 + r with |r| ≤ ln2/64, so e^x = 2^k · 2^(j/32) · e^r; e^r − 1 is its Taylor polynomial of degree 7 (truncation below 2^-67),
/// small enough beside the tabulated 2^(j/32) that its rounding errors cost about a fiftieth of an ulp.</remarks>
internal static class ExpKernel
{
    /// <summary>Beyond these every result is infinite or zero; inside, 32·x/ln2 fits an int.</summary>
    private const double PowerMax = 710, PowerMin = -746;

    private const double StepsPerUnit = 46.16624130844683;                                   // 32/ln2
    private const double StepHigh = 0.021660849392446835, StepLow = 5.145609244655338e-14;    // ln2/32; the first has 36 bits, so k·StepHigh is exact

    /// <summary>Adding and taking away 1.5·2^52 rounds to the nearest integer, ties to even.</summary>
    private const double IntegerRounder = 6_755_399_441_055_744;

    /// <summary>e^(high + low), |low| ≤ ulp(high); rounded once to a subnormal, to zero or to infinity where the range ends. NaN stays.</summary>
    public static double Exp(double high, double low)
    {
        if (!(high < PowerMax)) return double.IsNaN(high) ? high : double.PositiveInfinity;
        if (high < PowerMin) return 0;

        double steps = (high * StepsPerUnit + IntegerRounder) - IntegerRounder;
        double r = ((high - steps * StepHigh) - steps * StepLow) + low;
        double tail = r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040)))))) + r;

        int step = (int)steps;
        ReadOnlySpan<double> powers = RootsOfTwo;
        int entry = (step & 31) * 2;
        double root = powers[entry];
        return Scale(root + (powers[entry + 1] + root * tail), step >> 5);
    }

    /// <summary>value · 2^exponent for a value in [0.9, 2.1], with one rounding.</summary>
    private static double Scale(double value, int exponent)
    {
        if (exponent is > -1020 and < 1022) return value * PowerOfTwo(exponent);

        int half = exponent >> 1;       // the first product is exact, the second rounds
        return value * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);

    /// <summary>2^(j/32), j = 0 … 31: the nearest double, and the nearest double to what is left.</summary>
    private static ReadOnlySpan<double> RootsOfTwo =>
    [
        1.0, 0.0, 1.0218971486541166, 5.109225028973444e-17,
        1.0442737824274138, 8.551889705537965e-17, 1.0671404006768237, -7.899853966841582e-17,
        1.0905077326652577, -3.046782079812471e-17, 1.1143867425958924, 1.0410278456845571e-16,
        1.1387886347566916, 8.912812676025408e-17, 1.1637248587775775, 3.8292048369240935e-17,
        1.189207115002721, 3.982015231465646e-17, 1.215247359980469, -7.712630692681488e-17,
        1.241857812073484, 4.658027591836937e-17, 1.2690509571917332, 2.667932131342186e-18,
        1.2968395546510096, 2.5382502794888315e-17, 1.3252366431597413, -2.8587312100388614e-17,
        1.3542555469368927, 7.70094837980299e-17, 1.383909881963832, -6.770511658794786e-17,
        1.4142135623730951, -9.667293313452913e-17, 1.4451808069770467, -3.0237581349939873e-17,
        1.4768261459394993, -3.483994556892796e-17, 1.5091644275934228, -1.016455327754295e-16,
        1.5422108254079407, 7.949834809697621e-17, 1.5759808451078865, -1.0136916471278304e-17,
        1.6104903319492543, 2.4707192569797888e-17, 1.645755478153965, -1.0125679913674773e-16,
        1.681792830507429, 8.199010020581497e-17, 1.718619298122478, -1.851380418263111e-17,
        1.7562521603732995, 2.960140695448873e-17, 1.7947090750031072, 1.8227458427912087e-17,
        1.8340080864093424, 3.283107224245627e-17, 1.8741676341103, -6.122763413004143e-17,
        1.9152065613971474, -1.0619946056195963e-16, 1.9571441241754002, 8.960767791036668e-17,
    ];
}
