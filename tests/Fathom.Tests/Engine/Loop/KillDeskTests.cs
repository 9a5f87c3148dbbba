using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

public class KillDeskTests
{
    private static readonly InstrumentId Gold = new(1);

    private readonly ScriptedStrategy _first = new(), _second = new();

    [Theory]
    [InlineData(OperatorCommand.AllStrategies, false, 4)]
    [InlineData(1, false, 2)]
    [InlineData(OperatorCommand.AllStrategies, true, 2)]
    [InlineData(1, true, 1)]
    public void What_is_in_scope_is_canceled_and_nothing_else(ushort strategy, bool isOfGold, int canceled)
    {
        using EngineRig rig = ARigWithFourOrders();
        rig.Operate(OperatorAction.Kill, strategy, isOfGold ? Gold : null, reason: "a test");
        OrderCommand[] cancels = [.. rig.Sent.Where(command => command.Kind == CommandKind.Cancel)];
        Assert.Equal(canceled, cancels.Length);
        Assert.All(cancels, cancel => Assert.True((strategy == OperatorCommand.AllStrategies || cancel.Output.Strategy == strategy) && (!isOfGold || cancel.Header.Instrument == Gold)));
        KillEvent told = Assert.Single(rig.Kills);
        Assert.Equal((1, KillCause.Operator, strategy, "a test"), (told.IsOn, told.KilledBy, told.Output.Strategy, told.Reason.ToString()));
        Assert.Equal(isOfGold ? Gold : InstrumentId.None, told.Header.Instrument);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Without_a_reason_it_stays_on_and_says_so(string reason)
    {
        using EngineRig rig = ARigWithFourOrders();
        rig.Operate(OperatorAction.Kill).Operate(OperatorAction.Rearm, reason: reason);
        Assert.True(rig.Engine.KillSwitch.IsOn);
        Assert.Single(rig.Kills);
        Assert.Equal("a kill switch is not turned off without a reason", Assert.Single(rig.Entries).Message);
        rig.Operate(OperatorAction.Rearm, reason: "now with one");
        Assert.False(rig.Engine.KillSwitch.IsOn);
        Assert.Equal((0, "now with one"), (rig.Kills[^1].IsOn, rig.Kills[^1].Reason.ToString()));
    }

    [Fact]
    public void Only_the_switch_that_is_named_goes_off()
    {
        using EngineRig rig = ARigWithFourOrders();
        rig.Operate(OperatorAction.Kill, strategy: 1).Operate(OperatorAction.Rearm);
        Assert.True(rig.Engine.KillSwitch.IsOnFor(1, Gold));
        Assert.Equal("no such kill switch is on that could be turned off", rig.Entries[^1].Message);
        rig.Operate(OperatorAction.Rearm, strategy: 1);
        Assert.False(rig.Engine.KillSwitch.IsAnyOn);
    }

    [Fact]
    public void A_strategy_stops_itself_and_the_others_go_on()
    {
        using EngineRig rig = ARigWithFourOrders();
        _first.Book = (context, _) =>
        {
            context.Kill(new KillIntent { IsOwn = true, Reason = "I lost the thread" });
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
        };
        rig.Quote(10.00m, 10.02m);
        _first.Book = null;
        Assert.Equal(ReasonCode.KillSwitch, _first.Changes[^1].Reason);
        Assert.Equal((KillCause.Strategy, (ushort)0, "I lost the thread"), (rig.Kills[^1].KilledBy, rig.Kills[^1].Output.Strategy, rig.Kills[^1].Reason.ToString()));
        Assert.Equal([0, 0], rig.Sent.Where(command => command.Kind == CommandKind.Cancel).Select(command => (int)command.Output.Strategy));
    }

    [Fact]
    public void What_stands_is_withdrawn_and_what_is_stated_meanwhile_is_refused()
    {
        using EngineRig rig = new(_first);
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, _first, context => context.Target(EngineRig.Crude, Quantity.Units(3), TargetUrgency.Passive));
        rig.AcceptAll().Operate(OperatorAction.Kill);
        Ask(rig, _first, context => context.Target(EngineRig.Crude, Quantity.Units(2), TargetUrgency.Passive));
        Assert.Equal(ReasonCode.KillSwitch, _first.Changes[^1].Reason);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId).Operate(OperatorAction.Rearm);
        int sent = rig.Sent.Count;
        rig.Quote(10.01m, 10.03m).Quote(10.00m, 10.02m);
        Assert.Equal(sent, rig.Sent.Count);      // nothing stands any more
    }

    [Fact]
    public void Each_change_is_told()
    {
        using EngineRig rig = ARigWithFourOrders();
        rig.Operate(OperatorAction.Kill, strategy: 1, reason: "one").Operate(OperatorAction.Rearm, strategy: 1, reason: "two");
        Assert.Equal([((byte)1, "one", (ushort)1), ((byte)0, "two", (ushort)1)], rig.Kills.Select(kill => (kill.IsOn, kill.Reason.ToString(), kill.Output.Strategy)));
    }

    /// <summary>Over random inputs of every kind: a switch that is on stays on until an operator names its scope and a reason, and then it is off.</summary>
    [Fact]
    public void Rearming_is_the_only_way_back()
    {
        int rearmed = 0, refused = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            ScriptedStrategy first = new(), second = new();
            using EngineRig rig = new([new NamedStrategy("first", first), new NamedStrategy("second", second)]);
            rig.Define().Define(Gold);
            HashSet<(ushort, InstrumentId)> on = [];
            for (int step = 0; step < 120; step++)
            {
                ushort strategy = random.Next(2) == 0 ? OperatorCommand.AllStrategies : (ushort)random.Next(2);
                InstrumentId instrument = random.Next(2) == 0 ? InstrumentId.None : new InstrumentId(random.Next(2));
                switch (random.Next(12))
                {
                    case 0: rig.Operate(OperatorAction.Kill, strategy, instrument, flattens: random.Next(2) == 0); on.Add((strategy, instrument)); break;
                    case 1:
                        rig.Operate(OperatorAction.Rearm, strategy, instrument);
                        if (on.Remove((strategy, instrument))) rearmed++;
                        break;
                    case 2:
                        rig.Operate(OperatorAction.Rearm, strategy, instrument, reason: " ");
                        refused++;
                        break;
                    case 3: rig.Operate(OperatorAction.Resume).Operate(OperatorAction.Reconcile); break;
                    case 4: rig.State(random.Next(2) == 0 ? TradingState.Halted : TradingState.Continuous); break;
                    case 5: rig.Now += Duration.FromMilliseconds(random.Next(90_000_000)); break;
                    case 6 when !rig.Engine.NextWake.IsNone: rig.Reach(rig.Engine.NextWake); break;
                    case 7: rig.AcceptAll(); break;
                    case 8 when rig.Sent.LastOrDefault(command => command.Kind == CommandKind.Submit) is { Kind: CommandKind.Submit } order && order.Header.Instrument == EngineRig.Crude:
                        rig.Fill(order.ClientOrderId, order.Side, 10m, 1m);
                        break;
                    case 9:
                        first.Book = (context, _) => context.Kill(new KillIntent { IsOwn = strategy == 0, Instrument = instrument });
                        rig.Quote(10.00m, 10.02m);
                        first.Book = null;
                        on.Add((strategy == 0 ? (ushort)0 : OperatorCommand.AllStrategies, instrument));
                        break;
                    default:
                        second.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
                        rig.Quote(10.00m, 10.02m);
                        second.Book = null;
                        break;
                }
                Assert.True(on.SetEquals(rig.Engine.KillSwitch.Active.Select(kill => (kill.Strategy, kill.Instrument))), $"seed {seed}, step {step}");
            }
        }
        Assert.True(rearmed > 50 && refused > 500, $"{rearmed} {refused}");
    }

    private EngineRig ARigWithFourOrders()
    {
        EngineRig rig = new([new NamedStrategy("first", _first), new NamedStrategy("second", _second)]);
        rig.Define().Define(Gold).Quote(10.00m, 10.02m, Gold).Quote(10.00m, 10.02m);
        foreach (ScriptedStrategy strategy in new[] { _first, _second })
        {
            Ask(rig, strategy, context =>
            {
                context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
                context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m) with { Instrument = Gold });
            });
        }
        foreach (OrderCommand sent in rig.Sent) rig.Step(Accepted(rig, in sent));
        return rig;
    }

    private static OrderReport Accepted(EngineRig rig, in OrderCommand sent)
    {
        rig.Now += Duration.FromMilliseconds(1);
        return new OrderReport
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, EngineRig.VenueNumber, sent.Header.Instrument, rig.Now, rig.Now),
            ClientOrderId = sent.ClientOrderId,
            Kind = ReportKind.Accepted,
            LastPrice = Price.None,
            QueueAhead = Quantity.None,
        };
    }

    private static void Ask(EngineRig rig, ScriptedStrategy strategy, Action<StrategyContext> ask)
    {
        strategy.Book = (context, _) => ask(context);
        rig.Quote(10.00m, 10.02m);
        strategy.Book = null;
    }
}
