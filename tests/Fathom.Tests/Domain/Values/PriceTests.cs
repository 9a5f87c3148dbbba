using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class PriceTests
{
    [Theory]
    [InlineData("0", 0L, "0.00")]
    [InlineData("-0", 0L, "0.00")]
    [InlineData("4810.25", 4_810_250_000_000L, "4810.25")]
    [InlineData("+4810.5", 4_810_500_000_000L, "4810.50")]
    [InlineData("-37.63", -37_630_000_000L, "-37.63")]
    [InlineData("-0.000000001", -1L, "-0.000000001")]
    [InlineData("0.1234567890000", 123_456_789L, "0.123456789")]
    [InlineData(".5", 500_000_000L, "0.50")]
    [InlineData("5.", 5_000_000_000L, "5.00")]
    [InlineData("0000000000000000000000007", 7_000_000_000L, "7.00")]
    [InlineData("9223372036.854775806", long.MaxValue - 1, "9223372036.854775806")]
    [InlineData("-9223372036.854775808", long.MinValue, "-9223372036.854775808")]
    public void Decimal_text_is_read_exactly(string text, long nanos, string written)
    {
        Assert.True(Price.TryParse(text, out Price price));
        Assert.Equal(nanos, price.Nanos);
        Assert.Equal(written, price.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("NaN")]
    [InlineData("0.0000000001")]
    [InlineData("9223372036.854775807")]      // the bits that mean "no price"
    [InlineData("9223372036.854775808")]
    [InlineData("-9223372036.854775809")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("٣")]
    public void What_is_no_price_is_refused(string text)
    {
        Assert.False(Price.TryParse(text, out Price price));
        Assert.True(price.IsNone);
    }

    [Fact]
    public void None_is_written_as_nothing()
    {
        Span<char> room = stackalloc char[4];
        Assert.Equal("", Price.None.ToString());
        Assert.True(Price.None.TryFormat(room, out int written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Text_and_number_agree_with_the_decimal_twin()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Price price = APrice(new Random(seed));
            decimal twin = price.Nanos / 1_000_000_000m;
            Assert.True(price.ToDecimal() == twin, $"seed {seed}");
            Assert.True(Price.From(twin) == price, $"seed {seed}");
            Assert.True(decimal.Parse(price.ToString()) == twin, $"seed {seed}: {price}");
            Assert.True(Price.TryParse(price.ToString(), out Price back) && back == price, $"seed {seed}: {price}");
            Assert.Matches(@"^-?\d+\.\d{2,9}$", price.ToString());
        }
    }

    [Fact]
    public void Formatting_into_any_room_writes_all_or_says_no()
    {
        Span<char> room = stackalloc char[32];
        for (int seed = 0; seed < 500; seed++)
        {
            Price price = APrice(new Random(seed));
            string text = price.ToString();
            for (int length = 0; length <= text.Length; length++)
            {
                bool fits = price.TryFormat(room[..length], out int written);
                Assert.True(fits == (length == text.Length), $"seed {seed}, room {length}");
                if (fits) Assert.Equal(text, room[..written].ToString());
            }
        }
    }

    [Fact]
    public void Sums_products_and_order_agree_with_whole_numbers_of_any_size()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            Price left = APrice(random), right = APrice(random);
            long factor = random.NextInt64(-1000, 1000);
            AssertSame(seed, (BigInteger)left.Nanos + right.Nanos, () => left + right);
            AssertSame(seed, (BigInteger)left.Nanos - right.Nanos, () => left - right);
            AssertSame(seed, (BigInteger)left.Nanos * factor, () => left * factor);
            Assert.Equal(left.Nanos < right.Nanos, left < right);
            Assert.Equal(left.Nanos > right.Nanos, left > right);
            Assert.Equal(left.Nanos <= right.Nanos, left <= right);
            Assert.Equal(left.Nanos >= right.Nanos, left >= right);
            Assert.Equal(left.Nanos.CompareTo(right.Nanos), left.CompareTo(right));
        }
    }

    [Theory]
    [InlineData("0.0000000005", 0L)]
    [InlineData("0.0000000015", 2L)]
    [InlineData("-0.0000000025", -2L)]
    public void A_decimal_between_two_units_goes_to_the_even_one(string value, long nanos) => Assert.Equal(nanos, Price.From(decimal.Parse(value)).Nanos);

    [Theory]
    [InlineData("9223372036.854775807")]      // the bits that mean "no price"
    [InlineData("9223372036.8547758066")]     // rounds to them
    [InlineData("9223372036.854775808")]
    [InlineData("-9223372036.854775809")]
    [InlineData("79228162514264337593543950335")]
    public void A_decimal_out_of_range_is_an_error(string value) => Assert.Throws<OverflowException>(() => Price.From(decimal.Parse(value)));

    [Fact]
    public void No_arithmetic_gives_or_takes_none()
    {
        Price largest = new(long.MaxValue - 1), one = new(1);
        Assert.Throws<OverflowException>(() => largest + one);
        Assert.Throws<OverflowException>(() => largest - new Price(-1));
        Assert.Throws<OverflowException>(() => new Price(long.MaxValue / 7) * 7);
        Assert.Throws<OverflowException>(() => Price.None - one);
        Assert.Throws<OverflowException>(() => new Price(-1) - Price.None);
        Assert.Throws<OverflowException>(() => Price.None * 0);
        Assert.Equal(largest, largest - one + one);
    }

    private static void AssertSame(int seed, BigInteger twin, Func<Price> price)
    {
        if (twin >= long.MinValue && twin < long.MaxValue) Assert.True(price().Nanos == (long)twin, $"seed {seed}");
        else Assert.Throws<OverflowException>(() => price());
    }

    /// <summary>Of every magnitude, with any number of trailing zeros.</summary>
    private static Price APrice(Random random)
    {
        long nanos = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        for (int zeros = random.Next(12); zeros > 0 && Math.Abs((decimal)nanos) < long.MaxValue / 10; zeros--) nanos *= 10;
        return new Price(nanos);
    }
}
