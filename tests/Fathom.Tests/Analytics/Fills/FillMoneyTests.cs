using System.Numerics;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics.Fills;

public class FillMoneyTests
{
    [Theory]
    [InlineData(InstrumentKind.Linear, Side.Buy, "100", "2", 50, "101", "102", "150")]      // (101.5 − 100) × 2 × 50
    [InlineData(InstrumentKind.Linear, Side.Sell, "100", "2", 50, "101", "102", "-150")]
    [InlineData(InstrumentKind.Spot, Side.Buy, "-1", "3", 1, "-3", "-2", "-4.5")]
    [InlineData(InstrumentKind.Inverse, Side.Buy, "20000", "100", 100, "25000", "25000", "0.1")]      // 100 × 100 × (1/20000 − 1/25000)
    [InlineData(InstrumentKind.Inverse, Side.Sell, "20000", "100", 100, "25000", "25000", "-0.1")]
    [InlineData(InstrumentKind.Inverse, Side.Buy, "3", "1", 1, "7", "7", "0.19047619")]      // 4/21 = 0.190476190476…
    [InlineData(InstrumentKind.Inverse, Side.Sell, "3", "1", 1, "7", "7", "-0.19047619")]
    [InlineData(InstrumentKind.Inverse, Side.Buy, "0", "1", 1, "7", "7", "0")]
    [InlineData(InstrumentKind.Inverse, Side.Buy, "3", "1", 1, "-1", "1", "0")]
    public void Money_between_a_price_and_a_mid(
        InstrumentKind kind, Side side, string price, string quantity, int multiplier, string bid, string ask, string expected)
    {
        BigInteger units = FillMoney.Earned(kind, multiplier * 1_000_000_000L, side, P(price), Q(quantity), Mid.Between(P(bid), P(ask)));
        Assert.Equal(decimal.Parse(expected), FillMoney.ToMoney(units));
    }

    [Fact]
    public void Half_a_unit_rounds_to_even_once_over_the_sum()
    {
        BigInteger half = FillMoney.Earned(InstrumentKind.Linear, 1_000_000_000, Side.Buy, new Price(100), Quantity.Units(1), Mid.Between(new Price(100), new Price(101)));
        Assert.Equal(0m, FillMoney.ToMoney(half));
        Assert.Equal(0m, FillMoney.ToMoney(-half));
        Assert.Equal(0.000000001m, FillMoney.ToMoney(half + half));
        Assert.Equal(0.000000002m, FillMoney.ToMoney(half * 3));
        Assert.Equal(-0.000000002m, FillMoney.ToMoney(half * -3));
    }

    [Fact]
    public void Linear_money_is_exact_for_any_numbers()
    {
        for (int seed = 0; seed < Fuzz.Seeds(2_000); seed++)
        {
            SplitMix64 dice = new((ulong)seed);
            long multiplier = 1 + (long)(dice.NextUInt64() >> 20), quantity = 1 + (long)(dice.NextUInt64() >> 1 + (int)dice.NextBelow(40));
            long price = (long)dice.NextUInt64() / 2, bid = (long)dice.NextUInt64() / 2, ask = (long)dice.NextUInt64() / 2;
            BigInteger expected = ((BigInteger)bid + ask - 2 * (BigInteger)price) * quantity * multiplier;
            Assert.Equal(expected, FillMoney.Earned(InstrumentKind.Linear, multiplier, Side.Buy, new Price(price), new Quantity(quantity), Mid.Between(new Price(bid), new Price(ask))));
        }
    }

    [Fact]
    public void Inverse_money_is_within_half_a_unit_of_the_quotient()
    {
        for (int seed = 0; seed < Fuzz.Seeds(2_000); seed++)
        {
            SplitMix64 dice = new((ulong)seed);
            decimal price = 1 + dice.NextBelow(1_000_000) / 100m, mid = 1 + dice.NextBelow(1_000_000) / 100m, quantity = 1 + dice.NextBelow(1_000);
            decimal exact = quantity * (1 / price - 1 / mid);
            decimal money = FillMoney.ToMoney(FillMoney.Earned(
                InstrumentKind.Inverse, 1_000_000_000, Side.Buy, Price.From(price), Quantity.From(quantity), Mid.Between(Price.From(mid), Price.From(mid))));
            Assert.True(Math.Abs(money - exact) <= 0.5000001e-9m, $"seed {seed}: {money} for {exact}");
        }
    }

    [Fact]
    public void Money_that_no_decimal_can_say_is_held_at_the_largest()
    {
        BigInteger huge = BigInteger.Pow(10, 80);
        Assert.Equal(decimal.MaxValue / 1_000_000_000, FillMoney.ToMoney(huge));
        Assert.Equal(-decimal.MaxValue / 1_000_000_000, FillMoney.ToMoney(-huge));
    }

    private static Price P(string text) => Price.From(decimal.Parse(text));

    private static Quantity Q(string text) => Quantity.From(decimal.Parse(text));
}
