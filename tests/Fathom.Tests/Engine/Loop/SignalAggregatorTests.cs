using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Two strategies, a and b, and what becomes of their signals. The market is 10.00 to 10.02.</summary>
public class SignalAggregatorTests
{
    private readonly ScriptedStrategy _a = new(), _b = new();

    [Fact]
    public void A_signal_without_an_aggregator_is_the_strategys_own_target()
    {
        using EngineRig rig = ARig();
        Ask(rig, _a, context =>
        {
            context.Signal(EngineRig.Crude, Side.Sell, Quantity.Units(3), confidence: 0.1);
            Assert.False(context.TrySignal(EngineRig.Crude, out _));      // not in force yet
        });
        Assert.Equal((Side.Sell, Quantity.Units(3), OrderType.Market, 0), What(Assert.Single(rig.Sent)));
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Sell, 10.00m, 3m);
        Ask(rig, _a, context =>
        {
            Assert.True(context.TrySignal(EngineRig.Crude, out Signal signal));
            Assert.Equal(new Signal(Side.Sell, Quantity.Units(3), 0.1), signal);
            context.Signal(EngineRig.Crude, Side.None, Quantity.Zero);
        });
        Assert.Equal((Side.Buy, Quantity.Units(3), OrderType.Market, 0), What(rig.Sent[1]));
    }

    [Fact]
    public void A_target_takes_the_place_of_a_signal_and_its_withdrawal_ends_both()
    {
        using EngineRig rig = ARig();
        Ask(rig, _a, context => { context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(3)); context.Target(EngineRig.Crude, Quantity.Units(2), TargetUrgency.Passive); });
        Assert.Equal((Side.Buy, Quantity.Units(2), OrderType.Limit, 0), What(Assert.Single(rig.Sent)));
        Ask(rig, _a, context =>
        {
            Assert.False(context.TrySignal(EngineRig.Crude, out _));
            context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(3));
            context.WithdrawTarget(EngineRig.Crude);
        });
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId).Quote(10.01m, 10.03m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        Ask(rig, _a, context => Assert.False(context.TrySignal(EngineRig.Crude, out _)));
    }

    [Fact]
    public void Members_signals_act_through_the_aggregator_alone_which_owns_what_comes_of_it()
    {
        using EngineRig rig = ARig(Net());
        Ask(rig, _a, context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(5)));
        Assert.Equal((Side.Buy, Quantity.Units(5), OrderType.Limit, 2), What(Assert.Single(rig.Sent)));
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 5m, fee: 0.5m);
        Ask(rig, _b, context =>
        {
            Assert.Equal(Quantity.Zero, context.Position(EngineRig.Crude));
            context.Signal(EngineRig.Crude, Side.Sell, Quantity.Units(2), confidence: 0);
        });
        Assert.Equal((Side.Sell, Quantity.Units(2), OrderType.Limit, 2), What(rig.Sent[1]));
        IReadOnlyList<StrategySummary> owners = rig.Engine.Summarize().Strategies;
        Assert.Equal([("a", 0L, 0L), ("b", 0L, 0L), ("blend", 2L, 1L)], owners.Select(owner => (owner.Name, owner.OrderCount, owner.FillCount)));
        Assert.Equal(0.5m, owners[2].Totals!.Value.Fees);
        Assert.All(rig.Changes, change => Assert.Equal(2, change.Output.Strategy));
        Assert.DoesNotContain("OnFill", _a.Calls);
    }

    [Fact]
    public void Signals_of_several_instruments_are_apart_and_one_that_is_withdrawn_counts_no_more()
    {
        InstrumentId other = new(1);
        using EngineRig rig = ARig(Net());
        rig.Define(other).Quote(10.00m, 10.02m, other);
        Ask(rig, _a, context => { context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(5)); context.Signal(other, Side.Sell, Quantity.Units(1)); });
        Ask(rig, _b, context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(1)));
        rig.AcceptAll();
        Assert.Equal([(EngineRig.Crude, Quantity.Units(5)), (other, Quantity.Units(1))], rig.Sent.Select(command => (command.Header.Instrument, command.Quantity)));
        Ask(rig, _a, context => context.WithdrawSignal(EngineRig.Crude));
        Assert.Equal((CommandKind.Replace, EngineRig.Crude, Quantity.Units(1)), (rig.Sent[2].Kind, rig.Sent[2].Header.Instrument, rig.Sent[2].Quantity));
        rig.Answer(ReportKind.Replaced, rig.Sent[0].ClientOrderId);
        Ask(rig, _b, context => context.WithdrawSignal(EngineRig.Crude));      // nobody is left: nothing is wanted, not even to be flat
        Assert.Equal((4, CommandKind.Cancel), (rig.Sent.Count, rig.Sent[3].Kind));
    }

    [Fact]
    public void A_members_halt_withdraws_its_signals_and_a_kill_everybodys()
    {
        using EngineRig rig = ARig(Net());
        Ask(rig, _a, context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(5)));
        Ask(rig, _b, context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(1)));
        rig.AcceptAll();
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId, ReasonCode.Requested);
        rig.AcceptAll();
        Ask(rig, _a, _ => throw new InvalidOperationException("no idea"));
        Assert.Equal((CommandKind.Replace, Quantity.Units(1)), (rig.Sent[^1].Kind, rig.Sent[^1].Quantity));
        rig.Answer(ReportKind.Replaced, rig.Sent[^1].ClientOrderId).Operate(OperatorAction.Kill);
        Assert.Equal(CommandKind.Cancel, rig.Sent[^1].Kind);
        int sent = rig.Sent.Count;
        rig.Answer(ReportKind.Canceled, rig.Sent[^1].ClientOrderId).Operate(OperatorAction.Rearm).Quote(10.01m, 10.03m);
        Ask(rig, _b, context => Assert.False(context.TrySignal(EngineRig.Crude, out _)));
        Assert.Equal(sent, rig.Sent.Count);
        Ask(rig, _b, context => context.Signal(EngineRig.Crude, Side.Sell, Quantity.Units(1)));
        Assert.Equal(Side.Sell, rig.Sent[^1].Side);
    }

    [Fact]
    public void The_aggregators_orders_are_judged_as_its_own()
    {
        using EngineRig rig = new([new NamedStrategy("a", _a), new NamedStrategy("b", _b)], new RiskLimits { PositionMax = Quantity.Units(4) }, aggregators: Net());
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, _a, context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(5)));
        Assert.Empty(rig.Sent);
        Assert.Equal([0, 0, 1L], rig.Engine.Summarize().Strategies.Select(owner => owner.RefusedCount));
        Assert.Empty(_a.Changes);
    }

    /// <summary>The form that stands, the form that is asked for, and whether that is refused.</summary>
    [Theory]
    [InlineData("intent", "ladder", WantKind.Submit)]
    [InlineData("intent", "target", WantKind.Submit)]
    [InlineData("intent", "signal", WantKind.Submit)]
    [InlineData("ladder", "intent", WantKind.Quote)]
    [InlineData("ladder", "target", WantKind.Quote)]
    [InlineData("ladder", "signal", WantKind.Quote)]
    [InlineData("target", "intent", WantKind.Target)]
    [InlineData("target", "ladder", WantKind.Target)]
    [InlineData("target", "signal", WantKind.None)]
    [InlineData("signal", "intent", WantKind.Target)]
    [InlineData("signal", "ladder", WantKind.Target)]
    [InlineData("signal", "target", WantKind.None)]
    [InlineData("member's target", "signal", WantKind.Target)]
    [InlineData("member's signal", "intent", WantKind.Signal)]
    [InlineData("member's signal", "ladder", WantKind.Signal)]
    [InlineData("member's signal", "target", WantKind.Signal)]
    [InlineData("member's signal", "signal", WantKind.None)]
    public void One_form_of_want_owns_an_instrument_until_it_is_withdrawn_and_its_orders_are_gone(string stands, string asked, WantKind refusedFor)
    {
        bool isMember = stands.StartsWith("member's", StringComparison.Ordinal);
        using EngineRig rig = isMember ? ARig(Net()) : ARig();
        Ask(rig, _a, context => Want(context, stands.Split(' ')[^1]));
        rig.AcceptAll();
        Ask(rig, _a, context => Want(context, asked));
        if (refusedFor == WantKind.None)
        {
            Assert.DoesNotContain(rig.Changes, change => change.To == OrderStatus.Refused);
            return;
        }
        WantKind kind = asked switch { "intent" => WantKind.Submit, "ladder" => WantKind.Quote, "target" => WantKind.Target, _ => WantKind.Signal };
        OrderEvent refused = Assert.Single(_a.Changes, change => change.To == OrderStatus.Refused);
        Assert.Equal((ReasonCode.OtherWantsStand, (long)kind, (long)refusedFor, EngineRig.Crude), (refused.Reason, refused.Limit, refused.Found, refused.Header.Instrument));

        Ask(rig, _a, context => { Withdraw(context, stands.Split(' ')[^1], rig); Want(context, asked); });
        bool hasOrder = !stands.Contains("signal", StringComparison.Ordinal) || !isMember;
        Assert.Equal(hasOrder ? 2 : 1, _a.Changes.Count(change => change.To == OrderStatus.Refused));      // its order still lives
        if (!hasOrder) return;
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Ask(rig, _a, context => Want(context, asked));
        Assert.Equal(2, _a.Changes.Count(change => change.To == OrderStatus.Refused));
    }

    [Fact]
    public void A_targets_order_cannot_be_replaced_by_hand()
    {
        using EngineRig rig = ARig();
        Ask(rig, _a, context => Want(context, "target"));
        rig.AcceptAll();
        Ask(rig, _a, context => context.Replace(rig.Sent[0].ClientOrderId, Price.From(9.00m), Quantity.Units(1)));
        Assert.Equal((ReasonCode.OtherWantsStand, (long)WantKind.Replace, (long)WantKind.Target), (_a.Changes[^1].Reason, _a.Changes[^1].Limit, _a.Changes[^1].Found));
    }

    public static TheoryData<Action<StrategyContext>> Nonsense => new()
    {
        context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Zero),
        context => context.Signal(EngineRig.Crude, Side.Sell, Quantity.Units(-1)),
        context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.None),
        context => context.Signal(EngineRig.Crude, (Side)3, Quantity.Units(1)),
        context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(1), confidence: 1.01),
        context => context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(1), confidence: -0.01),
        context => context.Signal(EngineRig.Crude, Side.None, Quantity.Zero, confidence: double.NaN),
        context => context.Signal(new InstrumentId(9), Side.Buy, Quantity.Units(1)),
        context => context.Target(EngineRig.Crude, Quantity.None),
        context => context.Target(EngineRig.Crude, Quantity.Units(1), (TargetUrgency)3),
        context => context.Target(new InstrumentId(9), Quantity.Units(1)),
        context => context.WithdrawTarget(new InstrumentId(9)),
        context => context.WithdrawSignal(new InstrumentId(9)),
        context => context.Quote(EngineRig.Crude, new QuoteLadder { Reference = PriceReference.FairValue }),
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_halts_the_strategy_and_asks_for_nothing(Action<StrategyContext> ask)
    {
        using EngineRig rig = ARig();
        Ask(rig, _a, ask);
        Assert.StartsWith("Argument", rig.Engine.Summarize().Strategies[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Sent);
    }

    [Fact]
    public void Strategies_and_aggregators_have_their_own_names()
    {
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => ARig(Net()[0] with { Id = "a" })).Message, StringComparison.Ordinal);
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => ARig(Net()[0] with { Strategies = ["a", "c"] })).Message, StringComparison.Ordinal);
    }

    private static void Want(StrategyContext context, string form)
    {
        switch (form)
        {
            case "intent": context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)); break;
            case "ladder": context.Quote(EngineRig.Crude, new QuoteLadder().Add(Side.Buy, 1, Quantity.Units(1))); break;
            case "target": context.Target(EngineRig.Crude, Quantity.Units(1), TargetUrgency.Passive); break;
            default: context.Signal(EngineRig.Crude, Side.Buy, Quantity.Units(1)); break;
        }
    }

    private static void Withdraw(StrategyContext context, string form, EngineRig rig)
    {
        switch (form)
        {
            case "intent": context.Cancel(rig.Sent[0].ClientOrderId); break;
            case "ladder": context.WithdrawQuotes(EngineRig.Crude); break;
            case "target": context.WithdrawTarget(EngineRig.Crude); break;
            default: context.WithdrawSignal(EngineRig.Crude); break;
        }
    }

    private static (Side, Quantity, OrderType, int) What(OrderCommand command) => (command.Side, command.Quantity, command.Type, command.Output.Strategy);

    private static AggregatorOptions[] Net() => [new() { Id = "blend", Method = AggregatorMethod.Net, Strategies = ["b", "a"], Urgency = TargetUrgency.Passive }];

    private EngineRig ARig(params AggregatorOptions[] aggregators)
    {
        EngineRig rig = new([new NamedStrategy("a", _a), new NamedStrategy("b", _b)], aggregators: aggregators);
        return rig.Define().Quote(10.00m, 10.02m);
    }

    /// <summary>Lets a strategy ask in an event that changes nothing.</summary>
    private static void Ask(EngineRig rig, ScriptedStrategy strategy, Action<StrategyContext> ask)
    {
        strategy.Book = (context, _) => ask(context);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        strategy.Book = null;
    }
}
