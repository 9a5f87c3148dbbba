using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class SlopeTests
{
    [Fact]
    public void Of_a_line_it_is_its_slope_however_high_it_lies()
    {
        Assert.Equal(0.25, After(new Slope(50), [.. Enumerable.Range(0, 173).Select(i => 1e9 + 0.25 * i)]), 1e-15);
        Assert.Equal(0, After(new Slope(3), 9, 4, 4, 4));
    }

    [Fact]
    public void Equals_that_of_least_squares_over_random_input()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            int count = 2 + seed;
            Slope slope = new(count);
            double[] values = [.. Random(seed, 500).Select(sample => sample.Value)];
            for (int i = 0; i < values.Length; i++)
            {
                double expected = i < count - 1 ? double.NaN : Enumerable.Range(0, count).Sum(k => (k - (count - 1) / 2.0) * (values[i - count + 1 + k] - values[i])) / Enumerable.Range(0, count).Sum(k => Math.Pow(k - (count - 1) / 2.0, 2));
                Assert.Equal(expected, After(slope, values[i]), 1e-9);
            }
        }
    }

    [Fact]
    public void A_window_of_one_value_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Slope(1));
}
