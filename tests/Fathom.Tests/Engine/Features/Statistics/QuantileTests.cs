using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class QuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Lies_on_the_line_between_its_neighbours(double q, double expected) => Assert.Equal(expected, After(new Quantile(FeatureWindow.Samples(4), q), 9, 4, 1, 3, 2), 1e-15);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void Equals_that_of_the_sorted_values_of_the_window(double q) => WindowTwin.Check(window => new Quantile(window, q), values => Sorted(values, q), least: 1, 0);

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Of_long_windows_too(int count)
    {
        Random random = new(count);
        Quantile median = new(FeatureWindow.Samples(count), 0.5), high = new(FeatureWindow.Of(new(count)), 0.95);
        double[] values = [.. Enumerable.Range(0, 3 * count).Select(i => Math.Round(100 + 0.001 * i * random.NextDouble(), 2))];
        for (int i = 0; i < values.Length; i++)
        {
            median.Add(new(i), values[i]);
            high.Add(new(i), values[i]);
            if (i < count || i % (values.Length / 9) != 0) continue;
            double[] inside = values[(i - count + 1)..(i + 1)];
            Assert.Equal(Sorted(inside, 0.5), median.Value);
            Assert.Equal(Sorted(inside, 0.95), high.Value);
        }
    }

    [Fact]
    public void A_share_beyond_0_to_1_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Quantile(FeatureWindow.Samples(3), 1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Quantile(FeatureWindow.Samples(3), double.NaN));
    }

    private static double Sorted(double[] values, double q)
    {
        double[] sorted = [.. values.Order()];
        double place = (values.Length - 1) * q;
        int below = (int)place;
        return below + 1 < sorted.Length && place > below ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
