using Fathom.Engine.Features.Sliding;

namespace Fathom.Tests.Engine.Features.Sliding;

public class SlidingTotalTests
{
    [Fact]
    public void Has_the_extremes_of_what_is_in_it_over_random_arrivals_and_departures()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            SlidingTotal<double, RangeTotal> total = new(capacity: random.Next(1, 10));
            Queue<double> twin = [];
            for (int step = 0; step < 500; step++)
            {
                if (twin.Count > 0 && random.Next(100) < 40 + seed % 15)
                {
                    total.DropFirst();
                    twin.Dequeue();
                }
                else
                {
                    double value = random.Next(1_000);
                    total.Add(value);
                    twin.Enqueue(value);
                }
                Assert.Equal(twin.Count, total.Count);
                if (twin.Count == 0) continue;
                Assert.True(total.Total == new RangeTotal(twin.Min(), twin.Max()), $"seed {seed}, step {step}");
                Assert.Equal(twin.Peek(), total[total.First]);
                Assert.Equal(twin.Last(), total[total.End - 1]);
            }
        }
    }

    [Fact]
    public void Moments_are_measured_from_a_sample_of_about_the_same_time()
    {
        SlidingTotal<double, MomentTotal> total = new(4);
        for (int i = 0; i < 40; i++)
        {
            total.Add(i < 20 ? i : 1e9 + i % 4 * 0.25);
            if (total.Count > 4) total.DropFirst();
        }
        Assert.True(total.Origin >= 1e9);
        Assert.Equal((4, 0.3125), (total.Total.Count, total.Total.Squares));
        Assert.Equal(1e9 + 0.375, total.Origin + total.Total.Mean);
    }

    [Fact]
    public void What_was_cleared_is_as_new()
    {
        SlidingTotal<double, SumTotal> total = new(2);
        for (int i = 0; i < 9; i++) total.Add(i);
        total.DropFirst();
        total.Clear();
        total.Add(7);
        Assert.Equal((1, 7), (total.Count, total.Total.Value));
        total.DropFirst();
        Assert.Equal(0, total.Count);
    }
}
