using Fathom.Engine.Features.Indicators;

namespace Fathom.Tests.Engine.Features.Indicators;

public class SimpleMovingAverageTests
{
    [Fact]
    public void Equals_the_mean_of_the_last_values_over_random_input_and_does_not_drift()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            int length = random.Next(1, 60);
            double[] input = [.. Enumerable.Range(0, 2_000).Select(_ => 1e6 * random.NextDouble() * (random.Next(50) == 0 ? 1e6 : 1))];
            double[] values = Run(length, input);
            for (int i = length - 1; i < input.Length; i++)
            {
                // What an outlier leaves behind is gone a round after it left the window.
                double tolerance = 1e-15 * 4 * length * input[Math.Max(0, i - 2 * length)..(i + 1)].Max();
                Assert.True(Math.Abs(input[(i - length + 1)..(i + 1)].Average() - values[i]) <= tolerance, $"seed {seed}, value {i}");
            }
        }
    }

    [Fact]
    public void A_length_of_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SimpleMovingAverage(0));

    private static double[] Run(int length, double[] input)
    {
        SimpleMovingAverage average = new(length);
        return [.. input.Select((value, i) =>
        {
            average.Add(value);
            Assert.Equal(i >= length - 1, average.IsReady);
            return average.Value;
        })];
    }
}
