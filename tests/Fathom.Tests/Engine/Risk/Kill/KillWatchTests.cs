using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Engine.Loop.CarryOver;

namespace Fathom.Tests.Engine.Risk.Kill;

/// <summary>By an engine: each rule is met, and turns on the switch of its scope with its numbers.</summary>
public class KillWatchTests
{
    private readonly ScriptedStrategy _first = new(), _second = new();

    [Theory]
    [InlineData(KillScope.Account, KillSwitch.All)]
    [InlineData(KillScope.Strategy, 0)]
    public void A_fall_from_the_peak(KillScope scope, ushort stopped)
    {
        using EngineRig rig = ALongOfTen(new KillRule(KillCause.Drawdown, scope, 100_000_000));
        rig.Quote(19.99m, 20.01m);      // the peak
        Assert.Empty(rig.Kills);
        rig.Quote(8.99m, 9.01m);        // 989.80: a tenth of 1,099.80 less
        KillEvent told = Assert.Single(rig.Kills);
        Assert.Equal((KillCause.Drawdown, stopped, 100_000_000L), (told.KilledBy, told.Output.Strategy, told.Limit));
        Assert.InRange(told.Found, 99_000_000, 101_000_000);
        Assert.StartsWith("equity fell 1", told.Reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Turned_off_it_counts_from_there()
    {
        using EngineRig rig = ALongOfTen(new KillRule(KillCause.Drawdown, KillScope.Account, 100_000_000));
        rig.Quote(0.01m, 0.03m).Operate(OperatorAction.Rearm).Quote(0.02m, 0.04m);
        Assert.Equal([1, 0], rig.Kills.Select(kill => (int)kill.IsOn));
    }

    [Theory]
    [InlineData(KillScope.Account, KillSwitch.All)]
    [InlineData(KillScope.Strategy, 0)]
    public void Turned_off_it_counts_from_there_in_the_next_session_too(KillScope scope, ushort stopped)
    {
        KillRule rule = new(KillCause.Drawdown, scope, 100_000_000);
        using EngineRig rig = ALongOfTen(rule);
        rig.Quote(109.99m, 110.01m);      // the peak: 1,999.80
        rig.Quote(74.99m, 75.01m);        // 1,649.80
        Assert.Equal(1, Assert.Single(rig.Kills).IsOn);
        rig.Operate(OperatorAction.Rearm, stopped).Quote(79.99m, 80.01m).Quote(74.99m, 75.01m);      // the peak since: 1,699.80
        Assert.Equal(2, rig.Kills.Count);
        using EngineRig next = Next(rig, rule), last = Next(next, rule);      // one in which nothing happened is between
        last.Now = next.Now;
        last.Quote(74.99m, 75.01m).Quote(62.99m, 63.01m);      // 1,529.80: a tenth of 1,699.80 less is 1,529.82
        KillEvent told = Assert.Single(last.Kills);
        Assert.Equal((KillCause.Drawdown, stopped, 1), (told.KilledBy, told.Output.Strategy, (int)told.IsOn));
        using EngineRig less = Next(rig, rule);
        Assert.Empty(less.Quote(74.99m, 75.01m).Quote(63.01m, 63.03m).Kills);      // 1,530.00
        Assert.Single(less.Quote(79.99m, 80.01m).Quote(99.99m, 100.01m).Quote(80.99m, 81.01m).Quote(80.97m, 80.99m).Quote(70.97m, 70.99m).Kills);      // a new peak since: 1,899.80
    }

    [Theory]
    [InlineData(KillScope.Account, KillSwitch.All)]
    [InlineData(KillScope.Strategy, 0)]
    public void A_days_loss_goes_on_top_of_what_was_lost_by_then_for_that_day_only(KillScope scope, ushort stopped)
    {
        KillRule rule = new(KillCause.DailyLoss, scope, 50 * Price.Scale);
        using EngineRig rig = ALongOfTen(rule);
        rig.Quote(4.01m, 4.03m).Operate(OperatorAction.Rearm, stopped);      // 60 are lost
        Assert.Equal([1, 0], rig.Kills.Select(kill => (int)kill.IsOn));
        using EngineRig same = Next(rig, rule), another = Next(rig, rule);
        Assert.Empty(same.Quote(4.01m, 4.03m).Quote(-0.97m, -0.95m).Kills);      // 109.80
        Assert.Equal((50 * Price.Scale, stopped), (Assert.Single(same.Quote(-0.99m, -0.97m).Kills).Found, same.Kills[0].Output.Strategy));
        another.Now = new Timestamp(86_400L * Timestamp.NanosPerSecond);
        Assert.Empty(another.Quote(4.01m, 4.03m).Quote(-0.97m, -0.95m).Kills);      // 49.80 since the morning
        Assert.Equal(50 * Price.Scale, Assert.Single(another.Quote(-0.99m, -0.97m).Kills).Found);
    }

    [Fact]
    public void What_no_rule_looks_at_is_not_carried()
    {
        KillRule drawdown = new(KillCause.Drawdown, KillScope.Account, 100_000_000), loss = new(KillCause.DailyLoss, KillScope.Account, 50 * Price.Scale);
        using EngineRig none = ALongOfTen(), one = ALongOfTen(drawdown), both = ALongOfTen(drawdown, loss);
        foreach (EngineRig rig in (EngineRig[])[none, one, both]) rig.Operate(OperatorAction.Kill).Operate(OperatorAction.Rearm);
        Assert.Empty(Bases(none));
        CarriedKillBase peak = Assert.Single(Bases(one)), two = Assert.Single(Bases(both));
        Assert.Equal((1, 0), (peak.HasPeak, peak.HasLoss));
        Assert.Equal((1, 1), (two.HasPeak, two.HasLoss));
        using EngineRig next = Next(both, loss), after = Next(next, drawdown, loss);
        Assert.Equal((0, 1), (Assert.Single(Bases(next)).HasPeak, Bases(next)[0].HasLoss));
        Assert.Equal((0, 1), (Assert.Single(Bases(after)).HasPeak, Bases(after)[0].HasLoss));
        both.Now = new Timestamp(86_400L * Timestamp.NanosPerSecond);
        Assert.Equal((1, 0), (Assert.Single(Bases(both.Quote(10.00m, 10.02m))).HasPeak, Bases(both)[0].HasLoss));
    }

    [Fact]
    public void The_days_loss()
    {
        using EngineRig rig = ALongOfTen(new KillRule(KillCause.DailyLoss, KillScope.Account, 50 * Price.Scale));
        rig.Quote(5.03m, 5.05m);
        Assert.Empty(rig.Kills);
        rig.Quote(5.01m, 5.03m);
        Assert.Equal((KillCause.DailyLoss, 50 * Price.Scale, 50 * Price.Scale), (rig.Kills[0].KilledBy, rig.Kills[0].Limit, rig.Kills[0].Found));
    }

    [Theory]
    [InlineData(KillScope.Account, KillSwitch.All, false)]
    [InlineData(KillScope.Strategy, 0, false)]
    [InlineData(KillScope.Instrument, KillSwitch.All, true)]
    public void Too_many_rejections_within_a_window(KillScope scope, ushort stopped, bool isOfInstrument)
    {
        using EngineRig rig = ARig(new KillRule(KillCause.RejectRate, scope, 3, Duration.FromMilliseconds(1_000)));
        for (int i = 0; i < 4; i++)
        {
            Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m)));
            rig.Answer(ReportKind.Rejected, rig.Sent[^1].ClientOrderId, ReasonCode.RateLimited);
            if (i == 0) rig.Now += Duration.FromMilliseconds(2_000);      // the first does not count any more
            Assert.Equal(i == 3 ? 1 : 0, rig.Kills.Count);
        }
        Assert.Equal((stopped, isOfInstrument ? EngineRig.Crude : InstrumentId.None, 3L), (rig.Kills[0].Output.Strategy, rig.Kills[0].Header.Instrument, rig.Kills[0].Found));
    }

    [Fact]
    public void Too_many_messages_within_a_second()
    {
        using EngineRig rig = ARig(new KillRule(KillCause.MessageRate, KillScope.Strategy, 5, Duration.FromMilliseconds(1_000)));
        Ask(rig, context =>
        {
            for (int i = 0; i < 7; i++) context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m - i * 0.01m));
        });
        Assert.Equal((KillCause.MessageRate, (ushort)0), (Assert.Single(rig.Kills).KilledBy, rig.Kills[0].Output.Strategy));
        Assert.Equal(7, rig.Sent.Count(command => command.Kind == CommandKind.Cancel));
    }

    [Theory]
    [InlineData(KillScope.Strategy, 0)]
    [InlineData(KillScope.Account, KillSwitch.All)]
    public void A_strategy_that_fails(KillScope scope, ushort stopped)
    {
        using EngineRig rig = ALongOfTen(new KillRule(KillCause.StrategyException, scope, 0, Flattens: true));
        _first.Book = (_, _) => throw new InvalidOperationException("lost");
        rig.Quote(10.00m, 10.02m);
        Assert.Equal((KillCause.StrategyException, stopped), (Assert.Single(rig.Kills).KilledBy, rig.Kills[0].Output.Strategy));
        Assert.Equal(ReasonCode.Liquidation, rig.Sent[^1].Reason);      // a halted strategy's position is closed too
    }

    [Fact]
    public void Too_many_anomalies_within_a_window()
    {
        using EngineRig rig = ARig(new KillRule(KillCause.AnomalyRate, KillScope.Account, 2, Duration.FromMilliseconds(60_000)));
        rig.Fill(ClientOrderId.Create(99, 0, 1), Side.Buy, 10m, 1m);
        Assert.Empty(rig.Kills);
        rig.Fill(ClientOrderId.Create(99, 0, 2), Side.Buy, 10m, 1m);
        Assert.Equal(KillCause.AnomalyRate, Assert.Single(rig.Kills).KilledBy);
    }

    [Theory]
    [InlineData(KillScope.Account, KillSwitch.All)]
    [InlineData(KillScope.Strategy, 0)]
    public void Too_many_unknown_orders(KillScope scope, ushort stopped)
    {
        using EngineRig rig = ARig(new KillRule(KillCause.UnknownOrders, scope, 2));
        Ask(rig, context =>
        {
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.89m));
        });
        rig.Reach(rig.Now + new RecoveryOptions().CreationTimeout);
        Assert.Equal((KillCause.UnknownOrders, stopped, 2L), (Assert.Single(rig.Kills).KilledBy, rig.Kills[0].Output.Strategy, rig.Kills[0].Found));
    }

    [Fact]
    public void Without_a_rule_nothing_is_watched()
    {
        using EngineRig rig = ALongOfTen();
        rig.Quote(0.01m, 0.03m);
        Assert.Empty(rig.Kills);
    }

    [Theory]
    [InlineData(KillCause.Drawdown, KillScope.Account, 1_000_000_000, 0)]
    [InlineData(KillCause.Drawdown, KillScope.Instrument, 1, 0)]
    [InlineData(KillCause.RejectRate, KillScope.Account, 1, 0)]
    [InlineData(KillCause.DailyLoss, KillScope.Account, 1, 1)]
    [InlineData(KillCause.StrategyException, KillScope.Account, 1, 0)]
    [InlineData(KillCause.UnknownOrders, KillScope.Account, 0, 0)]
    [InlineData(KillCause.Operator, KillScope.Account, 1, 0)]
    public void Rules_without_sense_are_refused(KillCause cause, KillScope scope, long limit, long window) =>
        Assert.Throws<ArgumentException>(() => ARig(new KillRule(cause, scope, limit, new Duration(window))));

    private EngineRig ARig(params KillRule[] rules)
    {
        EngineRig rig = new([new NamedStrategy("first", _first), new NamedStrategy("second", _second)], kill: rules);
        rig.Define().Quote(10.00m, 10.02m);
        return rig;
    }

    /// <summary>The first strategy bought ten at 10.02; the account began with a thousand.</summary>
    private EngineRig ALongOfTen(params KillRule[] rules)
    {
        EngineRig rig = ARig(rules);
        Ask(rig, context => context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(10), Price.From(10.02m))));
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 10m);
        return rig;
    }

    /// <summary>The next session of the same account.</summary>
    private static EngineRig Next(EngineRig before, params KillRule[] rules)
    {
        EngineRig next = new([new NamedStrategy("first", new ScriptedStrategy()), new NamedStrategy("second", new ScriptedStrategy())], kill: rules) { Now = before.Now };
        Roll.Of(before.Engine).StepInto(next.Engine);
        return next;
    }

    private static CarriedKillBase[] Bases(EngineRig rig) => [.. Roll.Of(rig.Engine).All<CarriedKillBase>(MessageType.CarriedKillBase)];

    private void Ask(EngineRig rig, Action<StrategyContext> ask)
    {
        _first.Book = (context, _) => ask(context);
        rig.Quote(10.00m, 10.02m);
        _first.Book = null;
    }
}
