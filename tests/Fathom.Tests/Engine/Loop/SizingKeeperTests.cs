using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Sizes in a strategy's hands. The account has 100,000, the book is 10.00 to 10.02.</summary>
public class SizingKeeperTests
{
    private static readonly SizingOptions s_notional = new() { Method = SizingMethod.Notional, Notional = 1_002m };
    private static readonly SizingOptions s_kelly = new() { Method = SizingMethod.Kelly, KellyFraction = 0.5m, TradesMin = 2, TradesMax = 3, FallbackFraction = 0.01002m, IsShrunk = false };

    private readonly ScriptedStrategy _strategy = new();
    private StrategyContext _context = null!;

    [Fact]
    public void A_signal_without_a_size_gets_it_by_its_confidence()
    {
        using EngineRig rig = ARig(s_notional);
        _context.Signal(EngineRig.Crude, Side.Buy, confidence: 0.5);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal((Side.Buy, 50m, OrderType.Market), (rig.Sent[^1].Side, rig.Sent[^1].Quantity.ToDecimal(), rig.Sent[^1].Type));
        Assert.True(_context.TrySignal(EngineRig.Crude, out Signal signal) && signal.Size == Quantity.Units(50));
    }

    [Fact]
    public void A_signal_that_is_sized_nothing_is_flat()
    {
        using EngineRig rig = ARig(s_notional);
        _context.Signal(EngineRig.Crude, Side.Sell);
        rig.Quote(10.00m, 10.02m);
        rig.Fill(rig.Sent[^1].ClientOrderId, Side.Sell, 10.00m, 100m);
        _context.Signal(EngineRig.Crude, Side.Buy, confidence: 0.001);      // less than a lot
        rig.Quote(10.00m, 10.02m);
        Assert.Equal((Side.Buy, 100m), (rig.Sent[^1].Side, rig.Sent[^1].Quantity.ToDecimal()));
    }

    [Fact]
    public void Without_sizing_a_signal_states_its_size()
    {
        using EngineRig rig = ARig(null);
        Assert.False(_context.Sizing.IsConfigured);
        Assert.Throws<InvalidOperationException>(() => _context.Signal(EngineRig.Crude, Side.Buy));
        Assert.Throws<ArgumentException>(() => _context.Signal(EngineRig.Crude, Side.Buy, confidence: 2));
        _context.Signal(EngineRig.Crude, Side.None);      // flat needs none
    }

    [Fact]
    public void A_sized_signal_that_is_said_again_after_an_exit_does_not_go_back_in()
    {
        using EngineRig rig = ARig(s_notional, new ExitOptions { StopLoss = PriceDistance.OfTicks(5) });
        _context.Signal(EngineRig.Crude, Side.Buy);
        rig.Quote(10.00m, 10.02m).Fill(rig.Sent[^1].ClientOrderId, Side.Buy, 10.02m, 100m).AcceptAll();
        rig.Fill(rig.Sent[^1].ClientOrderId, Side.Sell, 9.97m, 100m);
        int sent = rig.Sent.Count;
        rig.Quote(9.90m, 9.92m);
        _context.Signal(EngineRig.Crude, Side.Buy);      // another size at this price, and still the same signal
        rig.Quote(9.91m, 9.93m);
        Assert.Equal(sent, rig.Sent.Count);
        _context.Signal(EngineRig.Crude, Side.Sell);
        rig.Quote(9.90m, 9.92m);
        Assert.Equal(Side.Sell, rig.Sent[^1].Side);
    }

    [Fact]
    public void Own_trades_count_and_survive_a_session_roll()
    {
        using EngineRig monday = ARig(s_kelly);
        Assert.Equal(100m, Size());
        foreach (decimal exit in (decimal[])[10.20m, 9.90m, 10.30m, 9.95m]) RoundTrip(monday, exit);
        Assert.Equal((3, 1, 2), (_context.Sizing.Trades.Count, _context.Sizing.Trades.Summarize().Wins, _context.Sizing.Trades.Summarize().Losses));
        double[] kept = [.. Enumerable.Range(0, 3).Select(age => _context.Sizing.Trades[age])];
        Assert.Equal(-0.005, kept[0], 9);

        using EngineRig tuesday = new([new NamedStrategy("strategy", _strategy) { Sizing = s_kelly }], cash: 100_000m) { Now = monday.Now };
        CarryOver.Roll.Of(monday.Engine).StepInto(tuesday.Engine);
        tuesday.Quote(10.00m, 10.02m);
        Assert.Equal(kept, Enumerable.Range(0, 3).Select(age => _context.Sizing.Trades[age]));
        RoundTrip(tuesday, 10.10m);

        using EngineRig wednesday = new([new NamedStrategy("strategy", _strategy) { Sizing = s_kelly with { TradesMax = 2 } }], cash: 100_000m) { Now = tuesday.Now };
        CarryOver.Roll.Of(tuesday.Engine).StepInto(wednesday.Engine);
        wednesday.Quote(10.00m, 10.02m);
        Assert.Equal([0.01, -0.005], Enumerable.Range(0, 2).Select(age => Math.Round(_context.Sizing.Trades[age], 9)));
    }

    [Fact]
    public void Volatility_is_measured_while_the_market_moves()
    {
        using EngineRig rig = ARig(new SizingOptions { Method = SizingMethod.Volatility, DailyVolatility = 100m });
        Assert.Equal(0m, Size());
        for (int i = 0; i < 30; i++)
        {
            rig.Now += Duration.FromMilliseconds(60_000);
            rig.Quote(i % 2 == 0 ? 10.10m : 10.00m, i % 2 == 0 ? 10.12m : 10.02m);
        }
        // a move of 0.1 in 10.06 each minute, 1,440 of them a day: 37.7 % or 3.79 a unit
        Assert.InRange(Size(), 26m, 27m);
    }

    private EngineRig ARig(SizingOptions? sizing, ExitOptions? exits = null)
    {
        _strategy.Start = context => _context = context;
        EngineRig rig = new([new NamedStrategy("strategy", _strategy) { Sizing = sizing, Exits = exits }], cash: 100_000m);
        return rig.Define().Quote(10.00m, 10.02m);
    }

    private decimal Size() => _context.Sizing.QuantityFor(EngineRig.Crude, Side.Buy).ToDecimal();

    private void RoundTrip(EngineRig rig, decimal exit)
    {
        foreach ((Side side, decimal price) in ((Side, decimal)[])[(Side.Buy, 10.00m), (Side.Sell, exit)])
        {
            ClientOrderId id = _context.Submit(new OrderIntent(EngineRig.Crude, side, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
            rig.Quote(10.00m, 10.02m).Fill(id, side, price, 1m, execution: (ulong)rig.Now.Nanos);
        }
    }
}
