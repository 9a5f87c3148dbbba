using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

/// <summary>Reference values were computed apart, by formula.</summary>
public class KellyTests
{
    [Theory]
    [InlineData(0.55, 1.2, 1, 0.175)]
    [InlineData(0.5483870967741935, 1.2, 1, 0.1720430108)]
    [InlineData(0.4856886892741935, 1.2, 1, 0.0570959304)]      // at the mean less one standard deviation
    [InlineData(0.55, 1.2, 0.02, 8.75)]                         // a loss of two percent of the stake
    [InlineData(0.5, 1, 1, 0)]                                  // no edge
    [InlineData(0.4, 1.2, 1, 0)]
    [InlineData(1, 2, 1, 1)]
    [InlineData(0.6, double.NaN, 1, 0)]                         // no loss yet
    [InlineData(0.6, double.PositiveInfinity, 1, 0)]
    [InlineData(0.6, 1.2, 0, 0)]
    [InlineData(double.NaN, 1.2, 1, 0)]
    [InlineData(1.1, 1.2, 1, 0)]
    public void A_bet_is_staked_by_its_edge(double winRate, double payoff, double lossFraction, double expected) =>
        Assert.Equal(expected, Kelly.Discrete(winRate, payoff, lossFraction), 9);

    [Theory]
    [InlineData(0.06, 0.04, 1.5)]
    [InlineData(-0.01, 0.04, 0)]
    [InlineData(0, 0.04, 0)]
    [InlineData(0.06, 0, 0)]
    [InlineData(double.NaN, 0.04, 0)]
    [InlineData(0.06, double.NaN, 0)]
    public void A_return_is_staked_by_mean_over_variance(double mean, double variance, double expected) => Assert.Equal(expected, Kelly.Continuous(mean, variance), 12);

    [Fact]
    public void Several_returns_are_staked_by_the_inverse_of_their_covariance()
    {
        double[] fractions = new double[2];
        Assert.True(Kelly.TryContinuous([0.06, 0.05], [0.04, 0.006, 0.006, 0.09], fractions));
        Assert.Equal(1.43097643, fractions[0], 8);
        Assert.Equal(0.46015713, fractions[1], 8);

        Assert.False(Kelly.TryContinuous([0.06, 0.05], [0.04, 0.06, 0.06, 0.09], fractions));      // the one is the other
        Assert.Equal([0.0, 0], fractions);
        Assert.False(Kelly.TryContinuous([double.NaN, 0.05], [0.04, 0, 0, 0.09], fractions));
        Assert.Throws<ArgumentException>(() => Kelly.TryContinuous([0.06], [0.04, 0.06], new double[1]));
    }

    [Fact]
    public void Growth_is_largest_at_the_fraction_and_twice_of_it_loses()
    {
        Assert.Equal(0.018273846093402088, Kelly.DiscreteGrowth(0.175, 0.55, 1.2), 15);
        Assert.Equal(0.013709697146873145, Kelly.DiscreteGrowth(0.0875, 0.55, 1.2), 15);
        Assert.Equal(-0.000991, Kelly.DiscreteGrowth(0.35, 0.55, 1.2), 6);
        Assert.Equal(double.NegativeInfinity, Kelly.DiscreteGrowth(1, 0.55, 1.2));

        Assert.Equal(0.065, Kelly.ContinuousGrowth(1.5, 0.06, 0.04, riskless: 0.02), 15);
        Assert.Equal(0.05375, Kelly.ContinuousGrowth(0.75, 0.06, 0.04, riskless: 0.02), 15);
        Assert.Equal(0.02, Kelly.ContinuousGrowth(3, 0.06, 0.04, riskless: 0.02), 15);
    }

    [Theory]
    [InlineData(100, 0.1, 0.25, 0.75)]      // SR² = 0.04
    [InlineData(25, 0.1, 0.25, 0)]
    [InlineData(10, 0.1, 0.25, 0)]
    [InlineData(0, 0.1, 0.25, 0)]
    [InlineData(100, 0, 0.25, 0)]
    [InlineData(100, 0.1, double.NaN, 0)]
    public void Few_observations_leave_little(int observations, double mean, double variance, double expected) =>
        Assert.Equal(expected, Kelly.Shrinkage(observations, mean, variance), 12);

    [Fact]
    public void No_other_fraction_grows_faster_and_more_edge_is_staked_more()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            double winRate = random.NextDouble(), payoff = 0.1 + 5 * random.NextDouble();
            double best = Kelly.Discrete(winRate, payoff);
            Assert.InRange(best, 0, 1);
            double other = random.NextDouble() * 0.999;
            Assert.True(Kelly.DiscreteGrowth(best, winRate, payoff) >= Kelly.DiscreteGrowth(other, winRate, payoff) - 1e-12, $"seed {seed}");
            Assert.True(Kelly.Discrete(Math.Min(1, winRate + 0.01), payoff) >= best && Kelly.Discrete(winRate, payoff + 0.01) >= best, $"seed {seed}");

            double mean = random.NextDouble() - 0.5, variance = 0.01 + random.NextDouble(), fraction = Kelly.Continuous(mean, variance);
            if (mean > 0) Assert.True(Kelly.ContinuousGrowth(fraction, mean, variance) >= Kelly.ContinuousGrowth(other * 4, mean, variance), $"seed {seed}");
            else Assert.Equal(0, fraction);
            double left = Kelly.Shrinkage(random.Next(1, 500), mean, variance);
            Assert.InRange(left, 0, 1);
        }
    }
}
