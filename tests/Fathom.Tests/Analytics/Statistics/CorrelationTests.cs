using Fathom.Analytics.Statistics;

namespace Fathom.Tests.Analytics.Statistics;

public class CorrelationTests
{
    private static readonly double[] s_x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    [Fact]
    public void Values_are_those_computed_by_hand()
    {
        double[] y = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9];      // both 82.5 around their means; Σ xy = 380, less 10 · 5.5² = 77.5
        Assert.Equal(77.5 / 82.5, Correlation.Of(s_x, y), 14);
        Assert.Equal(1, Correlation.Of(s_x, [.. s_x.Select(x => 3 * x - 7)]), 14);
        Assert.Equal(-1, Correlation.Of(s_x, [.. s_x.Select(x => -x)]), 14);
    }

    [Fact]
    public void Too_few_pairs_and_a_constant_say_nothing()
    {
        Assert.True(double.IsNaN(Correlation.Of(s_x, [.. s_x.Select(x => x == 4 ? double.NaN : x)])));
        Assert.True(double.IsNaN(Correlation.Of(s_x, [.. s_x.Select(_ => 0.1)])));
        Assert.Equal(1, Correlation.Of([.. s_x, double.NaN, 5], [.. s_x, 100, double.NaN]), 14);
    }

    [Fact]
    public void Clusters_are_what_is_linked_over_others_too()
    {
        double[,] matrix =
        {
            { 1, 0, 0.96, 0, double.NaN },
            { 0, 1, 0, 0.95, 0 },
            { 0.96, 0, 1, 0, -0.97 },
            { 0, 0.95, 0, 1, 0 },
            { double.NaN, 0, -0.97, 0, 1 },
        };
        Assert.Equal([[0, 2, 4]], Correlation.Clusters(matrix, 0.95));
        Assert.Equal([[0, 2, 4], [1, 3]], Correlation.Clusters(matrix, 0.9));
    }
}
