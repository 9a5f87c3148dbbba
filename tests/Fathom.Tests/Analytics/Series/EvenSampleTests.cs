using Fathom.Analytics.Series;

namespace Fathom.Tests.Analytics.Series;

public class EvenSampleTests
{
    [Theory]
    [InlineData(4, 4, new[] { 0, 1, 2, 3 })]
    [InlineData(4, 5, new[] { 0, 2, 4 })]
    [InlineData(4, 8, new[] { 0, 2, 4, 6 })]
    [InlineData(4, 9, new[] { 0, 4, 8 })]
    [InlineData(3, 4, new[] { 0, 2 })]
    [InlineData(3, 5, new[] { 0, 2, 4 })]
    public void Every_second_stays_when_there_are_too_many(int sizeMax, int count, int[] expected)
    {
        EvenSample<int> sample = new(sizeMax);
        for (int i = 0; i < count; i++) sample.Add(i);
        Assert.Equal(expected, sample.Kept);
        Assert.Equal(count, sample.Total);
    }

    [Fact]
    public void What_stays_is_even_over_any_length()
    {
        EvenSample<int> sample = new(7);
        for (int i = 0; i < 10_000; i++)
        {
            sample.Add(i);
            int step = sample.Kept.Count > 1 ? sample.Kept[1] : 1;
            Assert.Equal(Enumerable.Range(0, i / step + 1).Select(k => k * step), sample.Kept);
        }
    }
}
