using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Tests.Engine.Portfolio.Margin;

public class MaintenanceTiersTests
{
    private static readonly Twins.SlowMargin.SlowMargin Slices = new(IsInverse: false, 1m, [(0m, 40m), (50_000m, 50m), (250_000m, 100m), (1_000_000m, 250m)], 0m);

    /// <summary>The deductions are 50, 1,300 and 16,300: what a venue's table would say.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_000, 40)]
    [InlineData(50_000, 200)]
    [InlineData(100_000, 450)]
    [InlineData(250_000, 1_200)]
    [InlineData(1_000_000, 8_700)]
    [InlineData(2_000_000, 33_700)]
    public void Maintenance_is_rate_times_notional_less_the_tiers_deduction(decimal notional, decimal expected) => Assert.Equal(expected, Of(Tiers(), notional));

    [Fact]
    public void Every_notional_needs_what_its_slices_need_and_nothing_jumps()
    {
        Random random = new(1);
        MaintenanceTiers tiers = Tiers();
        for (int i = 0; i < 5_000; i++)
        {
            decimal notional = i % 4 == 0 ? Slices.Tiers[random.Next(1, 4)].From + random.Next(-2, 3) * 0.000000001m : random.NextInt64(0, 3_000_000_000_000_000) / 1_000_000_000m;
            Assert.True(decimal.Abs(Slices.Maintenance(notional) - Of(tiers, notional)) <= 0.0000000005m, $"{notional}");
        }
    }

    [Fact]
    public void Without_tiers_nothing_is_needed() => Assert.Equal(0m, Of(new MaintenanceTiers([]), 1_000_000m));

    [Fact]
    public void The_largest_notional_at_the_highest_rate_fits()
    {
        MaintenanceTiers tiers = new([new MarginTier(0, 0), new MarginTier(1_000_000_000_000_000m, 9_999m)]);
        Int128 largest = (Int128)1 << 90;
        Assert.True(tiers.Of(largest) is var needed && needed > 0 && needed < largest);
    }

    private static MaintenanceTiers Tiers() => new([.. Slices.Tiers.Select(tier => new MarginTier(tier.From, tier.Bps))]);

    private static decimal Of(MaintenanceTiers tiers, decimal notional) => (decimal)tiers.Of((Int128)(notional * 1_000_000_000m)) / 1_000_000_000m;
}
