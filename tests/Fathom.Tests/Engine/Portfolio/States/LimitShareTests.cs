using System.Numerics;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Tests.Engine.Portfolio.States;

public class LimitShareTests
{
    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(3, 10, 300_000_000)]
    [InlineData(-10, 10, 1_000_000_000)]
    [InlineData(2, 3, 666_666_666)]
    [InlineData(5, 0, 5_000_000_000)]
    [InlineData(5, long.MaxValue, long.MinValue)]
    public void It_is_what_is_held_over_the_limit(long held, long max, long share) => Assert.Equal(share, new LimitShare().Of(held, max));

    /// <summary>Whatever was asked before, it is what dividing says.</summary>
    [Fact]
    public void What_is_remembered_is_what_is_so()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            LimitShare share = new();
            Int128 held = 0;
            long max = 0;
            for (int step = 0; step < 200; step++)
            {
                if (random.Next(3) == 0) held = random.Next(-3, 4) * (Int128)random.NextInt64(1, 1L << random.Next(1, 62));
                if (random.Next(3) == 0) max = random.Next(5) switch { 0 => long.MaxValue, 1 => 0, _ => random.NextInt64(1, 1L << random.Next(1, 62)) };
                BigInteger expected = max == long.MaxValue ? MeasureValues.Unknown : BigInteger.Min(BigInteger.Abs((BigInteger)held) * 1_000_000_000 / Math.Max(max, 1), long.MaxValue);
                long found = share.Of(held, max);
                Assert.True(expected == found, $"seed {seed}, step {step}: {held} of {max} is {expected}, found {found}");
            }
        }
    }
}
