using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Execution;

/// <summary>What leaves for a target position, seen at the venue. The tick is 0.01 and the market 10.00 to 10.02 unless a test says otherwise.</summary>
public class TargetReconcilerTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Theory]
    [InlineData(TargetUrgency.Immediate, 3, null)]
    [InlineData(TargetUrgency.Immediate, -3, null)]
    [InlineData(TargetUrgency.Normal, 3, 10.02)]
    [InlineData(TargetUrgency.Normal, -3, 10.00)]
    [InlineData(TargetUrgency.Passive, 3, 10.00)]
    [InlineData(TargetUrgency.Passive, -3, 10.02)]
    public void The_urgency_says_how_what_is_missing_is_worked_for(TargetUrgency urgency, int target, double? price)
    {
        using EngineRig rig = ARig(target, urgency);
        OrderCommand sent = Assert.Single(rig.Sent);
        Assert.Equal((target > 0 ? Side.Buy : Side.Sell, Quantity.Units(Math.Abs(target))), (sent.Side, sent.Quantity));
        Assert.Equal(price is null ? Price.None : Price.From((decimal)price), sent.Price);
        Assert.Equal(urgency == TargetUrgency.Immediate ? (OrderType.Market, TimeInForce.ImmediateOrCancel) : (OrderType.Limit, TimeInForce.GoodTillCancel), (sent.Type, sent.TimeInForce));
        Assert.Equal(urgency == TargetUrgency.Passive, sent.IsPostOnly);
    }

    [Fact]
    public void What_is_filled_is_not_asked_for_again_and_the_target_holds_against_what_moves_the_position()
    {
        using EngineRig rig = ARig(5);
        ClientOrderId first = rig.Sent[0].ClientOrderId;
        rig.AcceptAll().Fill(first, Side.Buy, 10.02m, 3m).Fill(first, Side.Buy, 10.02m, 2m);
        Assert.Single(rig.Sent);
        rig.Fill(first, Side.Buy, 10.02m, 4m);                        // the venue filled more than there was
        Assert.Equal((Side.Sell, Quantity.Units(4)), (rig.Sent[^1].Side, rig.Sent[^1].Quantity));
    }

    [Fact]
    public void One_order_crosses_from_long_to_short()
    {
        using EngineRig rig = ARig(5);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 5m);
        Target(rig, -2);
        Assert.Equal((2, Side.Sell, Quantity.Units(7)), (rig.Sent.Count, rig.Sent[1].Side, rig.Sent[1].Quantity));
    }

    [Fact]
    public void What_is_missing_is_rounded_to_lots_toward_the_position_that_there_is()
    {
        using EngineRig rig = ARig(250, lot: 100m);
        Assert.Equal(Quantity.Units(200), rig.Sent[0].Quantity);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 200m);
        Target(rig, 120);                                             // 80 too many are less than a lot
        Assert.Single(rig.Sent);
        Target(rig, -1);
        Assert.Equal((Side.Sell, Quantity.Units(200)), (rig.Sent[^1].Side, rig.Sent[^1].Quantity));
    }

    [Fact]
    public void An_unanswered_order_is_waited_for_and_another_side_has_it_canceled_first()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        Target(rig, 8, TargetUrgency.Passive);
        Assert.Single(rig.Sent);
        Target(rig, -2, TargetUrgency.Passive);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], Kinds(rig));
        rig.Answer(ReportKind.Accepted, rig.Sent[0].ClientOrderId);
        Assert.Equal(2, rig.Sent.Count);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Assert.Equal((3, Side.Sell, Quantity.Units(2), 10.02m), (rig.Sent.Count, rig.Sent[2].Side, rig.Sent[2].Quantity, rig.Sent[2].Price.ToDecimal()));
    }

    [Fact]
    public void Another_urgency_takes_another_order()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 2m);
        Target(rig, 5);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel, CommandKind.Submit], Kinds(rig));
        Assert.Equal((OrderType.Market, Quantity.Units(3)), (rig.Sent[2].Type, rig.Sent[2].Quantity));
    }

    [Fact]
    public void A_passive_order_follows_its_best_price_both_ways_and_keeps_its_place_otherwise()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll().Quote(10.00m, 10.05m).Quote(10.00m, 10.01m, bidQuantity: 99m);
        Assert.Single(rig.Sent);
        rig.Quote(10.01m, 10.03m);
        rig.Answer(ReportKind.Replaced, rig.Sent[0].ClientOrderId).Quote(9.99m, 10.03m);
        Assert.Equal([10.00m, 10.01m, 9.99m], Prices(rig));
        Assert.Equal([CommandKind.Submit, CommandKind.Replace, CommandKind.Replace], Kinds(rig));
    }

    [Fact]
    public void A_normal_order_moves_only_when_the_market_leaves_it_behind()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Normal);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 2m).Quote(9.99m, 10.01m);
        Assert.Single(rig.Sent);                                      // the other side comes to it
        rig.Quote(10.02m, 10.04m);
        Assert.Equal((CommandKind.Replace, 10.04m, Quantity.Units(5)), (rig.Sent[1].Kind, rig.Sent[1].Price.ToDecimal(), rig.Sent[1].Quantity));
    }

    [Theory]
    [InlineData(TargetUrgency.Passive, 9, false)]
    [InlineData(TargetUrgency.Passive, 10, false)]
    [InlineData(TargetUrgency.Passive, 11, true)]
    [InlineData(TargetUrgency.Normal, 6, true)]
    [InlineData(TargetUrgency.Passive, 3, true)]
    [InlineData(TargetUrgency.Normal, 3, true)]
    public void A_resting_order_shrinks_at_once_and_grows_where_its_place_is_not_worth_more(TargetUrgency urgency, int target, bool isReplaced)
    {
        using EngineRig rig = ARig(5, urgency);
        rig.AcceptAll();
        Target(rig, target, urgency);
        Assert.Equal(isReplaced ? 2 : 1, rig.Sent.Count);
        if (isReplaced) Assert.Equal((CommandKind.Replace, rig.Sent[0].Price, Quantity.Units(target)), (rig.Sent[1].Kind, rig.Sent[1].Price, rig.Sent[1].Quantity));
        else
        {
            rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 5m);      // what it left out comes next
            Assert.Equal((CommandKind.Submit, Quantity.Units(target - 5)), (rig.Sent[1].Kind, rig.Sent[1].Quantity));
        }
    }

    [Fact]
    public void An_order_that_was_filled_by_less_than_a_lot_stays_a_whole_number_of_lots()
    {
        using EngineRig rig = ARig(200, TargetUrgency.Passive, lot: 100m);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 37m).Quote(10.01m, 10.03m);
        Assert.Equal((CommandKind.Replace, Quantity.Units(200)), (rig.Sent[1].Kind, rig.Sent[1].Quantity));
        rig.Answer(ReportKind.Replaced, rig.Sent[0].ClientOrderId).Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.01m, 100m);
        Target(rig, 150, TargetUrgency.Passive);                      // 137 held, 63 open
        Assert.Equal(CommandKind.Cancel, rig.Sent[^1].Kind);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Assert.Equal(3, rig.Sent.Count);
    }

    [Fact]
    public void Prices_off_the_tick_are_rounded_so_that_the_order_does_what_its_urgency_says()
    {
        using EngineRig passive = ARig(1, TargetUrgency.Passive, tick: 0.05m, bid: 10.01m, ask: 10.12m), normal = ARig(1, TargetUrgency.Normal, tick: 0.05m, bid: 10.01m, ask: 10.12m);
        using EngineRig passiveSell = ARig(-1, TargetUrgency.Passive, tick: 0.05m, bid: 10.01m, ask: 10.12m), normalSell = ARig(-1, TargetUrgency.Normal, tick: 0.05m, bid: -10.01m, ask: 10.12m);
        Assert.Equal([10.00m, 10.15m, 10.15m, -10.05m], [Prices(passive)[0], Prices(normal)[0], Prices(passiveSell)[0], Prices(normalSell)[0]]);
    }

    [Theory]
    [InlineData("one-sided")]
    [InlineData("crossed")]
    [InlineData("halted")]
    public void It_is_pulled_while_nothing_can_be_traded_against_and_comes_back_by_itself(string trouble)
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll();
        if (trouble == "one-sided") rig.Quote(10.00m, null);
        if (trouble == "crossed") rig.Quote(10.00m, 9.99m);
        if (trouble == "halted") rig.State(TradingState.Halted);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], Kinds(rig));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Assert.Equal(2, rig.Sent.Count);
        if (trouble == "halted") rig.State(TradingState.Continuous);
        else rig.Quote(10.00m, 10.02m);
        Assert.Equal((3, CommandKind.Submit), (rig.Sent.Count, rig.Sent[2].Kind));
    }

    [Fact]
    public void Withdrawn_it_cancels_its_order_and_keeps_the_position()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 2m);
        Ask(rig, context => context.WithdrawTarget(EngineRig.Crude));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId).Quote(10.01m, 10.03m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], Kinds(rig));
        Assert.Equal(Quantity.Units(2), Position(rig));
    }

    [Theory]
    [InlineData("market")]
    [InlineData("target")]
    [InlineData("position")]
    public void What_found_no_liquidity_waits_until_something_moves(string what)
    {
        using EngineRig rig = ARig(5);
        ClientOrderId first = rig.Sent[0].ClientOrderId;
        rig.AcceptAll().Fill(first, Side.Buy, 10.02m, 2m).Answer(ReportKind.Canceled, first, ReasonCode.NoLiquidity);
        rig.Quote(10.00m, 10.02m, askQuantity: 99m);
        Target(rig, 5);                                               // said again
        Assert.Single(rig.Sent);
        if (what == "market") rig.Quote(10.00m, 10.03m);
        if (what == "target") Target(rig, 6);
        if (what == "position") rig.Fill(first, Side.Sell, 10.02m, 1m);      // late, and against us
        Assert.Equal((2, Quantity.Units(what == "market" ? 3 : 4)), (rig.Sent.Count, rig.Sent[1].Quantity));
    }

    [Fact]
    public void What_risk_refused_or_the_venue_rejected_waits_for_another_market()
    {
        using EngineRig rig = ARig(5, limits: new RiskLimits { PositionMax = Quantity.Units(4) });
        Assert.Equal(ReasonCode.PositionLimit, Assert.Single(_strategy.Changes).Reason);
        rig.Quote(10.00m, 10.02m, bidQuantity: 77m);
        Assert.Single(_strategy.Changes);
        Target(rig, 4, TargetUrgency.Passive);
        rig.Answer(ReportKind.Rejected, rig.Sent[0].ClientOrderId, ReasonCode.WouldCross).Quote(10.00m, 10.02m);
        Assert.Single(rig.Sent);
        rig.Quote(10.01m, 10.02m).AcceptAll().Quote(10.00m, 10.02m);
        rig.Answer(ReportKind.ReplaceRejected, rig.Sent[1].ClientOrderId, ReasonCode.WouldCross);
        Assert.Equal([CommandKind.Submit, CommandKind.Submit, CommandKind.Replace], Kinds(rig));
        rig.Quote(9.99m, 10.02m);
        Assert.Equal((4, 9.99m), (rig.Sent.Count, rig.Sent[3].Price.ToDecimal()));
    }

    [Fact]
    public void An_order_that_the_strategy_cancels_comes_back_when_something_moves()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll();
        Ask(rig, context => context.Cancel(rig.Sent[0].ClientOrderId));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId, ReasonCode.Requested).Quote(10.00m, 10.02m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], Kinds(rig));
        rig.Quote(10.00m, 10.03m);
        Assert.Equal(CommandKind.Submit, rig.Sent[^1].Kind);
    }

    [Fact]
    public void The_kill_switch_withdraws_it()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll().Operate(OperatorAction.Kill);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId).Operate(OperatorAction.Rearm).Quote(10.01m, 10.03m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], Kinds(rig));
    }

    [Fact]
    public void A_halt_of_the_strategy_withdraws_it()
    {
        using EngineRig rig = ARig(5, TargetUrgency.Passive);
        rig.AcceptAll();
        Ask(rig, _ => throw new InvalidOperationException("no idea"));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId).Quote(10.01m, 10.03m);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], Kinds(rig));
    }

    [Fact]
    public void What_may_be_filled_never_passes_the_target_and_it_is_reached_over_random_markets_and_answers()
    {
        long fills = 0, immediate = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            ScriptedStrategy strategy = new();
            long lot = random.Next(3) == 0 ? 5 : 1;
            using EngineRig rig = new(strategy);
            rig.Define(lot: lot).Quote(10.00m, 10.02m);
            TargetPosition? target = null;
            RandomVenue venue = new(rig, random);
            (decimal? bid, decimal? ask) = (10.00m, 10.02m);
            Int128 mostBefore = 0, leastBefore = 0;
            for (int step = 0; step < 150; step++)
            {
                int sent = rig.Sent.Count;
                switch (random.Next(8))
                {
                    case 0 or 1:
                        bid = random.Next(995, 1_005) / 100m;
                        ask = random.Next(10) == 0 ? null : bid + random.Next(-1, 5) / 100m;
                        rig.Quote(bid, ask);
                        break;
                    case 2:
                        target = random.Next(8) == 0 ? null : new TargetPosition(Quantity.Units(random.Next(-20, 21)), (TargetUrgency)random.Next(3));
                        Ask(rig, strategy, context =>
                        {
                            if (target is { } wanted) context.Target(EngineRig.Crude, wanted.Quantity, wanted.Urgency);
                            else context.WithdrawTarget(EngineRig.Crude);
                        });
                        break;
                    default:
                        venue.AnswerOne(isKind: false);
                        break;
                }
                string where = $"seed {seed}, step {step}, target {target}: {string.Join("; ", rig.Sent.Skip(sent).Select(command => $"{command.Kind} {command.Side} {command.Quantity} at {command.Price}"))}";
                foreach (OrderCommand command in rig.Sent.Skip(sent).Where(command => command.Kind != CommandKind.Cancel))
                {
                    Assert.True(target is not null && bid < ask, $"nothing was wanted: {where}");
                    Check(command, target!.Value, bid!.Value, ask!.Value, where);
                }
                (Int128 most, Int128 least) = Worst(rig, where);
                Int128 bound = target?.Quantity.Nanos ?? Position(rig).Nanos, held = Position(rig).Nanos;
                Assert.True(most <= Int128.Max(Int128.Max(bound, held), mostBefore), $"up to {most}: {where}");
                Assert.True(least >= Int128.Min(Int128.Min(bound, held), leastBefore), $"down to {least}: {where}");
                (mostBefore, leastBefore) = (most, least);
            }
            fills += rig.Fills.Count;
            immediate += rig.Sent.Count(command => command.Type == OrderType.Market && command.Kind == CommandKind.Submit);

            target = new TargetPosition(Quantity.Units(random.Next(-20, 21)), (TargetUrgency)random.Next(3));
            Ask(rig, strategy, context => context.Target(EngineRig.Crude, target.Value.Quantity, target.Value.Urgency));
            rig.Quote(9.00m, 9.02m).Quote(10.00m, 10.03m);
            for (int round = 0; venue.AnswerOne(isKind: true); round++) Assert.True(round < 500, $"seed {seed}: no end");
            Assert.True(Math.Abs(Position(rig).Nanos - target.Value.Quantity.Nanos) < Quantity.Units(lot).Nanos && rig.Engine.Orders.LiveCount == 0, $"seed {seed}: {Position(rig)} for {target}");
            Assert.Null(rig.Engine.Summarize().Strategies[0].Failure);
        }
        Assert.True(fills > 5_000 && immediate > 500, $"{fills} fills, {immediate} market orders");
    }

    private static void Check(OrderCommand command, TargetPosition target, decimal bid, decimal ask, string where)
    {
        decimal own = command.Side == Side.Buy ? bid : ask, other = command.Side == Side.Buy ? ask : bid;
        bool isNew = command.Kind == CommandKind.Submit;
        Assert.True((target.Urgency == TargetUrgency.Immediate) == command.Price.IsNone, where);
        if (isNew && target.Urgency == TargetUrgency.Normal) Assert.True(command.Price.ToDecimal() == other && !command.IsPostOnly, where);
        if (target.Urgency == TargetUrgency.Passive) Assert.True(command.Price.ToDecimal() == own && command.IsPostOnly, where);
    }

    /// <summary>The position with what lives filled, upward and downward.</summary>
    private static (Int128 Most, Int128 Least) Worst(EngineRig rig, string where)
    {
        Int128 most = Position(rig).Nanos, least = most;
        int live = 0;
        for (Order? order = rig.Engine.Orders.First(EngineRig.Crude); order is not null; order = order.Next, live++)
        {
            if (order.Side == Side.Buy) most += order.WorstLeaves.Nanos;
            else least -= order.WorstLeaves.Nanos;
        }
        Assert.True(live <= 1, $"{live} orders live: {where}");
        return (most, least);
    }

    private EngineRig ARig(
        int target, TargetUrgency urgency = TargetUrgency.Immediate, decimal tick = 0.01m, decimal lot = 1m, decimal bid = 10.00m, decimal ask = 10.02m, RiskLimits? limits = null)
    {
        EngineRig rig = new(_strategy, limits, recovery: new RecoveryOptions { AnomalyReducesOnly = false });
        _strategy.Changes.Clear();
        rig.Define(tick: tick, lot: lot).Quote(bid, ask);
        Target(rig, target, urgency);
        return rig;
    }

    private void Target(EngineRig rig, int target, TargetUrgency urgency = TargetUrgency.Immediate) =>
        Ask(rig, context => context.Target(EngineRig.Crude, Quantity.Units(target), urgency));

    private void Ask(EngineRig rig, Action<StrategyContext> ask) => Ask(rig, _strategy, ask);

    private static void Ask(EngineRig rig, ScriptedStrategy strategy, Action<StrategyContext> ask)
    {
        strategy.Book = (context, _) => ask(context);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        strategy.Book = null;
    }

    private static Quantity Position(EngineRig rig) => rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude);

    private static CommandKind[] Kinds(EngineRig rig) => [.. rig.Sent.Select(command => command.Kind)];

    private static decimal[] Prices(EngineRig rig) => [.. rig.Sent.Select(command => command.Price.ToDecimal())];

    /// <summary>Answers commands in the order in which they came, and fills what it has accepted, in odd lots too.</summary>
    private sealed class RandomVenue(EngineRig rig, Random random)
    {
        private int _next;

        /// <param name="isKind">Nothing is rejected any more, and everything fills.</param>
        /// <returns>False when every command is answered and nothing lives.</returns>
        public bool AnswerOne(bool isKind)
        {
            if (random.Next(3) == 0 && TryFill(isKind)) return true;
            if (_next == rig.Sent.Count) return isKind && TryFill(isKind);
            OrderCommand command = rig.Sent[_next++];
            if (!rig.Engine.Orders.TryFind(command.ClientOrderId, out Order? order)) return true;
            bool isRejected = !isKind && random.Next(8) == 0;
            if (command.Kind == CommandKind.Cancel) rig.Answer(isRejected ? ReportKind.CancelRejected : ReportKind.Canceled, command.ClientOrderId);
            else if (command.Kind == CommandKind.Replace) rig.Answer(isRejected ? ReportKind.ReplaceRejected : ReportKind.Replaced, command.ClientOrderId);
            else if (isRejected) rig.Answer(ReportKind.Rejected, command.ClientOrderId, ReasonCode.WouldCross);
            else Accept(order, isKind);
            return true;
        }

        private void Accept(Order order, bool isKind)
        {
            ClientOrderId id = order.Id;
            bool isMarket = order.Type == OrderType.Market;
            rig.Answer(ReportKind.Accepted, id);
            if (!isMarket) return;
            while (random.Next(3) != 0 && rig.Engine.Orders.TryFind(id, out Order? live)) Fill(live, isKind);
            if (rig.Engine.Orders.TryFind(id, out Order? rest) && isKind) Fill(rest, isKind);
            else if (rest is not null) rig.Answer(ReportKind.Canceled, id, ReasonCode.NoLiquidity);
        }

        private bool TryFill(bool isKind)
        {
            Order? order = rig.Engine.Orders.First(EngineRig.Crude);
            if (order is not { IsAccepted: true } || order.Type == OrderType.Market) return false;
            Fill(order, isKind);
            return true;
        }

        private void Fill(Order order, bool isKind) =>
            rig.Fill(order.Id, order.Side, 10m, isKind ? order.Leaves.ToDecimal() : Math.Min(order.Leaves.ToDecimal(), random.Next(1, 9)));
    }
}
