using System.Numerics;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class ProportionTests
{
    [Theory]
    [InlineData(5, 1, 2, 2)]        // 2.5: half goes to even
    [InlineData(7, 1, 2, 4)]        // 3.5
    [InlineData(-5, 1, 2, -2)]
    [InlineData(-7, 1, 2, -4)]
    [InlineData(10, 1, 3, 3)]
    [InlineData(11, 1, 3, 4)]
    [InlineData(0, 7, 9, 0)]
    [InlineData(9, 0, 9, 0)]
    public void Rounds_half_to_even(long value, long part, long whole, long expected) => Assert.Equal(expected, Proportion.RoundHalfEven(value, part, whole));

    [Fact]
    public void Equals_big_integers_for_products_of_192_bits()
    {
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            long whole = random.NextInt64(1, long.MaxValue) >> random.Next(62) | 1;
            long part = random.NextInt64(0, whole) + (random.Next(20) == 0 ? 1 : 0);
            Int128 value = new(random.NextUInt64() >> 2 >> random.Next(62), random.NextUInt64());
            if (random.Next(2) == 0) value = -value;
            BigInteger expected = RoundHalfEven((BigInteger)value * part, whole);
            Assert.True(expected == Proportion.RoundHalfEven(value, part, whole), $"seed {seed}: {value} × {part} / {whole}");
        }
    }

    [Fact]
    public void A_quotient_equals_big_integers()
    {
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            Int128 by = new Int128(random.NextUInt64() >> 3, random.NextUInt64()) >> random.Next(120) | 1;
            Int128 value = new Int128(random.NextUInt64() >> 2, random.NextUInt64()) >> random.Next(120);
            if (random.Next(4) == 0) (value, by) = ((value >> 3) / 2 * 3, Int128.Max((value >> 3) / 2 * 2, 1));      // halves
            if (random.Next(2) == 0) value = -value;
            Assert.True(RoundHalfEven(value, by) == Proportion.QuotientHalfEven(value, by), $"seed {seed}: {value} / {by}");
        }
    }

    internal static BigInteger RoundHalfEven(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(value), by, out BigInteger rest);
        int half = (rest * 2).CompareTo(by);
        if (half > 0 || (half == 0 && !quotient.IsEven)) quotient++;
        return value.Sign < 0 ? -quotient : quotient;
    }
}
