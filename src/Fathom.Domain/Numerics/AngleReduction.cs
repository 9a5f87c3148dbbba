namespace Fathom.Domain.Numerics;

/// <summary>Takes multiples of π/2 off an angle of any size, exactly as if π had all its digits.</summary>
/// <remarks>Payne and Hanek (1983): x = M·2^E with a 53-bit integer M. Of the binary digits of 2/π only 192 matter: those before them give whole turns, those
/// behind them less than 2^-137. The product with M is integer arithmetic; its two leading bits are the quadrant, the rest is the fraction. The double nearest to
/// a multiple of π/2 leaves a fraction of about 2^-61, so 75 bits of it are right at worst.</remarks>
internal static class AngleReduction
{
    private const double HalfPiHigh = 1.5707963267948966, HalfPiLow = 6.123233995736766e-17;

    /// <summary>x = quadrant·π/2 + remainder (mod 2π), |remainder| ≤ π/4; for a finite |x| of at least 0.5.</summary>
    public static (int Quadrant, DoubleDouble Remainder) Reduce(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        ulong integer = ((ulong)bits & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000;
        int exponent = ((int)(bits >> 52) & 0x7FF) - 1075;
        (ulong high, ulong middle, ulong low) = MultiplyByDigits(integer, exponent);

        // Two bits of quadrant, then the fraction; a fraction of a half or more belongs to the next quadrant, from below.
        bool isBelow = (high & 0x2000_0000_0000_0000) != 0;
        int quadrant = (int)(high >> 62) + (isBelow ? 1 : 0);
        high = (high << 2) | (middle >> 62);
        middle = (middle << 2) | (low >> 62);
        low <<= 2;
        if (isBelow) (high, middle, low) = (~high, ~middle, ~low);      // one unit of 2^-192 short of the negative

        DoubleDouble remainder = TimesHalfPi(high, middle, low);
        if (isBelow != bits < 0) remainder = new DoubleDouble(-remainder.High, -remainder.Low);
        return ((bits < 0 ? -quadrant : quadrant) & 3, remainder);
    }

    /// <summary>integer · 2^exponent · 2/π modulo 4, in units of 2^-190.</summary>
    private static (ulong High, ulong Middle, ulong Low) MultiplyByDigits(ulong integer, int exponent)
    {
        int start = exponent + 62;      // the table has 64 zeros before the point, and the digit of weight 2^(1 - exponent) is the first wanted
        ReadOnlySpan<ulong> digits = TwoOverPi.Slice(start >> 6, 4);
        int shift = start & 63;
        ulong digitsHigh = Window(digits[0], digits[1], shift);
        ulong digitsMiddle = Window(digits[1], digits[2], shift);
        ulong digitsLow = Window(digits[2], digits[3], shift);

        ulong carryLow = Math.BigMul(integer, digitsLow, out ulong low);
        ulong carryMiddle = Math.BigMul(integer, digitsMiddle, out ulong middle);
        middle += carryLow;
        if (middle < carryLow) carryMiddle++;
        return (integer * digitsHigh + carryMiddle, middle, low);
    }

    private static ulong Window(ulong first, ulong second, int shift) => shift == 0 ? first : (first << shift) | (second >> (64 - shift));

    /// <summary>The 192-bit fraction, below a half, times π/2.</summary>
    private static DoubleDouble TimesHalfPi(ulong high, ulong middle, ulong low)
    {
        int zeros = 0;
        if (high == 0)
        {
            (high, middle) = (middle, low);
            zeros = 64;
        }
        int shift = System.Numerics.BitOperations.LeadingZeroCount(high);
        high = Window(high, middle, shift);
        middle = Window(middle, low, shift);
        zeros += shift;

        double scale = BitConverter.Int64BitsToDouble((long)(1023 - 53 - zeros) << 52);
        double first = (long)(high >> 11) * scale;                                                       // 53 bits, then 53 bits more
        double second = (long)(((high & 0x7FF) << 42) | (middle >> 22)) * (scale * 1.1102230246251565e-16);
        DoubleDouble product = DoubleDouble.Product(first, HalfPiHigh);
        return DoubleDouble.Sum(product.High, product.Low + (first * HalfPiLow + second * HalfPiHigh));
    }

    /// <summary>2/π: 64 zeros before the binary point, then 1,216 digits.</summary>
    private static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0x0000000000000000, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041,
        0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E,
        0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B,
        0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D,
        0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB,
    ];
}
