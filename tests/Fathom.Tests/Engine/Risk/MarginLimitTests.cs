using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Risk;

/// <summary>What the gate makes of margin.</summary>
public class MarginLimitTests
{
    private const long Nano = 1_000_000_000;
    private static readonly MarginOptions TenTimes = new() { Usual = MeasureRig.Terms(10, (0, 50)), SafetyBuffer = 0.2m };

    [Fact]
    public void Initial_margin_at_its_worst_and_the_buffer_are_not_more_than_the_equity()
    {
        GateRig rig = new GateRig(new RiskLimits(), TenTimes).Mark(GateRig.Dollar, 100m);      // 1,000 of equity, of which 800 carry 8,000
        rig.Fill(0, GateRig.Dollar, Side.Buy, 30m, 100m);
        rig.Submit(Side.Buy, 40m);
        Assert.True(rig.Judge(Side.Buy, 10m, strategy: 1).IsNone);
        Assert.Equal(new Refusal(ReasonCode.MarginLimit, 800 * Nano, 810 * Nano, RiskScope.Account), rig.Judge(Side.Buy, 11m, strategy: 1));
        Assert.True(rig.Judge(Side.Sell, 110m).IsNone);      // from 30 long to 80 short
        Assert.Equal(new Refusal(ReasonCode.MarginLimit, 800 * Nano, 810 * Nano, RiskScope.Account), rig.Judge(Side.Sell, 111m));
    }

    [Fact]
    public void What_makes_nothing_larger_passes_whatever_margin_says()
    {
        GateRig rig = new GateRig(new RiskLimits(), TenTimes).Mark(GateRig.Dollar, 100m);
        rig.Fill(0, GateRig.Dollar, Side.Buy, 80m, 100m);
        rig.Mark(GateRig.Dollar, 90m);
        Assert.Equal(ReasonCode.MarginLimit, rig.Judge(Side.Buy, 1m).Reason);
        Assert.True(rig.Judge(Side.Sell, 160m).IsNone);
        Assert.Equal(ReasonCode.MarginLimit, rig.Judge(Side.Sell, 161m).Reason);
        Order sell = rig.Submit(Side.Sell, 80m);
        Assert.True(rig.Replace(sell, 40m).IsNone);
        Assert.True(rig.Replace(sell, 160m).IsNone);
        Assert.Equal(ReasonCode.MarginLimit, rig.Replace(sell, 161m).Reason);
    }

    [Fact]
    public void Without_a_mark_the_orders_price_counts_and_without_any_nothing_passes()
    {
        GateRig rig = new(new RiskLimits(), TenTimes);
        Assert.True(rig.Judge(Side.Buy, 80m, 100m).IsNone);
        Assert.Equal(new Refusal(ReasonCode.MarginLimit, 800 * Nano, 810 * Nano, RiskScope.Account), rig.Judge(Side.Buy, 81m, 100m));
        Assert.Equal(new Refusal(ReasonCode.NoReferencePrice, 0, GateRig.Dollar.Index, RiskScope.Account), rig.Judge(Side.Buy, 1m, price: null));
    }

    [Fact]
    public void A_currency_without_a_rate_cannot_be_held_to_margin()
    {
        GateRig rig = new GateRig(new RiskLimits(), TenTimes).Mark(GateRig.Euro, 10m);
        Assert.Equal(new Refusal(ReasonCode.UnsupportedInstrument, 0, GateRig.Euro.Index, RiskScope.Account), rig.Judge(Side.Buy, 1m, instrument: GateRig.Euro));
        Assert.True(new GateRig(new RiskLimits(), TenTimes, 1_000m, new CurrencyRate(AccountTests.Code("EUR"), 2m)).Mark(GateRig.Euro, 10m).Judge(Side.Buy, 40m, instrument: GateRig.Euro).IsNone);
    }

    /// <summary>Whatever of what was approved is filled, initial margin of what is then held is not more than what was free.</summary>
    [Fact]
    public void No_fills_of_approved_orders_need_more_margin_than_there_is()
    {
        int refused = 0;
        for (int seed = 0; seed < Fuzz.Seeds(300); seed++)
        {
            Random random = new(seed);
            GateRig rig = new GateRig(new RiskLimits(), TenTimes).Mark(GateRig.Dollar, 100m);
            List<Order> live = [];
            for (int step = 0; step < 40; step++)
            {
                Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                decimal quantity = random.Next(1, 60);
                ushort strategy = (ushort)random.Next(2);
                if (rig.Judge(side, quantity, strategy: strategy).IsNone) live.Add(rig.Submit(side, quantity, strategy: strategy));
                else refused++;
            }
            foreach (Order order in live.OrderBy(_ => random.Next()))
            {
                if (random.Next(3) == 0) continue;
                rig.Fill(order.Strategy, GateRig.Dollar, order.Side, order.Leaves.ToDecimal(), 100m);
                rig.Blotter.Exposure.Release(order.Strategy, GateRig.Dollar, order.Side, order.Leaves);
                Assert.True(rig.Measures.MarginUsed <= 800m, $"seed {seed}: {rig.Measures.MarginUsed}");
            }
        }
        Assert.True(refused > 100);
    }
}
