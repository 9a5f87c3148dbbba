using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class VarianceTests
{
    [Fact]
    public void Equals_the_reference() => Assert.Equal(2.5625, After(new Variance(FeatureWindow.Samples(5)), First), 1e-12);

    [Fact]
    public void Large_values_of_small_differences_lose_nothing()
    {
        Assert.Equal(30, After(new Variance(FeatureWindow.Samples(4)), 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
        Variance variance = new(FeatureWindow.Samples(4));
        for (int i = 0; i < 1_000; i++) variance.Add(i % 7 * 1e9);      // nothing of it is left in the end
        Assert.Equal(30, After(variance, 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Equals_that_of_what_is_in_the_window(int ddof) =>
        WindowTwin.Check(window => new Variance(window, ddof), values => WindowTwin.Squares(values) / (values.Length - ddof), least: ddof + 1, 1e-12);

    [Fact]
    public void Of_equal_values_it_is_exactly_0_even_after_others()
    {
        Variance variance = new(FeatureWindow.Samples(3));
        Assert.Equal(0, After(variance, 1e9, 0.1, 5, 0.1, 0.1, 0.1));
    }

    [Fact]
    public void A_window_that_is_not_larger_than_ddof_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Variance(FeatureWindow.Samples(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Variance(FeatureWindow.Samples(5), -1));
    }
}
