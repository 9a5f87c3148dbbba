using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class MidVolatilityTests
{
    private const long Second = 1_000_000_000;
    private static readonly VolatilityOptions Four = new() { Window = new Duration(4 * Second), Sample = new Duration(Second), UsualHalfLife = new Duration(8 * Second) };

    [Fact]
    public void It_is_the_root_of_the_mean_squared_return_of_the_window_per_second()
    {
        MidVolatility volatility = new(Four with { Window = new Duration(8 * Second), Sample = new Duration(2 * Second) });
        double[] mids = [100, 101, 100.5, 102, 103, 101];
        for (int i = 0; i < 5; i++) volatility.Note(mids[i], At(2 * i + 0.5));
        double sum = 0;
        for (int i = 1; i < 5; i++) sum += Math.Pow(Math.Log(mids[i] / mids[i - 1]), 2);
        Assert.Equal(double.NaN, volatility.Value(At(9.9)));
        Assert.Equal(Math.Sqrt(sum / 8), volatility.Value(At(10)), 1e-15);
        volatility.Note(mids[5], At(10.5));
        Assert.Equal(Math.Sqrt(sum / 8), volatility.Value(At(11.9)), 1e-15);
        sum += Math.Pow(Math.Log(mids[5] / mids[4]), 2) - Math.Pow(Math.Log(mids[1] / mids[0]), 2);
        Assert.Equal(Math.Sqrt(sum / 8), volatility.Value(At(12)), 1e-15);
    }

    [Fact]
    public void What_flickers_between_two_looks_is_not_seen()
    {
        MidVolatility volatility = new(Four);
        for (int second = 0; second < 10; second++)
        {
            volatility.Note(100, At(second + 0.1));
            volatility.Note(150, At(second + 0.2));
            volatility.Note(100, At(second + 0.9));
        }
        Assert.Equal(0, volatility.Value(At(10)));
        Assert.Equal(0, volatility.Usual(At(10)));
    }

    [Fact]
    public void A_market_that_stands_still_comes_to_rest_and_what_is_usual_fades_by_half_in_its_time()
    {
        MidVolatility volatility = Moving(200, 0.01);
        Assert.Equal(0.01, volatility.Value(At(200)), 1e-12);
        Assert.Equal(0.01, volatility.Usual(At(200)), 1e-9);
        Assert.Equal(0.01 * Math.Sqrt(0.5), volatility.Value(At(202)), 1e-12);
        Assert.Equal(0, volatility.Value(At(204)));
        Assert.Equal(0.01 * Math.Sqrt(0.5), volatility.Usual(At(208)), 1e-9);
        MidVolatility atOnce = Moving(200, 0.01);
        Assert.Equal(0.01 * Math.Sqrt(0.25), atOnce.Usual(At(216)), 1e-9);      // more looks than a window, made up for at once
        Assert.Equal(0, atOnce.Value(At(216)));
    }

    [Fact]
    public void It_does_not_matter_how_often_it_is_read()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            MidVolatility read = new(Four), unread = new(Four);
            double time = 0, mid = 100;
            for (int step = 0; step < 200; step++)
            {
                time += random.Next(20) == 0 ? random.NextDouble() * 30 : random.NextDouble() * 0.7;
                mid *= 1 + (random.NextDouble() - 0.5) / 100;
                read.Value(At(time));
                read.Note(mid, At(time));
                unread.Note(mid, At(time));
                read.Usual(At(time));
            }
            Assert.Equal(unread.Value(At(time)), read.Value(At(time)));
            Assert.True(Math.Abs(unread.Usual(At(time)) / read.Usual(At(time)) - 1) < 1e-9);
        }
    }

    [Fact]
    public void A_mid_that_is_not_above_zero_has_no_return()
    {
        MidVolatility volatility = Moving(10, 0.01);
        double before = volatility.Value(At(10));
        volatility.Note(-5, At(10.2));
        Assert.Equal(before, volatility.Value(At(15)));
        volatility.Note(0, At(15.5));
        Assert.Equal(before, volatility.Value(At(16)));
        Assert.Equal(double.NaN, new MidVolatility(Four).Value(At(100)));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(5, 0, 1)]
    [InlineData(5, 2, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(3_601, 1, 1)]
    [InlineData(5, 1, 0)]
    public void A_window_is_whole_samples(int window, int sample, int halfLife) =>
        Assert.NotNull(new VolatilityOptions { Window = new Duration(window * Second), Sample = new Duration(sample * Second), UsualHalfLife = new Duration(halfLife * Second) }.WhatIsWrong());

    /// <summary>Up and down by so much at each look.</summary>
    private static MidVolatility Moving(int seconds, double by)
    {
        MidVolatility volatility = new(Four);
        for (int second = 0; second < seconds; second++) volatility.Note(100 * Math.Exp(second % 2 == 0 ? by : 0), At(second + 0.5));
        return volatility;
    }

    private static Timestamp At(double seconds) => new((long)(seconds * Second));
}
