using Fathom.Engine.Features.Indicators;

namespace Fathom.Tests.Engine.Features.Indicators;

public class RelativeStrengthIndexTests
{
    [Fact]
    public void What_only_rises_is_100_what_only_falls_0_and_what_stands_still_0_and_flat()
    {
        Assert.Equal(100, Run(14, [.. Enumerable.Range(0, 30).Select(i => 100.0 + i)])[^1]);
        Assert.Equal(0, Run(14, [.. Enumerable.Range(0, 30).Select(i => 100.0 - i)])[^1]);
        RelativeStrengthIndex still = new(3), falling = new(3);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal((i >= 4, i >= 4), (still.IsReady, still.IsFlat));
            still.Add(5);
            falling.Add(-i);
        }
        Assert.Equal((0d, true), (still.Value, still.IsFlat));
        Assert.Equal((0d, false), (falling.Value, falling.IsFlat));
    }

    [Fact]
    public void Equals_averages_that_are_made_from_the_whole_past_over_random_input()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            int length = random.Next(2, 30);
            double[] input = new double[200];
            for (int i = 1; i < input.Length; i++) input[i] = input[i - 1] + (random.Next(4) == 0 ? 0 : random.NextDouble() - 0.5);
            double[] values = Run(length, input);
            for (int i = length; i < input.Length; i++)
            {
                double gain = AverageOf(input, length, i, static change => Math.Max(change, 0)), loss = AverageOf(input, length, i, static change => Math.Max(-change, 0));
                double expected = gain + loss == 0 ? 0 : 100 * gain / (gain + loss);
                Assert.True(Math.Abs(expected - values[i]) < 1e-9 && values[i] is >= 0 and <= 100, $"seed {seed}, value {i}");
            }
        }
    }

    [Fact]
    public void A_length_of_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new RelativeStrengthIndex(1));

    /// <summary>Weights in closed form: the first n changes (1 − 1/n)^k ÷ n each, a later one (1 − 1/n)^age ÷ n.</summary>
    private static double AverageOf(double[] input, int length, int last, Func<double, double> part)
    {
        double sum = 0;
        for (int i = 1; i <= last; i++) sum += part(input[i] - input[i - 1]) * Math.Pow(1 - 1.0 / length, last - Math.Max(i, length)) / length;
        return sum;
    }

    private static double[] Run(int length, double[] input)
    {
        RelativeStrengthIndex index = new(length);
        return [.. input.Select((value, i) =>
        {
            index.Add(value);
            Assert.Equal(i >= length, index.IsReady);
            return index.Value;
        })];
    }
}
