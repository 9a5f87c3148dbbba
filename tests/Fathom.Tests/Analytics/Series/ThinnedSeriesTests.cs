using Fathom.Analytics.Series;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics.Series;

public class ThinnedSeriesTests
{
    [Fact]
    public void An_empty_one_has_no_points() => Assert.Empty(new ThinnedSeries(100).ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(90)]
    public void Nothing_is_lost_before_it_is_full(int count)
    {
        ThinnedSeries series = new(100);
        SeriesPoint[] added = [.. Enumerable.Range(0, count).Select(i => new SeriesPoint(new Timestamp(i), i * 37 % 11, i * 37 % 11))];
        foreach (SeriesPoint point in added) series.Add(point.Time, point.Low);
        Assert.Equal(added, series.ToArray());
    }

    [Fact]
    public void A_lone_spike_stays()
    {
        ThinnedSeries series = new(20);
        for (int i = 0; i < 100_000; i++) series.Add(new Timestamp(i), i == 54_321 ? 1 : 0);
        Assert.Contains(new SeriesPoint(new Timestamp(54_321), 1, 1), series.ToArray());
    }

    [Fact]
    public void A_series_that_does_not_move_shrinks_to_few_points()
    {
        ThinnedSeries series = new(100);
        for (int i = 0; i < 1_000; i++) series.Add(new Timestamp(i), 5);
        SeriesPoint[] points = series.ToArray();
        Assert.InRange(points.Length, 2, 52);
        Assert.Equal((0, 999), (points[0].Time.Nanos, points[^1].Time.Nanos));
    }

    [Fact]
    public void Random_series_keep_ends_extremes_order_and_bound()
    {
        for (int seed = 0; seed < Fuzz.Seeds(300); seed++)
        {
            SplitMix64 dice = new((ulong)seed);
            int pointsMax = 6 + (int)dice.NextBelow(60), count = 1 + (int)dice.NextBelow(3_000);
            ThinnedSeries series = new(pointsMax);
            List<SeriesPoint> added = [];
            long time = 0;
            for (int i = 0; i < count; i++)
            {
                time += (long)dice.NextBelow(3);      // equal times happen
                double low = dice.NextBelow(50), high = low + dice.NextBelow(3);
                added.Add(new SeriesPoint(new Timestamp(time), low, high));
                series.Add(added[^1].Time, low, high);
                if (dice.NextBelow(100) == 0) series.ToArray();      // reading changes nothing
            }
            SeriesPoint[] points = series.ToArray();
            string where = $"seed {seed}";
            Assert.True(points.Length <= pointsMax, where);
            Assert.Equal(count, series.Total);
            Assert.Equal(added[0], points[0]);
            Assert.Equal(added[^1], points[^1]);
            Assert.True(added.Min(point => point.Low) == points.Min(point => point.Low), where);
            Assert.True(added.Max(point => point.High) == points.Max(point => point.High), where);
            Assert.True(IsSubsequence(points, added), where);
        }
    }

    [Fact]
    public void A_bucket_keeps_the_lowest_low_and_the_highest_high()
    {
        ThinnedSeries series = new(6);      // two buckets: after four points they are merged, and hold the extremes of four
        (double Low, double High)[] points = [(5, 6), (4, 9), (1, 7), (2, 3), (8, 8)];
        for (int i = 0; i < points.Length; i++) series.Add(new Timestamp(i), points[i].Low, points[i].High);
        Assert.Equal([0, 1, 2, 4], series.ToArray().Select(point => point.Time.Nanos));
    }

    [Fact]
    public void Six_points_are_the_least() => Assert.Throws<ArgumentOutOfRangeException>(() => new ThinnedSeries(5));

    private static bool IsSubsequence(SeriesPoint[] points, List<SeriesPoint> of)
    {
        int found = 0;
        foreach (SeriesPoint point in of)
            if (found < points.Length && points[found] == point) found++;
        return found == points.Length;
    }
}
