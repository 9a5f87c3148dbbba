using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Tests.Engine.Features.Sliding;

public class RankedWindowTests
{
    [Fact]
    public void A_window_of_a_time_grows_and_shrinks_without_losing_a_value()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            double share = random.NextDouble();
            RankedWindow window = new(FeatureWindow.Of(new(1_000)), share);
            List<(long Time, double Value)> twin = [];
            long now = 0;
            for (int i = 0; i < 3_000; i++)
            {
                now += random.Next(200) == 0 ? random.Next(300, 1_200) : random.Next(i / 1_000 % 2 == 0 ? 2 : 100);
                double value = random.Next(50);
                window.Take(new(now), value);
                twin.Add((now, value));
                twin.RemoveAll(sample => sample.Time <= now - 1_000);
                Assert.Equal(twin.Count, window.Count);
                if (i % 20 != 0) continue;
                double[] sorted = [.. twin.Select(sample => sample.Value).Order()];
                double place = (sorted.Length - 1) * share;
                int below = (int)place;
                double expected = sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
                Assert.True(expected == window.AtCut, $"seed {seed}, value {i}: {window.AtCut:R} instead of {expected:R}");
            }
        }
    }

    [Fact]
    public void What_was_cleared_is_as_new()
    {
        RankedWindow window = new(FeatureWindow.Samples(3), 0.5);
        for (int i = 0; i < 7; i++) window.Take(default, i);
        window.Clear();
        Assert.Equal(0, window.Count);
        for (int i = 0; i < 3; i++) window.Take(default, 10 * i);
        Assert.True(window.IsKnown);
        Assert.Equal(10, window.AtCut);
    }
}
