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

    [Fact]
    public void A_window_that_is_not_larger_than_ddof_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Covariance(FeatureWindow.Samples(1)));
}
