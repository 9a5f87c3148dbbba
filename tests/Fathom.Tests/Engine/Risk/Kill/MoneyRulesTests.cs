using System.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Risk.Kill;

namespace Fathom.Tests.Engine.Risk.Kill;

public class MoneyRulesTests
{
    private static readonly Int128 Most = (Int128)decimal.MaxValue;      // of money, in 1e-9

    [Theory]
    [InlineData(1_000, 900, 100_000_000, true)]
    [InlineData(1_000, 901, 100_000_000, false)]
    [InlineData(1_000, 1_000, 1, false)]
    [InlineData(1_000, 1_100, 1, false)]
    [InlineData(0, -5, 1, false)]
    [InlineData(-10, -50, 1, false)]
    [InlineData(3, -3, 999_999_999, true)]
    public void A_fall_is_a_share_of_the_peak(long peak, long equity, long limit, bool isFallen) => Assert.Equal(isFallen, MoneyRules.IsFallen(peak, equity, limit));

    /// <summary>Without dividing it is what dividing says, in numbers that know no end.</summary>
    [Fact]
    public void It_is_what_division_says_whatever_the_money()
    {
        int fallen = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            for (int step = 0; step < 200; step++)
            {
                Int128 peak = AMoney(random);
                long limit = random.NextInt64(1, Price.Scale);
                Int128 equity = random.Next(3) == 0 ? AMoney(random) : Int128.Max((Int128)((BigInteger)peak - (BigInteger)peak * limit / Price.Scale) + random.Next(-2, 3), -Most);      // at the very border
                bool expected = peak > 0 && ((BigInteger)peak - (BigInteger)equity) * Price.Scale / (BigInteger)peak >= limit;
                Assert.True(expected == MoneyRules.IsFallen(peak, equity, limit), $"seed {seed}, step {step}: {peak} {equity} {limit}");
                if (expected) fallen++;
            }
        }
        Assert.InRange(fallen, 5_000, 35_000);
    }

    private static Int128 AMoney(Random random)
    {
        Int128 money = (Int128)(new decimal(random.Next(), random.Next(), random.Next(), false, 0) * 2) >> random.Next(0, 96);
        return random.Next(20) switch { 0 => Most, 1 => -Most, < 5 => -money, _ => money };
    }
}
