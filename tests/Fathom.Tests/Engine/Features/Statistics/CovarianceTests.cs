using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class CovarianceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Equals_the_definition(int ddof)
    {
        double first = First.Average(), second = Second.Average();
        double expected = First.Zip(Second, (x, y) => (x - first) * (y - second)).Sum() / (First.Length - ddof);
        Assert.Equal(expected, PairRun.OfReference(new Covariance(FeatureWindow.Samples(12), SeriesForm.Levels, ddof)), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void In_a_time_it_needs_more_pairs_than_ddof(int ddof)
    {
        Covariance covariance = new(FeatureWindow.Of(new(10_000_000_000)), SeriesForm.Levels, ddof);
        for (int pair = 1; pair <= 3; pair++)
        {
            covariance.AddFirst(At(pair), pair);
            covariance.AddSecond(At(pair), 2 * pair);
            Assert.Equal(pair > ddof, covariance.IsReady);
        }
        Assert.Equal(4.0 / (3 - ddof), covariance.Value, 1e-14);
        covariance.AsOf(At(12));      // one pair is left
        Assert.Equal(ddof == 0, covariance.IsReady);
    }

    [Fact]
    public void A_window_that_is_not_larger_than_ddof_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Covariance(FeatureWindow.Samples(1)));
}
