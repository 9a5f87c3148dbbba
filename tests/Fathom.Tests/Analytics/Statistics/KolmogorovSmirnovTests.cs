using Fathom.Analytics.Statistics;

namespace Fathom.Tests.Analytics.Statistics;

public class KolmogorovSmirnovTests
{
    [Fact]
    public void Distance_and_probability_are_those_computed_by_hand()
    {
        // At 5 all of the first and half of the second have come; n = 5·6/11, x = (√n + 0.12 + 0.11/√n) / 2 = 0.919027, 2 Σ ± e^(−2k²x²) = 0.367001.
        KolmogorovSmirnov drift = KolmogorovSmirnov.Of([1, 2, 3, 4, 5], [3, 4, 5, 6, 7, 8]);
        Assert.Equal(0.5, drift.Distance, 15);
        Assert.Equal(0.3670013850902251, drift.Probability, 12);
    }

    [Fact]
    public void Equal_values_are_one_step()
    {
        Assert.Equal(0, KolmogorovSmirnov.Of([1, 1, 1, 2], [1, 1, 1, 1, 1, 1, 2, 2]).Distance);
        Assert.Equal(0.5, KolmogorovSmirnov.Of([1, 2], [1, 1]).Distance);
        Assert.Equal(1, KolmogorovSmirnov.Of([1, 2], [3, 4]).Distance);
        Assert.Equal(1, KolmogorovSmirnov.Of([3, 3], [3]).Probability);
    }

    [Fact]
    public void Nothing_says_nothing() => Assert.True(double.IsNaN(KolmogorovSmirnov.Of([], [1]).Distance) && double.IsNaN(KolmogorovSmirnov.Of([1], []).Probability));

    [Fact]
    public void Distance_is_the_largest_over_all_values_of_both()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            double[] Draw() => [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (double)random.Next(-5, 6)).Order()];
            double[] first = Draw(), second = Draw();
            double expected = first.Concat(second).Max(value => Math.Abs((double)first.Count(x => x <= value) / first.Length - (double)second.Count(x => x <= value) / second.Length));
            Assert.Equal(expected, KolmogorovSmirnov.Of(first, second).Distance, 14);
        }
    }
}
