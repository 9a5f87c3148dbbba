using Fathom.Analytics.Statistics;
using Fathom.Domain.Numerics;

namespace Fathom.Tests.Analytics.Statistics;

public class BoundedSampleTests
{
    [Fact]
    public void An_empty_one_has_no_figures()
    {
        BoundedSample sample = new(10);
        Assert.Equal(0, sample.Count);
        Assert.Equal(double.NaN, sample.Mean);
        Assert.Equal(double.NaN, sample.Percentile(50));
    }

    [Fact]
    public void Percentiles_are_those_of_the_nearest_rank()
    {
        BoundedSample sample = new(10);
        foreach (long value in new long[] { 9, 1, 8, 2, 7, 3, 6, 4, 5, 10 }) sample.Add(value);
        Assert.Equal([1, 5, 9, 10], [sample.Percentile(10), sample.Percentile(50), sample.Percentile(90), sample.Percentile(100)]);
        Assert.Equal(5.5, sample.Mean);
    }

    [Fact]
    public void One_value_is_every_percentile()
    {
        BoundedSample sample = new(10);
        sample.Add(7);
        Assert.Equal([7, 7, 7], [sample.Percentile(10), sample.Percentile(50), sample.Percentile(90)]);
    }

    [Fact]
    public void Beyond_its_size_the_mean_stays_exact_and_percentiles_come_close()
    {
        const int size = 10_000, count = 200_000;
        BoundedSample sample = new(size);
        for (long i = 0; i < count; i++) sample.Add(i);      // ascending: the first values are the lowest
        Assert.Equal(count, sample.Count);
        Assert.Equal((count - 1) / 2.0, sample.Mean);
        foreach (int percent in new[] { 10, 50, 90 }) Assert.InRange(sample.Percentile(percent), (percent - 3) / 100.0 * count, (percent + 3) / 100.0 * count);
    }

    [Fact]
    public void The_same_values_give_the_same_sample()
    {
        Assert.Equal(Percentiles(), Percentiles());

        static double[] Percentiles()
        {
            BoundedSample sample = new(100);
            SplitMix64 dice = new(5);
            for (int i = 0; i < 5_000; i++) sample.Add((long)(dice.NextUInt64() >> 20));
            return [.. Enumerable.Range(1, 100).Select(sample.Percentile)];
        }
    }
}
