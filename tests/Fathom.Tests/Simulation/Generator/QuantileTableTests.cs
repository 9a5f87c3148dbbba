using Fathom.Domain.Numerics;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Simulation.Generator;

public class QuantileTableTests
{
    [Fact]
    public void Draws_have_the_stated_quantiles_and_mean()
    {
        QuantileTable table = new([0, 0.5, 0.9, 1], [100, 1_000, 50_000, 60_000]);
        SplitMix64 random = new(1);
        long[] draws = new long[100_000];
        for (int i = 0; i < draws.Length; i++) draws[i] = table.Draw(random.NextUInt64());
        Array.Sort(draws);
        Assert.InRange(draws[0], 99, 110);
        Assert.InRange(draws[50_000], 970, 1_030);
        Assert.InRange(draws[90_000], 48_000, 52_000);
        Assert.InRange(draws[^1], 59_000, 60_000);
        Assert.Equal(table.Mean, draws.Average(), table.Mean * 0.02);
    }

    [Fact]
    public void The_exponential_has_its_mean()
    {
        QuantileTable table = QuantileTable.Exponential(1_000_000);
        Assert.Equal(1_000_000, table.Mean, 5_000.0);
        Assert.Equal(693_147, table.Draw(2_048), 200.0);
    }
}
