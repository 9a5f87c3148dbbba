using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class SumTests
{
    [Fact]
    public void Loses_nothing_on_the_way() => Assert.Equal(2, After(new Sum(FeatureWindow.Samples(4)), 1, 1e100, 1, -1e100));

    [Fact]
    public void Equals_the_sum_of_what_is_in_the_window() => WindowTwin.Check(window => new Sum(window), values => values.Sum(), least: 1, 1e-13);
}
