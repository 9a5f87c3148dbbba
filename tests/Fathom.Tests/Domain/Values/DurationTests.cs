using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class DurationTests
{
    [Theory]
    [InlineData("0s", 0L, "0s")]
    [InlineData("250us", 250_000L, "250us")]
    [InlineData("250µs", 250_000L, "250us")]
    [InlineData("1.5ms", 1_500_000L, "1500us")]
    [InlineData("1ns", 1L, "1ns")]
    [InlineData("-2ms", -2_000_000L, "-2ms")]
    [InlineData("2m", 120_000_000_000L, "120s")]
    [InlineData("1h", 3_600_000_000_000L, "3600s")]
    [InlineData("2d", 172_800_000_000_000L, "172800s")]
    [InlineData("0.000000001s", 1L, "1ns")]
    [InlineData("106751d", 9_223_286_400_000_000_000L, "9223286400s")]
    [InlineData("9223372036854775807ns", long.MaxValue, "9223372036854775807ns")]
    [InlineData("10000000000ns", 10_000_000_000L, "10s")]
    public void A_number_with_a_unit_is_read_exactly(string text, long nanos, string written)
    {
        Assert.True(Duration.TryParse(text, out Duration duration));
        Assert.Equal(nanos, duration.Nanos);
        Assert.Equal(written, duration.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]                // of what?
    [InlineData("ms")]
    [InlineData("1 ms")]
    [InlineData("1MS")]
    [InlineData("1.5ns")]
    [InlineData("0.0000000001s")]
    [InlineData("1ms2us")]
    [InlineData("1w")]
    [InlineData("--1s")]
    [InlineData("1e3s")]
    [InlineData("106752d")]
    [InlineData("9223372036854775808ns")]
    public void What_is_no_exact_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Text_is_read_back()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            Duration duration = new(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
            if (random.Next(2) == 0) duration = new(duration.Nanos / 1_000_000_000 * 1_000_000_000);
            Assert.True(Duration.TryParse(duration.ToString(), out Duration back) && back == duration, $"seed {seed}: {duration}");
        }
    }

    [Fact]
    public void A_sum_that_does_not_fit_is_an_error()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            Duration left = new(random.NextInt64(long.MinValue, long.MaxValue)), right = new(random.NextInt64(long.MinValue, long.MaxValue));
            BigInteger twin = (BigInteger)left.Nanos + right.Nanos;
            if (twin >= long.MinValue && twin <= long.MaxValue) Assert.True((left + right).Nanos == (long)twin, $"seed {seed}");
            else Assert.Throws<OverflowException>(() => left + right);
        }
        Assert.Throws<OverflowException>(() => Duration.FromMilliseconds(long.MaxValue));
    }
}
