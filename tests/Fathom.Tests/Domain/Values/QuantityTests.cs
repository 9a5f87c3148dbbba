using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class QuantityTests
{
    [Theory]
    [InlineData("22", 22_000_000_000L, "22")]
    [InlineData("0.015", 15_000_000L, "0.015")]
    [InlineData("0", 0L, "0")]
    [InlineData("-3.50", -3_500_000_000L, "-3.5")]
    [InlineData("9223372036.854775806", long.MaxValue - 1, "9223372036.854775806")]
    public void Text_has_no_trailing_zeros(string text, long nanos, string written)
    {
        Assert.True(Quantity.TryParse(text, out Quantity quantity));
        Assert.Equal(nanos, quantity.Nanos);
        Assert.Equal(written, quantity.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1e3")]
    [InlineData("0.0000000001")]
    [InlineData("9223372036.854775807")]
    [InlineData("10000000000")]
    public void What_is_no_quantity_is_refused(string text)
    {
        Assert.False(Quantity.TryParse(text, out Quantity quantity));
        Assert.True(quantity.IsNone);
    }

    [Fact]
    public void Arithmetic_agrees_with_whole_numbers_of_any_size_and_overflow_is_an_error()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            Quantity left = new(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)), right = new(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
            AssertSame(seed, (BigInteger)left.Nanos + right.Nanos, () => left + right);
            AssertSame(seed, (BigInteger)left.Nanos - right.Nanos, () => left - right);
            AssertSame(seed, -(BigInteger)left.Nanos, () => -left);
            Assert.Equal(Math.Min(left.Nanos, right.Nanos), Quantity.Min(left, right).Nanos);
            Assert.Equal(left.Nanos.CompareTo(right.Nanos), left.CompareTo(right));
            Assert.True(decimal.Parse(left.ToString()) == left.ToDecimal(), $"seed {seed}");
            Assert.True(Quantity.From(left.ToDecimal()) == left, $"seed {seed}");
        }
    }

    [Fact]
    public void Whole_units_beyond_the_range_are_an_error()
    {
        Assert.Equal("9223372036", Quantity.Units(9_223_372_036).ToString());
        Assert.Throws<OverflowException>(() => Quantity.Units(9_223_372_037));
    }

    [Fact]
    public void No_arithmetic_gives_or_takes_none()
    {
        Quantity largest = new(long.MaxValue - 1), one = new(1);
        Assert.Throws<OverflowException>(() => largest + one);
        Assert.Throws<OverflowException>(() => largest - new Quantity(-1));
        Assert.Throws<OverflowException>(() => -new Quantity(-long.MaxValue));
        Assert.Throws<OverflowException>(() => Quantity.None - one);
        Assert.Throws<OverflowException>(() => new Quantity(-1) - Quantity.None);
        Assert.Throws<OverflowException>(() => -Quantity.None);
        Assert.Throws<OverflowException>(() => Quantity.From(9_223_372_036.854775807m));
        Assert.Equal(largest, largest - one + one);
    }

    private static void AssertSame(int seed, BigInteger twin, Func<Quantity> quantity)
    {
        if (twin >= long.MinValue && twin < long.MaxValue) Assert.True(quantity().Nanos == (long)twin, $"seed {seed}");
        else Assert.Throws<OverflowException>(() => quantity());
    }
}
