using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Engine.Loop;

/// <summary>What an engine publishes beside orders and fills.</summary>
public class TradingEngineEventsTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void A_position_is_told_right_behind_its_fill_and_the_equity_behind_both()
    {
        using EngineRig rig = new(_strategy);
        rig.Define(multiplier: 100m).Quote(10.00m, 10.02m);
        rig.Fill(new ClientOrderId(9, 9), Side.Buy, 10.00m, 2m, fee: 0.5m);
        rig.Fill(new ClientOrderId(9, 9), Side.Sell, 10.05m, 2m);
        Assert.Equal(rig.Fills.Select(fill => rig.Outputs.IndexOf(fill.Output) + 1), rig.Positions.Select(position => rig.Outputs.IndexOf(position.Output)));
        Assert.Equal(rig.Fills.Select(fill => rig.Outputs.IndexOf(fill.Output) + 2), rig.Equities.Select(equity => rig.Outputs.IndexOf(equity.Output)));
        Assert.Equal([(2L, 10.00m), (0L, null)], rig.Positions.Select(position => (position.Quantity.Nanos / Quantity.Scale, position.AveragePrice.IsNone ? (decimal?)null : position.AveragePrice.ToDecimal())));
        Assert.Equal(((Int128)10_000_000_000, (Int128)500_000_000), (rig.Positions[^1].RealizedNanos, rig.Positions[^1].FeesNanos));
        Assert.All(rig.Equities, equity => Assert.Equal((Int128)1_000_000_000_000 + equity.RealizedNanos + equity.UnrealizedNanos - equity.FeesNanos, equity.EquityNanos));
    }

    [Fact]
    public void Equity_is_told_once_per_interval_while_it_changes()
    {
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        rig.Fill(new ClientOrderId(9, 9), Side.Buy, 10.01m, 1m);
        rig.Equities.Clear();
        rig.Now = new Timestamp(5_000_000_000);
        rig.Quote(10.10m, 10.12m).Quote(10.20m, 10.22m);
        rig.Equities.Clear();
        rig.Now = new Timestamp(5_990_000_000);
        rig.Quote(10.30m, 10.32m);
        Assert.Empty(rig.Equities);
        rig.Now = new Timestamp(6_000_000_000);
        rig.Quote(10.40m, 10.42m).Quote(10.50m, 10.52m);                // once, as it was until then
        Assert.Equal(((Int128)1_000_300_000_000, true), (Assert.Single(rig.Equities).EquityNanos, rig.Equities[0].Header.EventTime < new Timestamp(6_000_000_000)));
        rig.Now = new Timestamp(7_500_000_000);
        rig.Quote(10.50m, 10.52m);
        Assert.Equal(2, rig.Equities.Count);
        rig.Now = new Timestamp(9_500_000_000);
        rig.Quote(10.50m, 10.52m);                                        // nothing changed
        Assert.Equal(2, rig.Equities.Count);
    }

    [Fact]
    public void Equity_is_told_at_the_end_of_a_day_as_it_was_and_at_the_end_of_the_run()
    {
        const long Day = 86_400_000_000_000;
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        rig.Fill(new ClientOrderId(9, 9), Side.Buy, 10.01m, 1m).Quote(11.00m, 11.02m);
        rig.Equities.Clear();
        rig.Now = new Timestamp(Day + 5);
        rig.Quote(12.00m, 12.02m);
        EquityEvent evening = Assert.Single(rig.Equities);
        Assert.Equal((Int128)1_001_000_000_000, evening.EquityNanos);
        Assert.True(evening.Header.ReceiveTime < new Timestamp(Day));
        rig.Engine.Stop();
        Assert.Equal([1_001m, 1_002m], rig.Engine.Summarize().Days.Select(day => day.Equity));
        Assert.Equal((Int128)1_002_000_000_000, rig.Equities[^1].EquityNanos);
    }
}
