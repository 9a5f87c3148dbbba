using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class RangePositionTests
{
    [Fact]
    public void Is_0_at_the_lowest_1_at_the_highest_and_a_half_where_all_are_equal()
    {
        RangePosition position = new(FeatureWindow.Samples(3));
        Assert.Equal(0.5, After(position, 4, 4, 4));
        Assert.Equal(1, After(position, 8));
        Assert.Equal(0, After(position, 2));
        Assert.Equal(0.25, After(position, 3.5));
    }

    [Fact]
    public void Equals_that_of_what_is_in_the_window() => WindowTwin.Check(window => new RangePosition(window),
        values => values.Max() > values.Min() ? (values[^1] - values.Min()) / (values.Max() - values.Min()) : 0.5, least: 1, 0);
}
