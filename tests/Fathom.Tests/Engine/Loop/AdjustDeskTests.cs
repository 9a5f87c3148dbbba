using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

public class AdjustDeskTests
{
    private const long Percent = 10_000_000;
    private static readonly RiskLimits Hundred = new() { PositionMax = Quantity.Units(100) };
    private static readonly StateOptions ByPosition = new() { Position = Percents(20, 60, 100), Hold = Duration.FromMilliseconds(1_000), WarningSize = 0.5m, WarningWiden = 3 };

    private readonly ScriptedStrategy _strategy = new();
    private readonly List<ClientOrderId> _ids = [];

    [Fact]
    public void A_warning_makes_an_order_that_enlarges_smaller_and_says_so()
    {
        using EngineRig rig = Rig(held: 30m);
        Do(rig, context => _ids.Add(context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m, 9m))));
        Assert.Equal((Quantity.Units(4), Price.From(9.90m)), (rig.Sent[^1].Quantity, rig.Sent[^1].Price));
        AdjustmentEvent change = Assert.Single(rig.Adjustments);
        Assert.Equal((AdjustedWant.Order, Side.Buy, PositionState.Warning, ReasonCode.StateWarning, RiskScope.Instrument), (change.Want, change.Side, change.State, change.Reason, change.Scope));
        Assert.Equal((Quantity.Units(9), Quantity.Units(4), 20 * Percent, 30 * Percent, _ids[^1]), (change.Asked, change.Granted, change.Limit, change.Found, change.ClientOrderId));

        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.10m, 9m)));
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.91m, 1m)));      // one lot stays
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.92m, 9m) with { ReduceOnly = true }));
        Assert.Equal([Quantity.Units(9), Quantity.Units(1)], rig.Sent.TakeLast(2).Select(command => command.Quantity));
        Assert.Single(rig.Adjustments);
    }

    [Fact]
    public void In_a_warning_an_order_that_turns_a_position_around_is_cut_beyond_flat_only()
    {
        using EngineRig rig = Rig(held: 30m);
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.10m, 10m)));
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.11m, 30m)));      // ten of the thirty are spoken for
        Assert.Equal(Quantity.Units(25), rig.Sent[^1].Quantity);
    }

    [Fact]
    public void What_goes_with_an_entry_is_no_more_than_what_is_left_of_the_entry()
    {
        using EngineRig rig = Rig(held: 30m);
        Do(rig, context => context.SubmitBracket(new Bracket(ScriptedStrategy.Limit(Side.Buy, 9.90m, 20m)) { StopTrigger = Price.From(9.50m), TakeProfit = Price.From(10.50m) }));
        Assert.Equal([Quantity.Units(10), Quantity.Units(10), Quantity.Units(10)], rig.Sent.TakeLast(3).Select(command => command.Quantity));
        Assert.Single(rig.Adjustments);
    }

    [Fact]
    public void What_waits_for_its_condition_keeps_its_size()
    {
        using EngineRig rig = Rig(held: 30m);
        Do(rig, context => context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(20), Price.None) { Type = OrderType.Stop, TriggerPrice = Price.From(10.50m) }));
        Assert.Equal(Quantity.Units(20), rig.Sent[^1].Quantity);
        Assert.Empty(rig.Adjustments);
    }

    [Fact]
    public void A_live_order_grows_by_half_of_what_is_asked()
    {
        using EngineRig rig = Rig(held: 30m);
        Do(rig, context => _ids.Add(context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m, 8m))));
        rig.AcceptAll();
        Do(rig, context => context.Replace(_ids[^1], new OrderChange { Quantity = Quantity.Units(14) }));
        Assert.Equal((CommandKind.Replace, Quantity.Units(9)), (rig.Sent[^1].Kind, rig.Sent[^1].Quantity));      // 4, and half of 10 more
        Assert.Equal((Quantity.Units(14), Quantity.Units(9)), (rig.Adjustments[^1].Asked, rig.Adjustments[^1].Granted));
        rig.Answer(ReportKind.Replaced, _ids[^1]);
        Do(rig, context => context.Replace(_ids[^1], new OrderChange { Price = Price.From(9.91m) }));
        Assert.Equal((Quantity.Units(9), Price.From(9.91m)), (rig.Sent[^1].Quantity, rig.Sent[^1].Price));
        Assert.Equal(2, rig.Adjustments.Count);
    }

    [Fact]
    public void From_critical_on_an_order_is_cut_to_what_reduces_or_refused()
    {
        using EngineRig rig = Rig(held: 70m);
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.10m, 90m)));
        Assert.Equal(Quantity.Units(70), rig.Sent[^1].Quantity);
        Assert.Equal((ReasonCode.StateReducesOnly, Quantity.Units(70)), (rig.Adjustments[^1].Reason, rig.Adjustments[^1].Granted));
        int sent = rig.Sent.Count;
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m, 1m)));
        Assert.Equal((ReasonCode.StateReducesOnly, sent, 1), (rig.Changes[^1].Reason, rig.Sent.Count, rig.Adjustments.Count));
    }

    [Fact]
    public void A_ladder_stands_back_and_becomes_smaller_where_it_enlarges_and_is_told_once()
    {
        using EngineRig rig = Rig(held: 30m);
        QuoteLadder ladder = new QuoteLadder().Add(Side.Buy, 2, Quantity.Units(10)).Add(Side.Buy, 4, Quantity.Units(7)).Add(Side.Sell, 2, Quantity.Units(10));
        Do(rig, context => context.Quote(EngineRig.Crude, ladder));
        Assert.Equal([(Side.Buy, 9.96m, 5m), (Side.Buy, 9.94m, 3m), (Side.Sell, 10.03m, 10m)], Standing(rig, 3));      // the mid is 10.01
        AdjustmentEvent change = Assert.Single(rig.Adjustments);
        Assert.Equal((AdjustedWant.Quotes, Side.Buy, Quantity.Units(17), Quantity.Units(8)), (change.Want, change.Side, change.Asked, change.Granted));
        rig.AcceptAll();
        rig.Quote(10.02m, 10.04m);      // it follows the market, and nothing is told again
        Assert.Equal([(Side.Buy, 9.98m, 5m), (Side.Buy, 9.96m, 3m), (Side.Sell, 10.05m, 10m)], rig.Sent.TakeLast(3).OrderBy(command => command.Side).ThenByDescending(command => command.Price.Nanos).Select(Told));
        Assert.Single(rig.Adjustments);
    }

    [Fact]
    public void From_critical_on_a_ladder_quotes_only_what_reduces()
    {
        using EngineRig rig = Rig(held: 30m);
        QuoteLadder ladder = new QuoteLadder().Add(Side.Buy, 2, Quantity.Units(40)).Add(Side.Sell, 2, Quantity.Units(40)).Add(Side.Sell, 3, Quantity.Units(50));
        Do(rig, context => context.Quote(EngineRig.Crude, ladder));
        rig.AcceptAll();
        OrderCommand buy = rig.Sent.Last(command => command.Side == Side.Buy);
        Assert.Equal(Quantity.Units(20), buy.Quantity);
        rig.Fill(buy.ClientOrderId, Side.Buy, 9.96m, 20m);
        rig.Adjustments.Clear();
        Assert.Equal(PositionState.Warning, rig.Engine.States!.Of(0, EngineRig.Crude));
        rig.AcceptAll();
        rig.Quote(10.00m, 10.02m);
        rig.AcceptAll();
        buy = rig.Sent.Last(command => command.Side == Side.Buy && command.Kind == CommandKind.Submit);
        rig.Fill(buy.ClientOrderId, Side.Buy, 9.96m, 15m);      // 65: critical
        Assert.Equal(PositionState.Critical, rig.Engine.States.Of(0, EngineRig.Crude));
        foreach (OrderCommand cancel in rig.Sent.Where(command => command.Kind == CommandKind.Cancel).ToArray())
            if (rig.Engine.Orders.TryFind(cancel.ClientOrderId, out _)) rig.Answer(ReportKind.Canceled, cancel.ClientOrderId);
        rig.AcceptAll();
        List<WorkingOrder> live = [.. rig.Engine.Orders.Working(0, EngineRig.Crude)];
        Assert.DoesNotContain(live, order => order.Side == Side.Buy);
        Assert.Equal(65m, live.Sum(order => order.Leaves.ToDecimal()));
        Assert.Contains(rig.Adjustments, change => change is { Side: Side.Buy, Reason: ReasonCode.StateReducesOnly } && change.Granted.IsZero);
        Assert.DoesNotContain(rig.Changes, change => change.To == OrderStatus.Refused);
    }

    [Fact]
    public void A_target_is_scaled_once_and_comes_no_nearer_by_standing()
    {
        using EngineRig rig = Rig(held: 0m, new StateOptions { DayDrawdown = Percents(1, 50, 60), WarningSize = 0.5m });
        rig.Engine.States!.Restore(0, InstrumentId.None, PositionState.Warning, RiskMeasure.DayDrawdown, Timestamp.None);
        Do(rig, context => context.Target(EngineRig.Crude, Quantity.Units(20)));
        Assert.Equal(Quantity.Units(10), rig.Sent[^1].Quantity);
        rig.AcceptAll().Fill(rig.Sent[^1].ClientOrderId, Side.Buy, 10.02m, 10m);
        int sent = rig.Sent.Count;
        rig.Quote(10.01m, 10.03m).Quote(10.00m, 10.02m);
        Assert.Equal(sent, rig.Sent.Count);
        AdjustmentEvent change = Assert.Single(rig.Adjustments);
        Assert.Equal((AdjustedWant.Target, Side.None, Quantity.Units(20), Quantity.Units(10)), (change.Want, change.Side, change.Asked, change.Granted));
        Do(rig, context => context.Target(EngineRig.Crude, Quantity.Units(-8)));
        Assert.Equal((Side.Sell, Quantity.Units(14)), (rig.Sent[^1].Side, rig.Sent[^1].Quantity));      // to flat, and half of 8 beyond
        Assert.Equal(2, rig.Adjustments.Count);
    }

    [Fact]
    public void An_order_too_large_for_a_limit_is_refused_unless_it_is_to_be_cut()
    {
        foreach (bool isCut in (bool[])[false, true])
        {
            using EngineRig rig = new(_strategy, Hundred, cash: 100_000m, more: options => options with { CutsToLimits = isCut });
            rig.Define().Quote(10.00m, 10.02m);
            Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m, 130m)));
            if (!isCut)
            {
                Assert.Equal((ReasonCode.PositionLimit, 0), (rig.Changes[^1].Reason, rig.Sent.Count));
                continue;
            }
            Assert.Equal(Quantity.Units(100), rig.Sent[^1].Quantity);
            AdjustmentEvent change = Assert.Single(rig.Adjustments);
            Assert.Equal((ReasonCode.PositionLimit, Quantity.Units(100).Nanos, Quantity.Units(130).Nanos, PositionState.Normal), (change.Reason, change.Limit, change.Found, change.State));
            Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.89m, 1m)));      // nothing is left
            Assert.Equal((ReasonCode.PositionLimit, 1), (rig.Changes[^1].Reason, rig.Adjustments.Count));
            Do(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.20m, 0.5m)));      // no limit of size
            Assert.Equal(ReasonCode.QuantityOffLot, rig.Changes[^1].Reason);
        }
    }

    [Fact]
    public void A_target_too_large_for_a_limit_goes_as_far_as_the_limit()
    {
        using EngineRig rig = new(_strategy, Hundred with { GrossNotionalMax = 505m }, cash: 100_000m, more: options => options with { CutsToLimits = true });
        rig.Define().Quote(10.00m, 10.02m);
        Do(rig, context => context.Target(EngineRig.Crude, Quantity.Units(-200)));
        Assert.Equal((Side.Sell, Quantity.Units(50)), (rig.Sent[^1].Side, rig.Sent[^1].Quantity));      // at a mid of 10.01
        AdjustmentEvent change = Assert.Single(rig.Adjustments);
        Assert.Equal((AdjustedWant.Target, Quantity.Units(-200), Quantity.Units(-50)), (change.Want, change.Asked, change.Granted));
    }

    /// <summary>A law over random limits: what is left of an order is the largest number of lots that the gate passes.</summary>
    [Fact]
    public void What_a_limit_leaves_is_the_most_that_passes()
    {
        int cut = 0;
        for (int seed = 0; seed < Fuzz.Seeds(80); seed++)
        {
            Random random = new(seed);
            RiskLimits limits = new() { PositionMax = Quantity.Units(random.Next(1, 40)), GrossNotionalMax = random.Next(50, 500) };
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            int lot = random.Next(1, 4), lots = random.Next(1, 16), held = random.Next(0, 20);
            long granted = Granted(limits, side, held, lot, lots, isCut: true), most = 0;
            for (int i = lots; i > 0 && most == 0; i--) most = Granted(limits, side, held, lot, i, isCut: false);
            Assert.True(granted == most, $"seed {seed}: {granted} of {lots} lots, the most that passes is {most}");
            if (granted < lots && granted > 0) cut++;
        }
        Assert.True(cut > 15, $"{cut} cut");
    }

    private long Granted(RiskLimits limits, Side side, int held, int lot, int lots, bool isCut)
    {
        using EngineRig rig = new(_strategy, limits, cash: 100_000m, more: options => options with { CutsToLimits = isCut });
        rig.Define(lot: lot).Quote(10.00m, 10.02m);
        if (held > 0) rig.Engine.Account.Book(0, EngineRig.Crude, Side.Buy, Price.From(10m), Quantity.Units(held), 0);
        Do(rig, context => context.Submit(ScriptedStrategy.Limit(side, side == Side.Buy ? 9.90m : 10.20m, lots * lot)));
        return rig.Sent.Count == 0 ? 0 : (long)rig.Sent[^1].Quantity.ToDecimal() / lot;
    }

    // ---- what tests say

    private EngineRig Rig(decimal held, StateOptions? states = null)
    {
        EngineRig rig = new(_strategy, Hundred, cash: 100_000m, more: options => options with { States = states ?? ByPosition });
        rig.Define().Quote(10.00m, 10.02m);
        if (held == 0) return rig;
        Do(rig, context => _ids.Add(context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, held))));
        rig.AcceptAll().Fill(_ids[^1], Side.Buy, 10m, held);
        return rig;
    }

    private void Do(EngineRig rig, Action<StrategyContext> what)
    {
        _strategy.Book = (context, _) =>
        {
            _strategy.Book = null;
            what(context);
        };
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 1.00m, isLast: true);
    }

    private static List<(Side, decimal, decimal)> Standing(EngineRig rig, int count) => [.. rig.Sent.TakeLast(count).OrderBy(command => command.Side).ThenByDescending(command => command.Side == Side.Buy ? command.Price.Nanos : -command.Price.Nanos).Select(Told)];

    private static (Side, decimal, decimal) Told(OrderCommand command) => (command.Side, command.Price.ToDecimal(), command.Quantity.ToDecimal());

    private static StateThresholds Percents(int warning, int critical, int overLimit) => new(warning * Percent, critical * Percent, overLimit * Percent);
}
