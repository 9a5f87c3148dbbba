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

        long fee = fees.FeeNanos(Price.From(decimal.Parse(price)), Quantity.From(decimal.Parse(quantity)), Terms(multiplier * One), Liquidity.Maker);

        Assert.Equal(expected, fee);
    }

    [Fact]
    public void Taker_pays_the_taker_rate()
    {
        FeeSchedule fees = new(0m, 10m, 0m);

        Assert.Equal(One, fees.FeeNanos(Price.From(1_000m), Quantity.Units(1), Terms(One), Liquidity.Taker));
        Assert.Equal(0, fees.FeeNanos(Price.From(1_000m), Quantity.Units(1), Terms(One), Liquidity.Maker));
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
                Assert.Throws<OverflowException>(() => fees.FeeNanos(new Price(price), new Quantity(quantity), Terms(multiplier), Liquidity.Maker));
            else
                Assert.True(expected == fees.FeeNanos(new Price(price), new Quantity(quantity), Terms(multiplier), Liquidity.Maker), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("50000", "100", 100, "2.5", "0", 50_000)]                 // 10,000 USD at 50,000 = 0.2 coins, 2.5 bps of them
    [InlineData("50000", "100", 100, "-2.5", "0", -50_000)]
    [InlineData("3", "1", 1, "10000", "0", 333_333_333)]                  // a third of a coin
    [InlineData("1.5", "1", 1, "10000", "0", 666_666_667)]
    [InlineData("400000000", "1", 1, "10000", "0", 2)]                    // 2.5 of the last digit: to even
    [InlineData("-400000000", "3", 1, "10000", "0", 8)]                   // 7.5
    [InlineData("50000", "4", 100, "0", "0.000001", 4_000)]               // per contract is in the coin
    public void Fee_of_an_inverse_instrument_is_a_share_of_its_value_in_the_base_coin(
        string price, string quantity, long multiplier, string makerBps, string perContract, long expected)
    {
        FeeSchedule fees = new(decimal.Parse(makerBps), 99m, decimal.Parse(perContract));

        long fee = fees.FeeNanos(
            Price.From(decimal.Parse(price)), Quantity.From(decimal.Parse(quantity)), Terms(multiplier * One, InstrumentKind.Inverse), Liquidity.Maker);

        Assert.Equal(expected, fee);
    }

    [Fact]
    public void Inverse_fee_equals_arithmetic_on_big_integers()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            long price = random.NextInt64(1, 1L << random.Next(1, 63)) * (random.Next(4) == 0 ? -1 : 1);
            long quantity = random.NextInt64(1, 1L << random.Next(1, 63));
            long multiplier = random.NextInt64(1, 1L << random.Next(1, 63));
            decimal rate = new decimal(random.NextInt64(-10_000 * One, 10_000 * One)) / One;
            FeeSchedule fees = new(rate, 0m, 0m);
            InstrumentDefinition terms = Terms(multiplier, InstrumentKind.Inverse);

            BigInteger product = (BigInteger)quantity * multiplier * new BigInteger(rate * One);
            BigInteger expected = HalfEven(product, BigInteger.Abs(price) * BigInteger.Pow(10, 13));

            if (BigInteger.Abs(expected) > long.MaxValue)
                Assert.Throws<OverflowException>(() => fees.FeeNanos(new Price(price), new Quantity(quantity), terms, Liquidity.Maker));
            else
                Assert.True(expected == fees.FeeNanos(new Price(price), new Quantity(quantity), terms, Liquidity.Maker), $"seed {seed}");
        }
    }

    /// <summary>Where it says that the fee fits, it does; and it says so of every fee well below the bound.</summary>
    [Theory]
    [InlineData(InstrumentKind.Linear)]
    [InlineData(InstrumentKind.Inverse)]
    public void Fee_that_fits_can_be_computed(InstrumentKind kind)
    {
        int fits = 0;
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            Price price = new(random.NextInt64(-1L << random.Next(1, 63), 1L << random.Next(1, 63)));
            Quantity quantity = new(random.NextInt64(1, 1L << random.Next(1, 63)));
            InstrumentDefinition terms = Terms(random.NextInt64(1, 1L << random.Next(1, 63)), kind);
            FeeSchedule fees = new(new decimal(random.NextInt64(-10_000 * One, 10_000 * One)) / One, 1m, random.Next(-5, 5));

            bool isSaidToFit = fees.Fits(price, quantity, terms, Liquidity.Maker);
            if (isSaidToFit) fits++;
            Int128 fee = kind == InstrumentKind.Inverse && price.Nanos == 0 ? Int128.MaxValue : Fee(fees, price, quantity, terms);

            Assert.True(!isSaidToFit || Int128.Abs(fee) < 9_100_000_000L * (Int128)One, $"seed {seed}");
        }
        Assert.InRange(fits, 500, 4_900);
    }

    [Fact]
    public void Fee_of_an_inverse_instrument_at_the_price_zero_does_not_fit()
    {
        FeeSchedule fees = new(1m, 1m, 0m);

        Assert.False(fees.Fits(new Price(0), Quantity.Units(1), Terms(One, InstrumentKind.Inverse), Liquidity.Taker));
        Assert.True(fees.Fits(new Price(0), Quantity.Units(1), Terms(One), Liquidity.Taker));
    }

    [Theory]
    [InlineData("0.0000000001")]
    [InlineData("10001")]
    [InlineData("-10001")]
    public void Rate_out_of_range_is_refused(string rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeSchedule(decimal.Parse(rate), 0m, 0m));

    private static Int128 Fee(FeeSchedule fees, Price price, Quantity quantity, in InstrumentDefinition terms)
    {
        try
        {
            return fees.FeeNanos(price, quantity, in terms, Liquidity.Maker);
        }
        catch (OverflowException)
        {
            return Int128.MaxValue;
        }
    }

    private static InstrumentDefinition Terms(long multiplierNanos, InstrumentKind kind = InstrumentKind.Linear) => new() { MultiplierNanos = multiplierNanos, Kind = kind };

    private static BigInteger HalfEven(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(value), by, out BigInteger rest);
        int comparison = (rest * 2).CompareTo(by);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven)) quotient++;
        return value.Sign < 0 ? -quotient : quotient;
    }
}
