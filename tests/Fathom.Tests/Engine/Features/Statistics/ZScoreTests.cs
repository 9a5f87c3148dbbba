using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class ZScoreTests
{
    [Theory]
    [InlineData(1, 1.405563856997424)]
    [InlineData(0, 1.571468165481551)]
    public void Equals_the_reference_and_beside_1e9_too(int ddof, double expected)
    {
        Assert.Equal(expected, After(new ZScore(FeatureWindow.Samples(5), ddof), First), 1e-12);
        Assert.Equal(expected, After(new ZScore(FeatureWindow.Samples(5), ddof), [.. First.Select(value => value + 1e9)]), 1e-12);
    }

    [Fact]
    public void Equals_that_of_what_is_in_the_window() => WindowTwin.Check(window => new ZScore(window), values =>
    {
        double squares = WindowTwin.Squares(values), mean = values.Average(value => value - values[0]);
        return squares > 0 ? (values[^1] - values[0] - mean) / Math.Sqrt(squares / (values.Length - 1)) : 0;
    }, least: 2, 1e-11);

    [Fact]
    public void Where_nothing_moves_it_is_0() => Assert.Equal(0, After(new ZScore(FeatureWindow.Samples(3)), 7, 0.1, 0.1, 0.1));

    [Fact]
    public void A_window_that_is_not_larger_than_ddof_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ZScore(FeatureWindow.Samples(1)));
}
