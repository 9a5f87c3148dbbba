using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Tests.Engine.Loop.CarryOver;

namespace Fathom.Tests.Engine.Loop;

/// <summary>What strategies see of risk, what the gate makes of margin, and what the next session knows of peaks.</summary>
public class TradingEngineMeasuresTests
{
    private static readonly MarginOptions TenTimes = new() { Usual = new MarginTerms { Leverage = 10, Tiers = [new MarginTier(0, 100)] } };

    [Fact]
    public void A_strategy_sees_its_own_numbers_and_the_accounts_after_each_event()
    {
        (decimal Own, decimal Account, double Leverage, double Drawdown, decimal? Margin) seen = default;
        ScriptedStrategy buyer = new(), watcher = new();
        buyer.Book = (context, _) =>
        {
            buyer.Book = null;
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m, 200m));
        };
        watcher.Book = (context, _) => seen = (context.Risk.GrossExposure, context.Risk.Account.GrossExposure, context.Risk.Account.Leverage, context.Risk.Account.Drawdown, context.Risk.MarginUsed);
        using EngineRig rig = new([new NamedStrategy("buyer", buyer), new NamedStrategy("watcher", watcher)], more: options => options with { Margin = TenTimes });
        rig.Define().Quote(10.00m, 10.02m).AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 200m);
        rig.Quote(8.00m, 9.00m);
        Assert.Equal((0m, 1_700m, 1_700.0 / 700, 302.0 / 1_002), (seen.Own, seen.Account, seen.Leverage, seen.Drawdown));      // bought at 10.00, the mid was 10.01
        Assert.Equal(170m, seen.Margin);
        MarginExtremes extremes = rig.Engine.Summarize().Margin!.Value;
        Assert.Equal((17.0 / 700, 1_700.0 / 700), (extremes.MaintenanceRatioMax, extremes.LeverageMax));
        Assert.Equal(1 - 1_000.0 / 198 / 8.5, extremes.LiquidationDistanceMin, 1e-9);
        Assert.Equal(EngineRig.Crude, extremes.Nearest);
    }

    [Fact]
    public void An_order_beyond_the_margin_is_refused_with_its_numbers()
    {
        ScriptedStrategy buyer = new();
        buyer.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m, 999m));
        using EngineRig rig = new([new NamedStrategy("buyer", buyer)], more: options => options with { Margin = TenTimes });
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal(2, rig.Quote(10.00m, 10.04m).Changes.Count);      // 999 of margin are live, 999 more are too many
        OrderEvent refused = rig.Changes[^1];
        Assert.Equal((ReasonCode.MarginLimit, 1_000_000_000_000, 2 * 999 * 1_002_000_000L), (refused.Reason, refused.Limit, refused.Found));
    }

    [Fact]
    public void Volatility_is_measured_from_the_first_question_on()
    {
        List<double> seen = [];
        ScriptedStrategy asker = new() { Book = (context, _) => seen.Add(context.Risk.Volatility(EngineRig.Crude)) };
        VolatilityOptions options = new() { Window = Duration.FromMilliseconds(2_000), Sample = Duration.FromMilliseconds(1_000) };
        using EngineRig rig = new([new NamedStrategy("asker", asker)], more: engine => engine with { Volatility = options });
        rig.Define();
        for (int second = 2; second <= 6; second++)
        {
            rig.Now = new Timestamp(second * 1_000_000_000L + 500_000_000);
            rig.Quote(second % 2 == 0 ? 10m : 11m, 12m);
        }
        Assert.All(seen.Take(3), value => Assert.Equal(double.NaN, value));
        double step = Math.Log(11.5 / 11);
        Assert.Equal(step, seen[^1], 1e-12);
    }

    [Fact]
    public void Peaks_of_the_account_and_of_strategies_survive_a_session_roll()
    {
        ScriptedStrategy buyer = new();
        buyer.Book = (context, _) =>
        {
            buyer.Book = null;
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m, 50m));
        };
        using EngineRig monday = new([new NamedStrategy("buyer", buyer), new NamedStrategy("idle", new ScriptedStrategy())]);
        monday.Define().Quote(10.00m, 10.02m).AcceptAll().Fill(monday.Sent[0].ClientOrderId, Side.Buy, 10.00m, 50m).Quote(20.00m, 20.02m).Quote(14.00m, 14.02m);
        monday.Now = new Timestamp(86_400_000_000_000 + 5_000_000_000);      // the next day has a peak of its own
        monday.Quote(16.00m, 16.02m).Quote(15.00m, 15.02m);
        Assert.NotEqual(monday.Engine.Measures.Drawdown(0), monday.Engine.Measures.DayDrawdown(0));
        RiskMeasures before = monday.Engine.Measures;
        Assert.Equal(250.0 / 1_500.5, before.Drawdown(RiskMeasures.WholeAccount), 1e-15);

        using EngineRig tuesday = new([new NamedStrategy("buyer", new ScriptedStrategy()), new NamedStrategy("idle", new ScriptedStrategy())], cash: 0m);
        Roll.Of(monday.Engine).StepInto(tuesday.Engine);
        RiskMeasures after = tuesday.Engine.Measures;
        for (int owner = RiskMeasures.WholeAccount; owner < 2; owner++)
        {
            Assert.Equal((before.EquityNanos(owner), before.PeakNanos(owner), before.Drawdown(owner), before.DayDrawdown(owner)), (after.EquityNanos(owner), after.PeakNanos(owner), after.Drawdown(owner), after.DayDrawdown(owner)));
            Assert.Equal((before.GrossExposure(owner), before.DailyLoss(owner)), (after.GrossExposure(owner), after.DailyLoss(owner)));
        }
        Assert.Equal(Roll.Of(monday.Engine).Essence(), Roll.Of(tuesday.Engine).Essence());
    }
}
