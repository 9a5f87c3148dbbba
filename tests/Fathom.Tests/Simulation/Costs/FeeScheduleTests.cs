using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Costs;

namespace Fathom.Tests.Simulation.Costs;

public class FeeScheduleTests
{
    private const long One = 1_000_000_000;

    [Theory]
    [InlineData("100", "2", 1, "1.5", "0", 30_000_000)]                   // 1.5 bps of 200
    [InlineData("100", "2", 1, "-0.25", "0", -5_000_000)]                 // rebate
    [InlineData("-37.63", "3", 1000, "1", "0", 11_289_000_000)]           // a negative price has a value too
    [InlineData("64.5", "4", 1000, "0", "1.25", 5_000_000_000)]
    [InlineData("64.5", "4", 1000, "0", "-0.1", -400_000_000)]
    [InlineData("0.00001", "0.000000001", 1, "5000", "0", 0)]             // 0.000005 units of 1e-9
    [InlineData("0.5", "0.000000001", 1, "10000", "0", 0)]                // exactly half of the last digit: to even
    [InlineData("1.5", "0.000000001", 1, "10000", "0", 2)]
    public void Fee_is_the_share_of_value_plus_the_amount_per_contract(
        string price, string quantity, long multiplier, string makerBps, string perContract, long expected)
    {
        FeeSchedule fees = new(decimal.Parse(makerBps), 99m, decimal.Parse(perContract));

        long fee = fees.FeeNanos(Price.From(decimal.Parse(price)), Quantity.From(decimal.Parse(quantity)), multiplier * One, Liquidity.Maker);

        Assert.Equal(expected, fee);
    }

    [Fact]
    public void Taker_pays_the_taker_rate()
    {
        FeeSchedule fees = new(0m, 10m, 0m);

        Assert.Equal(One, fees.FeeNanos(Price.From(1_000m), Quantity.Units(1), One, Liquidity.Taker));
        Assert.Equal(0, fees.FeeNanos(Price.From(1_000m), Quantity.Units(1), One, Liquidity.Maker));
    }

    [Fact]
    public void Fee_equals_arithmetic_on_big_integers()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            long price = random.NextInt64(-1L << random.Next(1, 63), 1L << random.Next(1, 63));
            long quantity = random.NextInt64(1, 1L << random.Next(1, 63));
            long multiplier = random.NextInt64(1, 1L << random.Next(1, 63));
            decimal rate = new decimal(random.NextInt64(-10_000 * One, 10_000 * One)) / One;
            FeeSchedule fees = new(rate, 0m, 0m);

            BigInteger product = BigInteger.Abs((BigInteger)price * quantity * multiplier) * new BigInteger(rate * One);
            BigInteger expected = HalfEven(product, BigInteger.Pow(10, 31));

            if (BigInteger.Abs(expected) > long.MaxValue)
                Assert.Throws<OverflowException>(() => fees.FeeNanos(new Price(price), new Quantity(quantity), multiplier, Liquidity.Maker));
            else
                Assert.True(expected == fees.FeeNanos(new Price(price), new Quantity(quantity), multiplier, Liquidity.Maker), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("0.0000000001")]
    [InlineData("10001")]
    [InlineData("-10001")]
    public void Rate_out_of_range_is_refused(string rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeSchedule(decimal.Parse(rate), 0m, 0m));

    private static BigInteger HalfEven(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(value), by, out BigInteger rest);
        int comparison = (rest * 2).CompareTo(by);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven)) quotient++;
        return value.Sign < 0 ? -quotient : quotient;
    }
}
