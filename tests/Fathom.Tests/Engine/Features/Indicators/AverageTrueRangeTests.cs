using Fathom.Engine.Features.Indicators;

namespace Fathom.Tests.Engine.Features.Indicators;

public class AverageTrueRangeTests
{
    [Fact]
    public void Of_length_one_it_is_the_true_range_which_counts_gaps_of_both_directions()
    {
        AverageTrueRange range = new(1);
        range.Add(high: 12, low: 10, close: 11);
        Assert.False(range.IsReady);
        range.Add(high: 11.5, low: 10.5, close: 11);
        Assert.Equal(1, range.Value);
        range.Add(high: 15, low: 14, close: 14.5);      // a gap up of 3
        Assert.Equal(4, range.Value);
        range.Add(high: 9, low: 8, close: 8);
        Assert.Equal(6.5, range.Value);
    }

    [Fact]
    public void A_length_of_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AverageTrueRange(0));
}
