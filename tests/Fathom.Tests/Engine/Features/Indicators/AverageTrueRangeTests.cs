using Fathom.Engine.Features.Indicators;

namespace Fathom.Tests.Engine.Features.Indicators;

public class AverageTrueRangeTests
{
    [Fact]
    public void Equals_the_reference_and_begins_where_it_does()
    {
        double[] values = Run(14);
        Assert.All(values[..14], value => Assert.Equal(double.NaN, value));
        Assert.Equal(2.145, values[14], 1e-9);
        Assert.Equal(2.1560714286, values[15], 1e-9);
        Assert.Equal(2.0008633693, values[39], 1e-9);
    }

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

    private static double[] Run(int length)
    {
        AverageTrueRange range = new(length);
        return [.. ReferenceBars.Close.Select((close, i) =>
        {
            range.Add(ReferenceBars.High[i], ReferenceBars.Low[i], close);
            Assert.Equal(i >= length, range.IsReady);
            return range.Value;
        })];
    }
}
