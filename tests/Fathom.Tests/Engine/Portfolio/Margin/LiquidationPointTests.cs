using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Tests.Engine.Portfolio.Margin;

/// <summary>The solver against halving, over random positions, tiers and what stands behind.</summary>
public class LiquidationPointTests
{
    private const decimal Lowest = 0.0001m, Highest = 100_000_000m;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]      // long and short beside each other
    [InlineData(true, 2)]
    public void The_point_is_where_halving_finds_it(bool isInverse, int positions)
    {
        int found = 0, none = 0;
        for (int seed = 0; seed < Fuzz.Seeds(2_000); seed++)
        {
            Random random = new(seed);
            Twins.SlowMargin.SlowMargin twin = new(isInverse, random.Next(1, 200), Tiers(random, from: isInverse ? 100 : 1_000_000), random.Next(0, 20));      // coins are few
            decimal mark = random.Next(100, 100_000);
            List<(decimal Quantity, decimal Entry)> held = [];
            for (int i = 0; i < positions; i++)
                held.Add((random.Next(1, 10_000) * (i == 0 == (random.Next(2) == 0) ? 1 : -1), decimal.Round(mark * random.Next(80, 120) / 100, 2)));
            decimal behind = held.Sum(position => twin.Notional(position.Quantity, position.Entry)) * random.Next(1, 1_500) / 1_000;
            if (twin.Left(held, behind, mark) <= 0) continue;      // it is behind us

            decimal? expected = twin.LiquidationPrice(held, behind, mark, Lowest, Highest);
            double point = Nearest(twin, held, behind, mark), price = isInverse ? 1 / point : point;
            bool isBeyond = double.IsNaN(price) || price > (double)Highest || price < (double)Lowest;
            Assert.True(expected is null == isBeyond, $"seed {seed}: {price} instead of {expected}");
            if (expected is { } exact) Assert.True(Math.Abs(price / (double)exact - 1) < 1e-9, $"seed {seed}: {price} instead of {exact}");
            if (isBeyond) none++;
            else found++;
        }
        Assert.True(found > 500 && none > 50, $"{found} with a price, {none} without");
    }

    [Fact]
    public void More_behind_is_farther_away()
    {
        MaintenanceTiers tiers = new([new MarginTier(0, 40), new MarginTier(1_000, 100), new MarginTier(5_000, 200)]);
        foreach (double size in (double[])[10, -10])
        {
            double before = 0;
            for (int behind = 300; behind < 900; behind++)
            {
                double away = Math.Abs(100 - LiquidationPoint.Nearest([new LiquidationLeg(size, size * 100)], behind, tiers, 0.001, 100));
                Assert.True(away > before);
                before = away;
            }
        }
    }

    [Fact]
    public void There_is_none_where_the_price_would_not_be_above_zero()
    {
        Assert.Equal(double.NaN, LiquidationPoint.Nearest([new LiquidationLeg(1, 100)], 100, new MaintenanceTiers([]), 0, 100));
        Assert.Equal(double.NaN, LiquidationPoint.Nearest([new LiquidationLeg(1, 100)], 101, null, 0, 100));
        Assert.Equal(1, LiquidationPoint.Nearest([new LiquidationLeg(1, 100)], 99, null, 0, 100));
    }

    private static List<(decimal From, decimal Bps)> Tiers(Random random, int from)
    {
        List<(decimal From, decimal Bps)> tiers = [(0m, random.Next(0, 100))];
        for (int i = random.Next(0, 6); i > 0; i--)
            tiers.Add((tiers[^1].From * random.Next(1, 4) + random.Next(1, from), tiers[^1].Bps + random.Next(0, 300)));
        return tiers;
    }

    private static double Nearest(Twins.SlowMargin.SlowMargin twin, List<(decimal Quantity, decimal Entry)> held, decimal behind, decimal mark)
    {
        LiquidationLeg[] legs = [.. held.Select(position =>
        {
            double size = (double)(position.Quantity * twin.Multiplier) * (twin.IsInverse ? -1 : 1), entry = (double)position.Entry;
            return new LiquidationLeg(size, size * (twin.IsInverse ? 1 / entry : entry));
        })];
        MaintenanceTiers tiers = new([.. twin.Tiers.Select(tier => new MarginTier(tier.From, tier.Bps))]);
        double x = (double)mark;
        return LiquidationPoint.Nearest(legs, (double)behind, tiers, (double)twin.FeeBps / 10_000, twin.IsInverse ? 1 / x : x);
    }
}
