using Fathom.Domain.Numerics;

namespace Fathom.Tests.Domain.Numerics;

public class PoissonSamplerTests
{
    /// <summary>Pearson's statistic over the counts that are expected at least ten times; its mean is the degrees of freedom, its deviation √(2·them).</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(1.0)]
    [InlineData(9.999)]
    [InlineData(10.0)]
    [InlineData(37.5)]
    [InlineData(400.0)]
    public void Counts_follow_the_distribution(double mean)
    {
        const int Draws = 200_000;
        var random = new SplitMix64(11);
        var counts = new int[4_000];
        for (int i = 0; i < Draws; i++) counts[random.NextPoisson(mean)]++;

        double statistic = 0, logProbability = -mean;
        int cells = 0;
        for (int k = 0; k < 2_000; k++)
        {
            if (k > 0) logProbability += Math.Log(mean / k);
            double expected = Draws * Math.Exp(logProbability);
            if (expected < 10) continue;
            statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
            cells++;
        }
        Assert.InRange(statistic, 0, cells + 5 * Math.Sqrt(2.0 * cells));
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e12)]
    [InlineData(1e15)]
    public void Large_means_keep_mean_and_variance(double mean)
    {
        const int Draws = 100_000;
        var random = new SplitMix64(12);
        double sum = 0, squares = 0;
        for (int i = 0; i < Draws; i++)
        {
            double scaled = (random.NextPoisson(mean) - mean) / Math.Sqrt(mean);
            sum += scaled;
            squares += scaled * scaled;
        }
        Assert.Equal(0, sum / Draws, 0.015);
        Assert.Equal(1, squares / Draws, 0.02);
    }

    [Fact]
    public void A_mean_of_zero_never_counts()
    {
        var random = new SplitMix64(13);
        for (int i = 0; i < 100; i++) Assert.Equal(0, random.NextPoisson(0));
    }
}
