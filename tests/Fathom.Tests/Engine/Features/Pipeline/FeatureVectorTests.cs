using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Pipeline;
using Fathom.Engine.Loop;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Features.Pipeline;

public class FeatureVectorTests
{
    private static readonly string[] Columns = ["mid", "weighted_mid", "spread", "imbalance", "trade_imbalance"];

    private readonly AttentiveStrategy _strategy = new();
    private InstrumentFeatures _readings = null!;

    /// <summary>Whatever the market does: one-sided, stale, locked and crossed books, halts, trades without a side, time that passes.</summary>
    [Fact]
    public void It_says_what_the_readings_of_the_instrument_say_at_the_same_event()
    {
        int known = 0, unknown = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            using EngineRig rig = ARig();
            for (int step = 0; step < 60; step++)
            {
                Do(random, rig);
                double[] expected = [_readings.Mid, _readings.WeightedMid, _readings.Spread, _readings.Imbalance, _readings.TradeImbalance], found = rig.Engine.Features[EngineRig.Crude].Values.ToArray();
                for (int i = 0; i < Columns.Length; i++)
                {
                    // Same numbers, but for two that are rounded elsewhere: the readings take the spread of prices in 1e-9, and add up quantities in 1e-9.
                    double allowed = Columns[i] is "spread" or "trade_imbalance" ? 4e-14 : 0;
                    Assert.True(double.IsNaN(expected[i]) ? double.IsNaN(found[i]) : Math.Abs(expected[i] - found[i]) <= allowed, $"seed {seed}, step {step}, {Columns[i]}: {found[i]:R} instead of {expected[i]:R}");
                    if (double.IsNaN(expected[i])) unknown++;
                    else known++;
                }
            }
        }
        Assert.True(known > 4_000 && unknown > 2_000, $"{known} known, {unknown} unknown");
    }

    [Fact]
    public void A_trade_without_a_side_is_none_for_the_readings_and_for_the_vector_one_by_its_price_unless_the_venue_alone_counts()
    {
        using EngineRig rig = ARig(FeatureSpec.Of("trade_imbalance").With("window", "10s") with { As = "by price" });
        rig.Quote(10.00m, 10.02m).Trade(Side.None, 10.02m, 5m);
        Assert.Equal((double.NaN, double.NaN, 1), (_readings.TradeImbalance, rig.Engine.Features[EngineRig.Crude].Values[^2], rig.Engine.Features[EngineRig.Crude].Values[^1]));
    }

    [Theory]
    [InlineData(TradingState.Halted)]
    [InlineData(TradingState.Closed)]
    [InlineData(TradingState.Auction)]
    public void A_state_without_trading_leaves_what_the_book_says_as_it_is(TradingState state)
    {
        using EngineRig rig = ARig(FeatureSpec.Of("ofi"), FeatureSpec.Of("sma", "mid").With("period", 1));
        rig.Quote(10.00m, 10.02m).Quote(10.02m, 10.04m).Trade(Side.Buy, 10.04m, 1m);
        double[] before = rig.Engine.Features[EngineRig.Crude].Values.ToArray();
        rig.State(state);
        Assert.Equal(before, rig.Engine.Features[EngineRig.Crude].Values.ToArray());
        Assert.DoesNotContain(before, double.IsNaN);
        rig.Quote(10.04m, 10.06m);
        Assert.Equal((10.05, 10.05), (rig.Engine.Features[EngineRig.Crude].Values[0], rig.Engine.Features[EngineRig.Crude].Values[^1]));
        rig.State(TradingState.Continuous).Quote(10.00m, 10.02m);
        Assert.Equal(_readings.Mid, rig.Engine.Features[EngineRig.Crude].Values[0]);
    }

    [Fact]
    public void A_jump_of_the_price_is_a_move_like_any_other()
    {
        using EngineRig rig = ARig(FeatureSpec.Of("return", "mid"), FeatureSpec.Of("mid_change"));
        rig.Quote(10.00m, 10.02m).Quote(9_999.99m, 10_000.01m);
        ReadOnlySpan<double> values = rig.Engine.Features[EngineRig.Crude].Values;
        Assert.Equal(Math.Log(10_000 / 10.01), values[^2], 1e-12);
        Assert.Equal(10_000 - 10.01, values[^1], 1e-9);
    }

    /// <summary>Whatever else is asked for: deeper levels are of the book, which has gone on meanwhile.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    public void Within_an_event_the_book_is_that_of_the_last_complete_one(int depth, bool getsStale)
    {
        using EngineRig rig = ARig(FeatureSpec.Of("depth_imbalance").With("levels", depth));
        rig.Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m);
        double deep = rig.Engine.Features[EngineRig.Crude].Values[^1];
        rig.Quote(10.00m, 10.02m);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.01m, isLast: false, getsStale ? BookFlags.MaybeBadBook : BookFlags.None);
        Assert.Equal(deep, rig.Engine.Features[EngineRig.Crude].Values[^1]);
        Assert.Equal((10.01, 10.01), (_readings.Mid, rig.Engine.Features[EngineRig.Crude].Values[0]));
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        if (!getsStale) Assert.Equal((10.015, 10.015), (Math.Round(_readings.Mid, 6), Math.Round(rig.Engine.Features[EngineRig.Crude].Values[0], 6)));
    }

    private static void Do(Random random, EngineRig rig)
    {
        decimal bid = 10 + random.Next(20) * 0.01m, ask = bid + random.Next(-1, 5) * 0.01m;
        switch (random.Next(9))
        {
            case 0: rig.Quote(random.Next(2) == 0 ? bid : null, null); break;
            case 1: rig.Quote(null, ask); break;
            case 2: rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true, BookFlags.MaybeBadBook); break;
            case 3: rig.State(random.Next(2) == 0 ? TradingState.Halted : TradingState.Continuous); break;
            case 4: rig.Reach(rig.Now + Duration.FromMilliseconds(random.Next(1, 6_000))); break;
            case 5 or 6: rig.Trade((Side)random.Next(3), bid, random.Next(1, 9_999) * 0.001m); break;
            default: rig.Quote(bid, ask, bidQuantity: random.Next(1, 50), askQuantity: random.Next(1, 50)); break;
        }
    }

    /// <summary>The columns that are readings too, and what else is asked for.</summary>
    private EngineRig ARig(params FeatureSpec[] more)
    {
        FeatureSpec[] columns = [.. Columns.Select(name => name == "trade_imbalance" ? FeatureSpec.Of(name).With("window", "10s").With("sign", "venue") : FeatureSpec.Of(name)), .. more];
        _strategy.Features = (_, readings) => _readings = readings;
        EngineRig rig = new(_strategy, more: options => options with { Features = columns });
        rig.Define().Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        return rig;
    }
}
