using Fathom.Analytics.Statistics;

namespace Fathom.Tests.Analytics.Statistics;

public class QuantilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.3)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.75, 5.5)]
    [InlineData(1, 13)]
    public void Values_lie_on_a_line_between_those_of_the_sample(double share, double expected) => Assert.Equal(expected, Quantiles.Of([1, 2, 3, 13], share), 14);

    [Fact]
    public void Of_one_it_is_that_and_of_nothing_none()
    {
        Assert.Equal(4, Quantiles.Of([4], 0.3));
        Assert.True(double.IsNaN(Quantiles.Of([], 0.5)));
    }
}
