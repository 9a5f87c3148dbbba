using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Tests.Engine.Portfolio;

/// <summary>Margin and liquidation prices through the whole account: reference values first, then laws.</summary>
public class RiskMeasuresMarginTests
{
    private static readonly InstrumentId First = MeasureRig.First, Second = MeasureRig.Second;
    private static readonly CurrencyRate Bitcoin = new(AccountTests.Code("BTC"), 50_000m);

    /// <summary>One contract entered at 50,000, maintenance 0.5 %: quant.md, 5.3.</summary>
    [Theory]
    [InlineData(1, 3, 0, 33500.83752093802)]
    [InlineData(1, 5, 0, 40201.005025125625)]
    [InlineData(1, 10, 0, 45226.13065326633)]
    [InlineData(1, 50, 0, 49246.23115577889)]
    [InlineData(-1, 3, 0, 66334.99170812605)]
    [InlineData(-1, 5, 0, 59701.49253731344)]
    [InlineData(-1, 10, 0, 54726.36815920399)]
    [InlineData(-1, 50, 0, 50746.26865671642)]
    [InlineData(1, 10, 5.5, 45251.14384835839)]
    [InlineData(-1, 10, 5.5, 54696.43478693253)]
    public void An_isolated_linear_position_is_liquidated_where_the_reference_says(int side, int leverage, double feeBps, double expected)
    {
        foreach (decimal quantity in (decimal[])[1m, 0.25m, 1_000m])
        {
            MeasureRig rig = Held(MeasureRig.Isolated(MeasureRig.Terms(leverage, (0, 50)) with { CloseFeeBps = (decimal)feeBps }), side * quantity, 50_000m);
            Near(expected, rig.Measures.LiquidationPrice(First).ToDouble());
            Near(Math.Abs(50_000 - expected) / 50_000, rig.Measures.LiquidationDistance(First));
            rig.Mark(First, 47_000m, 49_000m);      // the mark says how far it is, not where
            Near(expected, rig.Measures.LiquidationPrice(First).ToDouble());
            Near(Math.Abs(48_000 - expected) / 48_000, rig.Measures.LiquidationDistance(First));
        }
    }

    [Theory]
    [InlineData(1, 46231.15577889447)]
    [InlineData(-1, 53731.34328358209)]
    public void In_cross_mode_the_equity_stands_behind_it(int side, double expected)
    {
        MeasureRig rig = Held(new MarginOptions { Usual = MeasureRig.Terms(10, (0, 50)) }, side * 0.5m, 50_000m, cash: 2_000m);
        Near(expected, rig.Measures.LiquidationPrice(First).ToDouble());
    }

    [Fact]
    public void Maintenance_may_be_of_the_entrys_notional()
    {
        MarginTerms terms = MeasureRig.Terms(10, (0, 50)) with { Basis = MaintenanceBasis.Entry };
        MeasureRig rig = Held(MeasureRig.Isolated(terms), 1m, 50_000m);
        Near(45_250, rig.Measures.LiquidationPrice(First).ToDouble());
        rig.Mark(First, 46_000m);
        Assert.Equal(250m, rig.Measures.MaintenanceMargin);
    }

    [Fact]
    public void Equity_within_the_coin_stands_behind_an_inverse_position()
    {
        // 10,000 contracts of 1 dollar at 50,000 are 0.2 coins. Isolated at ten: x = 1/P = (q/entry + q/entry/10) / (q · 1.005) for a long one.
        foreach (int side in (int[])[1, -1])
        {
            MeasureRig rig = new MeasureRig(100_000m, MeasureRig.Isolated(MeasureRig.Terms(10, (0, 50))), null, Bitcoin).Define(First, InstrumentKind.Inverse, 1m, "BTC");
            rig.Mark(First, 50_000m).Fill(0, First, side * 10_000m, 50_000m);
            double x = side > 0 ? (0.2 + 0.02) / (10_000 * 1.005) : (0.2 - 0.02) / (10_000 * 0.995);
            Near(1 / x, rig.Measures.LiquidationPrice(First).ToDouble());
            Assert.Equal(0.02m * 50_000, rig.Measures.MarginUsed);
            Assert.Equal(0.001m * 50_000, rig.Measures.MaintenanceMargin);
        }
        // With all of it behind a short position as coins, no price is too high.
        MeasureRig safe = new MeasureRig(10_000m, new MarginOptions { Usual = MeasureRig.Terms(10, (0, 50)) }, null, Bitcoin).Define(First, InstrumentKind.Inverse, 1m, "BTC");
        safe.Mark(First, 50_000m).Fill(0, First, -10_000m, 50_000m);
        Assert.True(safe.Measures.LiquidationPrice(First).IsNone);
        Assert.Equal(double.NaN, safe.Measures.LiquidationDistance(First));
    }

    [Fact]
    public void The_liquidation_price_has_the_tier_that_it_falls_into()
    {
        // Entered at 2 million, which is in the third tier; at the liquidation price it is in the second.
        MarginTerms terms = MeasureRig.Terms(2, (0, 50), (1_000_000, 100), (1_800_000, 500));
        MeasureRig rig = Held(MeasureRig.Isolated(terms), 20m, 100_000m, cash: 10_000_000m);
        double deduction = 1_000_000 * 0.005, price = (2_000_000.0 - 1_000_000 - deduction) / (20 * (1 - 0.01));
        Near(price, rig.Measures.LiquidationPrice(First).ToDouble());
        Assert.Equal(2_000_000m * 0.05m - 5_000 - 1_800_000 * 0.04m, rig.Measures.MaintenanceMargin);
    }

    [Fact]
    public void There_is_no_liquidation_without_a_position_a_debt_or_margin()
    {
        MeasureRig rig = new MeasureRig(margin: MeasureRig.Isolated(MeasureRig.Terms(1, (0, 50)))).Define(First).Define(Second, InstrumentKind.Spot);
        Assert.True(rig.Measures.LiquidationPrice(First).IsNone);
        rig.Mark(First, 100m).Mark(Second, 100m).Fill(0, First, 5m, 100m).Fill(0, Second, 5m, 100m);
        Assert.True(rig.Measures.LiquidationPrice(First).IsNone);      // a leverage of one: the price would be 0
        Assert.True(rig.Measures.LiquidationPrice(Second).IsNone);
        Assert.True(rig.Measures.LiquidationPrice(new InstrumentId(77)).IsNone);
        rig.Fill(0, First, -10m, 100m);
        Near(2 * 100 / 1.005, rig.Measures.LiquidationPrice(First).ToDouble());

        RiskMeasures without = new MeasureRig().Define(First).Mark(First, 100m).Fill(0, First, -5m, 100m).Measures;
        Assert.True(without.LiquidationPrice(First).IsNone);
        Assert.Equal((null, null, null, null), (without.InitialMargin, without.MarginUsed, without.MaintenanceMargin, without.MarginAvailable));
        Assert.Equal((double.NaN, double.NaN), (without.MaintenanceRatio(), without.LiquidationDistance(First)));
        Assert.Null(without.Extremes);
    }

    [Fact]
    public void Spot_is_paid_in_full_and_the_rest_of_the_equity_is_cash()
    {
        MeasureRig rig = new MeasureRig(1_000m, new MarginOptions { Usual = MeasureRig.Terms(10, (0, 100)) }).Define(First, InstrumentKind.Spot);
        rig.Mark(First, 50m).Fill(0, First, 10m, 50m).Mark(First, 60m);
        Assert.Equal((600m, 0m, 500m), (rig.Measures.MarginUsed, rig.Measures.MaintenanceMargin, rig.Measures.MarginAvailable));
        Assert.Equal(rig.Account.Cash, rig.Measures.MarginAvailable);
        Assert.Equal(0, rig.Measures.MaintenanceRatio());
    }

    [Fact]
    public void Futures_have_fixed_margins_by_contract()
    {
        MarginTerms terms = new() { InitialPerContract = 5_500m, MaintenancePerContract = 5_000m };
        MeasureRig rig = new MeasureRig(20_000m, new MarginOptions { Usual = terms }).Define(First, multiplier: 1_000m);
        rig.Mark(First, 60m).Fill(0, First, 2m, 60m);
        Assert.Equal((11_000m, 10_000m, 9_000m), (rig.Measures.MarginUsed, rig.Measures.MaintenanceMargin, rig.Measures.MarginAvailable));
        Assert.Equal(0.5, rig.Measures.MaintenanceRatio());
        Near(55, rig.Measures.LiquidationPrice(First).ToDouble());      // 10,000 of loss leave 10,000
        rig.Mark(First, 55m);
        Assert.Equal(1, rig.Measures.MaintenanceRatio());
    }

    [Fact]
    public void Initial_margin_counts_the_worse_side_of_what_is_held_and_live()
    {
        MeasureRig rig = new MeasureRig(margin: new MarginOptions { Usual = MeasureRig.Terms(10, (0, 50)), SafetyBuffer = 0.1m }).Define(First);
        rig.Mark(First, 100m).Fill(0, First, 5m, 100m);
        Assert.Equal((50m, 50m, 100_000m * 0.9m - 50m), (rig.Measures.MarginUsed, rig.Measures.InitialMargin, rig.Measures.MarginAvailable));
        rig.Exposure.Reserve(0, First, Side.Sell, Quantity.Units(8));
        Assert.Equal(50m, rig.Measures.InitialMargin);      // 3 short is less than 5 long
        rig.Exposure.Reserve(1, First, Side.Buy, Quantity.Units(4));
        Assert.Equal(90m, rig.Measures.InitialMargin);
        rig.Exposure.Reserve(1, First, Side.Sell, Quantity.Units(7));
        Assert.Equal(100m, rig.Measures.InitialMargin);
        rig.Exposure.Release(0, First, Side.Sell, Quantity.Units(8));
        Assert.Equal(90m, rig.Measures.InitialMargin);
        rig.Exposure.AddReducing(0, First, Side.Sell, 100_000_000_000);      // to nothing at most
        Assert.Equal(90m, rig.Measures.InitialMargin);
        rig.Mark(First, 200m);
        Assert.Equal(180m, rig.Measures.InitialMargin);
        Assert.Equal(100m, rig.Measures.MarginUsed);
    }

    [Fact]
    public void Isolated_margin_is_the_entrys_and_locks_what_the_position_made()
    {
        MeasureRig rig = new MeasureRig(1_000m, MeasureRig.Isolated(MeasureRig.Terms(10, (0, 50)))).Define(First);
        rig.Mark(First, 100m).Fill(0, First, 5m, 100m).Mark(First, 120m);
        Assert.Equal((50m, 50m, 3m, 950m), (rig.Measures.MarginUsed, rig.Measures.InitialMargin, rig.Measures.MaintenanceMargin, rig.Measures.MarginAvailable));
        Assert.Equal(3.0 / 150, rig.Measures.MaintenanceRatio(First), 1e-12);
        Assert.Equal(3.0 / 150, rig.Measures.MaintenanceRatio(), 1e-12);
        rig.Exposure.Reserve(0, First, Side.Buy, Quantity.Units(1));
        Assert.Equal(62m, rig.Measures.InitialMargin);      // one more would cost 12
        rig.Exposure.Reserve(0, First, Side.Sell, Quantity.Units(12));
        Assert.Equal(84m, rig.Measures.InitialMargin);      // seven short, all of them new
    }

    [Fact]
    public void The_two_sides_of_an_instrument_are_two_positions()
    {
        MeasureRig rig = new MeasureRig(1_000m, new MarginOptions { Usual = MeasureRig.Terms(10, (0, 50)) }).Define(First).Mark(First, 100m);
        rig.Fill(0, First, 5m, 100m, side: PositionSide.Long).Fill(0, First, -5m, 100m, side: PositionSide.Short);
        Assert.Equal((100m, 100m, 5m), (rig.Measures.MarginUsed, rig.Measures.InitialMargin, rig.Measures.MaintenanceMargin));
        Near(1_000 / (10 * 0.005), rig.Measures.LiquidationPrice(First).ToDouble());      // nothing is won or lost; both need more the higher it is
    }

    [Fact]
    public void Higher_tiers_than_the_leverage_allows_make_initial_margin_what_they_need()
    {
        MeasureRig rig = new MeasureRig(100_000m, new MarginOptions { Usual = MeasureRig.Terms(50, (0, 100), (1_000, 1_000)) }).Define(First).Mark(First, 100m);
        rig.Fill(0, First, 100m, 100m);
        Assert.Equal(10_000m * 0.1m - 90, rig.Measures.MarginUsed);
        Assert.Equal(rig.Measures.MaintenanceMargin, rig.Measures.MarginUsed);
    }

    [Theory]
    [InlineData(MarginMode.Cross, InstrumentKind.Linear)]
    [InlineData(MarginMode.Cross, InstrumentKind.Inverse)]
    [InlineData(MarginMode.Isolated, InstrumentKind.Linear)]
    [InlineData(MarginMode.Isolated, InstrumentKind.Inverse)]
    public void At_the_liquidation_price_margin_is_used_up(MarginMode mode, InstrumentKind kind)
    {
        int found = 0;
        for (int seed = 0; seed < Fuzz.Seeds(300); seed++)
        {
            Random random = new(seed);
            MarginTerms terms = MeasureRig.Terms(random.Next(1, 30), (0, random.Next(1, 100)), (random.Next(1, 5_000), 200), (random.Next(6_000, 9_000), 300)) with { CloseFeeBps = random.Next(0, 10) };
            int scale = kind == InstrumentKind.Inverse ? 1_000 : 1;      // coins are few: their margin would be a few units of 1e-9
            MeasureRig rig = new(random.Next(1, 10_000) * scale, new MarginOptions { Mode = mode, Usual = terms }, null, Bitcoin);
            rig.Define(First, kind, random.Next(1, 10), kind == InstrumentKind.Inverse ? "BTC" : "USD").Define(Second);
            decimal price = random.Next(1_000, 2_000);
            rig.Mark(First, price).Mark(Second, 50m);
            rig.Fill(0, First, random.Next(1, 50) * scale * (random.Next(2) * 2 - 1), price).Fill(1, First, random.Next(1, 20) * scale * (random.Next(2) * 2 - 1), price * 1.01m).Fill(1, Second, random.Next(-20, 20) + 0.5m, 51m, fee: 0.3m);
            if (rig.Measures.LiquidationPrice(First) is not { IsNone: false } liquidation) continue;
            found++;
            rig.Mark(First, liquidation.ToDecimal());
            Assert.True(Math.Abs(rig.Measures.MaintenanceRatio(First) - 1) < 1e-6, $"seed {seed}: {rig.Measures.MaintenanceRatio(First)}");      // the price and the money are rounded to 1e-9
            Near(liquidation.ToDouble(), rig.Measures.LiquidationPrice(First).ToDouble(), 1e-8);
            Assert.True(rig.Measures.LiquidationDistance(First) < 1e-8);
        }
        Assert.True(found > 100, $"{found}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_more_leverage_the_nearer_is_liquidation(int side)
    {
        double before = double.MaxValue;
        for (int leverage = 2; leverage <= 60; leverage++)
        {
            MeasureRig rig = Held(MeasureRig.Isolated(MeasureRig.Terms(leverage, (0, 50), (40_000, 80))), side * 1m, 50_000m);
            double distance = rig.Measures.LiquidationDistance(First);
            Assert.True(distance < before, $"{leverage}");
            before = distance;
        }
    }

    [Fact]
    public void The_worst_of_a_run_is_noted()
    {
        MeasureRig rig = new MeasureRig(1_000m, new MarginOptions { Usual = MeasureRig.Terms(10, (0, 100)) }).Define(First).Define(Second);
        Assert.Equal((0, 0, double.NaN, InstrumentId.None), (rig.Measures.Extremes!.Value.MaintenanceRatioMax, rig.Measures.Extremes.Value.LeverageMax, rig.Measures.Extremes.Value.LiquidationDistanceMin, rig.Measures.Extremes.Value.Nearest));
        rig.Mark(First, 100m).Mark(Second, 100m).Fill(0, First, 50m, 100m);
        rig.Measures.SampleMargin();
        rig.Mark(First, 84m).Mark(First, 120m).Mark(Second, 500m);
        MarginExtremes extremes = rig.Measures.Extremes!.Value;
        Assert.Equal(42.0 / 200, extremes.MaintenanceRatioMax, 1e-12);
        Assert.Equal(4_200.0 / 200, extremes.LeverageMax, 1e-12);
        Assert.Equal(1 - 4_000.0 / (50 * 0.99) / 84, extremes.LiquidationDistanceMin, 1e-12);
        Assert.Equal(First, extremes.Nearest);
    }

    private static MeasureRig Held(MarginOptions margin, decimal quantity, decimal price, decimal cash = 100_000_000m) =>
        new MeasureRig(cash, margin).Define(First).Mark(First, price).Fill(0, First, quantity, price);

    private static void Near(double expected, double found, double within = 1e-9) =>
        Assert.True(Math.Abs(found / expected - 1) < within, $"{found} instead of {expected}");
}
