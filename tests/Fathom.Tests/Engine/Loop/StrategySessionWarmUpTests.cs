using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Market.Books.Bars;

namespace Fathom.Tests.Engine.Loop;

public class StrategySessionWarmUpTests
{
    private static readonly Duration Second = Duration.FromMilliseconds(1_000);

    private readonly AttentiveStrategy _strategy = new();

    [Fact]
    public void While_it_warms_up_a_strategy_is_woken_and_every_order_is_refused_with_that_reason()
    {
        using EngineRig rig = ARig();
        _strategy.Start = context =>
        {
            context.SubscribeBars(BarSpec.Parse("1t"));
            context.SetTimer(context.Clock + new Duration(1), tag: 1);
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        };
        rig.Define();
        Timestamp begin = rig.Now;
        rig.Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m).Reach(rig.Now);
        Assert.All(["OnBook", "OnQuote", "OnTrade", "OnBar", "OnFeatures", "OnTimer", "OnOrder"], call => Assert.Contains(call, _strategy.Calls));
        OrderEvent refused = Assert.Single(_strategy.Changes);
        Assert.Equal((OrderStatus.Refused, ReasonCode.WarmUp, (begin + Second).Nanos, begin.Nanos), (refused.To, refused.Reason, refused.Limit, refused.Found));
        Assert.Equal((0, 1L), (rig.Sent.Count, rig.Engine.Summarize().RefusedCount));
    }

    [Fact]
    public void It_ends_so_long_after_the_first_input_of_the_run()
    {
        using EngineRig rig = ARig(start: new Timestamp(5_000_000_000));
        rig.Define().Quote(10.00m, 10.02m);
        rig.Now = new Timestamp(7_000_000_000);
        rig.Quote(10.00m, 10.02m);                                              // begins
        Timestamp end = new Timestamp(7_001_000_000) + Second;
        rig.Now = end + new Duration(-1_000_001);
        Ask(rig, context => { Assert.True(context.IsWarmingUp); context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)); });
        Assert.Empty(rig.Sent);
        rig.Now = end + new Duration(-1_000_000);
        Ask(rig, context => { Assert.Equal(end, context.Clock); Assert.False(context.IsWarmingUp); context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)); });
        Assert.Single(rig.Sent);
        Assert.Null(rig.Engine.Summarize().Strategies[0].Failure);
    }

    [Fact]
    public void A_ladder_is_refused_and_does_not_stand_later()
    {
        using EngineRig rig = ARig();
        QuoteLadder ladder = new();
        ladder.Add(Side.Buy, 1.0, Quantity.Units(1));
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => { context.Quote(EngineRig.Crude, ladder); context.WithdrawQuotes(EngineRig.Crude); });
        OrderEvent refused = Assert.Single(_strategy.Changes);
        Assert.Equal((OrderStatus.Refused, ReasonCode.WarmUp, true), (refused.To, refused.Reason, refused.ClientOrderId == ClientOrderId.None));
        rig.Now += Second;
        rig.Quote(10.01m, 10.03m);
        Assert.Empty(rig.Sent);
        Ask(rig, context => context.Quote(EngineRig.Crude, ladder));
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void What_does_not_live_is_not_live_and_the_kill_switch_works_all_the_same()
    {
        using EngineRig rig = ARig();
        rig.Define();
        Ask(rig, context =>
        {
            ClientOrderId id = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.Replace(id, Price.From(9m), Quantity.Units(1));
            context.Cancel(id);
            context.Kill();
        });
        Assert.Equal([ReasonCode.WarmUp, ReasonCode.TooLate, ReasonCode.TooLate], _strategy.Changes.Select(change => change.Reason));
        Assert.True(rig.Engine.KillSwitch.IsOn);
    }

    [Fact]
    public void It_is_each_strategys_own()
    {
        ScriptedStrategy ready = new() { Start = context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)) };
        _strategy.Start = ready.Start;
        using EngineRig rig = new([new NamedStrategy("warming", _strategy) { Warmup = Second }, new NamedStrategy("ready", ready)]);
        InstrumentDefinition known = new() { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, Timestamp.None, Timestamp.None), Tick = new Price(10_000_000), Lot = Quantity.Units(1), MultiplierNanos = Price.Scale };
        rig.Step(in known);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(1, Assert.Single(rig.Sent).Output.Strategy);
    }

    private EngineRig ARig(Timestamp? start = null) => new([new NamedStrategy("strategy", _strategy) { Warmup = Second }], start: start);

    private void Ask(EngineRig rig, Action<StrategyContext> ask)
    {
        _strategy.Book = (context, _) => ask(context);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        _strategy.Book = null;
    }
}
