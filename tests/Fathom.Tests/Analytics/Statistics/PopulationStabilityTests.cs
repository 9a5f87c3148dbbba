using Fathom.Analytics.Statistics;

namespace Fathom.Tests.Analytics.Statistics;

public class PopulationStabilityTests
{
    private static readonly double[] s_first = [.. Enumerable.Range(1, 20).Select(value => (double)value)];

    [Fact]
    public void Index_is_the_one_computed_by_hand()
    {
        // Deciles of 1..20 at 1 + 1.9 k; shares 0.1 each against 0.25, eight times 0.05, 0.35: 0.15 ln 2.5 − 8 · 0.05 ln 0.5 + 0.25 ln 3.5.
        double[] second = [1, 1, 1, 1, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 25, 25, 25, 25, 25, 25];
        Assert.Equal(0.15 * Math.Log(2.5) - 8 * 0.05 * Math.Log(0.5) + 0.25 * Math.Log(3.5), PopulationStability.Index(s_first, second), 12);
    }

    [Fact]
    public void Same_sample_has_index_0_and_an_empty_bin_a_finite_one()
    {
        Assert.Equal(0, PopulationStability.Index(s_first, s_first), 15);
        Assert.Equal(0, PopulationStability.Index([7, 7, 7], [7, 7]), 15);
        double far = PopulationStability.Index(s_first, [100, 101]);      // nine bins of 0.1 against none, one against all
        Assert.Equal(9 * (0.0001 - 0.1) * Math.Log(0.0001 / 0.1) + 0.9 * Math.Log(10), far, 12);
        Assert.True(double.IsNaN(PopulationStability.Index([], [1])) && double.IsNaN(PopulationStability.Index([1], [])));
    }

    [Fact]
    public void Values_above_all_of_the_first_are_seen_where_many_of_the_first_are_its_largest()
    {
        double[] first = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
        Assert.True(PopulationStability.Index(first, [0, 0, 0, 0, 0, 2, 2, 2, 2, 2]) > 3);
    }
}
