using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class VolumeTests
{
    [Fact]
    public void A_sum_of_largest_quantities_does_not_overflow()
    {
        Volume sum = default;
        for (int i = 0; i < 1_000; i++) sum += new Quantity(long.MaxValue - 1);
        Assert.Equal((BigInteger)(long.MaxValue - 1) * 1_000, (BigInteger)sum.Nanos);
        Assert.Equal("9223372036854.775806", sum.ToString());
    }

    [Fact]
    public void Text_agrees_with_the_decimal_twin()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            Int128 nanos = (Int128)random.NextInt64(long.MinValue, long.MaxValue) * random.NextInt64(1, 1 << 20) >> random.Next(100);
            for (int zeros = random.Next(10); zeros > 0; zeros--) nanos = nanos / 10 * 10;
            string text = new Volume(nanos).ToString();
            Assert.True(decimal.Parse(text) == (decimal)(BigInteger)nanos / 1_000_000_000m, $"seed {seed}: {text}");
            Assert.False(text.Contains('.', StringComparison.Ordinal) && text.EndsWith('0'), $"seed {seed}: {text}");
        }
    }

    [Theory]
    [InlineData(-1, "-0.000000001")]
    [InlineData(-1_500_000_000, "-1.5")]
    [InlineData(0, "0")]
    [InlineData(9_892_000_000_000, "9892")]
    public void Small_and_negative_sums_keep_their_sign(long nanos, string text) => Assert.Equal(text, new Volume(nanos).ToString());
}
