using Fathom.Analytics.Quotes;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics.Quotes;

public class MidTests
{
    [Theory]
    [InlineData(100, 102, 101)]
    [InlineData(100, 101, 100)]      // 100.5 units: half to even
    [InlineData(101, 102, 102)]
    [InlineData(-101, -102, -102)]
    [InlineData(-100, -101, -100)]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 2)]
    [InlineData(long.MaxValue - 2, long.MaxValue - 1, long.MaxValue - 1)]
    [InlineData(long.MinValue, long.MinValue, long.MinValue)]
    public void As_a_price_it_is_rounded_half_to_even(long bid, long ask, long expected) =>
        Assert.Equal(expected, Mid.Between(new Price(bid), new Price(ask)).ToPrice().Nanos);

    [Fact]
    public void It_is_exact_between_two_units()
    {
        Mid mid = Mid.Between(new Price(100), new Price(103));
        Assert.Equal(203, mid.TwiceNanos);
        Assert.Equal(3, mid.TwiceAbove(new Price(100)));
        Assert.Equal(-3, mid.TwiceAbove(new Price(103)));
    }

    [Fact]
    public void None_is_no_price() => Assert.True(Mid.None.ToPrice().IsNone);
}
