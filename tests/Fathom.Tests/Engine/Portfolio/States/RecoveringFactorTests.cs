using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Tests.Engine.Portfolio.States;

public class RecoveringFactorTests
{
    private const long Thousandth = 1_000_000, One = 1_000 * Thousandth;
    private static readonly Duration Recovery = new(1_000);

    [Fact]
    public void One_that_nobody_touched_is_one() => Assert.Equal(One, default(RecoveringFactor).Nanos);

    /// <summary>Target in thousandths at a time, and the factor: floor 200, and 1,000 from there to one.</summary>
    [Theory]
    [InlineData("1000@0 500@10 500@20", "1000 500 500")]
    [InlineData("200@0 1000@0 1000@500 1000@999 1000@1000 1000@2000", "200 200 600 999 1000 1000")]
    [InlineData("600@0 1000@100 650@110 650@400 1000@500", "600 680 650 650 730")]      // what it is to be is not more than it is: it rises from there
    [InlineData("100@0 0@1 -5@2", "200 200 200")]                                       // never below the floor
    public void It_falls_at_once_and_rises_in_a_straight_line(string story, string factors)
    {
        RecoveringFactor factor = default;
        List<long> found = [];
        foreach (string moment in story.Split(' '))
        {
            int at = moment.IndexOf('@');
            factor.TryMove(long.Parse(moment[..at]) * Thousandth, 200 * Thousandth, Recovery, new Timestamp(long.Parse(moment[(at + 1)..])));
            found.Add(factor.Nanos / Thousandth);
        }
        Assert.Equal(factors, string.Join(' ', found));
    }

    [Fact]
    public void Without_a_recovery_it_is_back_at_once()
    {
        RecoveringFactor factor = default;
        Assert.True(factor.TryMove(300 * Thousandth, Thousandth, Duration.Zero, new Timestamp(5)));
        Assert.True(factor.TryMove(One, Thousandth, Duration.Zero, new Timestamp(5)));
        Assert.Equal(One, factor.Nanos);
    }

    [Fact]
    public void It_is_within_its_bounds_never_above_its_target_and_never_faster_than_allowed_however_often_it_is_looked_at()
    {
        long moves = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            Random random = new(seed);
            long floor = random.Next(1, 1_000) * Thousandth, target = One;
            RecoveringFactor often = default, seldom = default;
            Timestamp clock = new(0), fell = clock;
            long low = One;
            for (int step = 0; step < 100; step++)
            {
                bool isOther = random.Next(4) == 0;
                clock += new Duration(random.Next(40));
                // The last moment of the old target and the first of the new one: between them it must not matter whether anybody looks.
                often.TryMove(target, floor, Recovery, clock);
                if (!isOther) continue;
                seldom.TryMove(target, floor, Recovery, clock);
                Assert.Equal(often.Nanos, seldom.Nanos);
                long before = often.Nanos;
                target = random.NextInt64(0, One + 1);
                bool isMoved = often.TryMove(target, floor, Recovery, clock);
                seldom.TryMove(target, floor, Recovery, clock);
                Assert.Equal(isMoved, often.Nanos != before);
                Assert.InRange(often.Nanos, floor, Math.Max(floor, target));
                if (often.Nanos < before) (fell, low, moves) = (clock, often.Nanos, moves + 1);
                Int128 most = low + (Int128)(One - floor) * (clock - fell).Nanos / Recovery.Nanos;
                Assert.True(often.Nanos <= most, $"seed {seed}, step {step}: {often.Nanos} more than {most}");
            }
        }
        Assert.True(moves > 3_000, $"{moves} times it fell");
    }
}
