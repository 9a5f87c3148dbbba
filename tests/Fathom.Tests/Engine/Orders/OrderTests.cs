using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Orders;

/// <summary>Replacements, through the engine: what the order is, and what is reserved for it. Each begins with an accepted buy of 5 at 9.99.</summary>
public class OrderTests
{
    private readonly ScriptedStrategy _strategy = new();
    private StrategyContext _context = null!;
    private ClientOrderId _order;

    [Fact]
    public void A_replacement_leaves_as_one_command_and_the_order_keeps_its_name()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.98m, 8);
        OrderCommand sent = rig.Sent[^1];
        Assert.Equal((CommandKind.Replace, _order, 9.98m, Quantity.Units(8), Side.Buy, true), (sent.Kind, sent.ClientOrderId, sent.Price.ToDecimal(), sent.Quantity, sent.Side, sent.IsPostOnly));
        Assert.Equal(OrderStatus.PendingReplace, Live.Status);
        Assert.Equal((9.99m, Quantity.Units(5)), (Live.Price.ToDecimal(), Live.Quantity));
        rig.Answer(ReportKind.Replaced, _order);
        Assert.Equal((OrderStatus.Open, 9.98m, Quantity.Units(8)), (Live.Status, Live.Price.ToDecimal(), Live.Quantity));
        Assert.Equal((OrderStatus.PendingReplace, OrderStatus.Open), (_strategy.Changes[^1].From, _strategy.Changes[^1].To));
    }

    [Theory]
    [InlineData(8, 8, ReportKind.Replaced, 8)]             // more: reserved when it leaves
    [InlineData(8, 8, ReportKind.ReplaceRejected, 5)]
    [InlineData(2, 5, ReportKind.Replaced, 2)]             // less: only when the venue says so
    [InlineData(2, 5, ReportKind.ReplaceRejected, 5)]
    public void The_worse_of_what_it_is_and_what_it_may_become_is_reserved(int quantity, int waiting, ReportKind answer, int after)
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.99m, quantity);
        Assert.Equal(Quantity.Units(waiting), rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
        rig.Answer(answer, _order, answer == ReportKind.Replaced ? ReasonCode.None : ReasonCode.TooLate);
        Assert.Equal(Quantity.Units(after), rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
        rig.Answer(ReportKind.Canceled, _order);
        Assert.Equal(Quantity.Zero, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
    }

    [Fact]
    public void A_fill_during_a_replacement_counts_towards_both()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.98m, 8);
        rig.Fill(_order, Side.Buy, 9.99m, 2m);
        Assert.Equal((OrderStatus.PendingReplace, Quantity.Units(3)), (Live.Status, Live.Leaves));
        Assert.Equal(Quantity.Units(6), rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
        rig.Answer(ReportKind.Replaced, _order);
        Assert.Equal((OrderStatus.PartiallyFilled, Quantity.Units(6)), (Live.Status, Live.Leaves));
    }

    [Fact]
    public void A_fill_of_the_whole_order_ends_it_and_the_late_rejection_is_no_anomaly()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.98m, 8);
        rig.Fill(_order, Side.Buy, 9.99m, 5m);
        rig.Answer(ReportKind.ReplaceRejected, _order, ReasonCode.TooLate);
        Assert.Equal(OrderStatus.Filled, _strategy.Changes[^1].To);
        Assert.Equal((0, 0L), (rig.Engine.Orders.LiveCount, rig.Engine.Orders.Anomalies.Total));
        Assert.Equal(Quantity.Zero, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]);
    }

    [Fact]
    public void A_replacement_to_no_more_than_what_is_filled_ends_the_order()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.99m, 2);
        rig.Fill(_order, Side.Buy, 9.99m, 2m);
        Assert.Equal(OrderStatus.PendingReplace, Live.Status);
        rig.Answer(ReportKind.Replaced, _order);
        Assert.Equal(OrderStatus.Filled, _strategy.Changes[^1].To);
        Assert.Equal((0, Quantity.Zero), (rig.Engine.Orders.LiveCount, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]));
    }

    [Fact]
    public void A_replacement_is_refused_while_a_request_is_unanswered()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.98m, 5);
        Replace(rig, 9.97m, 5);
        OrderEvent refused = _strategy.Changes[^1];
        Assert.Equal((ReasonCode.NotReplaceable, OrderStatus.PendingReplace, 9.97m), (refused.Reason, refused.To, refused.Price.ToDecimal()));
        rig.Answer(ReportKind.Replaced, _order);
        Ask(rig, context => context.Cancel(_order));
        Replace(rig, 9.97m, 5);
        Assert.Equal((ReasonCode.NotReplaceable, OrderStatus.PendingCancel), (_strategy.Changes[^1].Reason, _strategy.Changes[^1].To));
        Assert.Equal([CommandKind.Submit, CommandKind.Replace, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        Assert.Equal(2, rig.Engine.Summarize().RefusedCount);
    }

    [Fact]
    public void A_refused_replacement_leaves_the_order_as_it_is()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.985m, 5);
        Replace(rig, 9.98m, 0);
        Assert.Equal([ReasonCode.PriceOffTick, ReasonCode.QuantityNotPositive], _strategy.Changes[^2..].Select(change => change.Reason));
        Assert.Equal((OrderStatus.Open, Quantity.Units(5)), (Live.Status, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]));
    }

    [Fact]
    public void A_cancel_overtakes_a_replacement_and_both_answers_are_taken()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.98m, 8);
        Ask(rig, context => context.Cancel(_order));
        Assert.Equal((OrderStatus.PendingCancel, Quantity.Units(8)), (Live.Status, rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy]));
        rig.Answer(ReportKind.Replaced, _order);
        Assert.Equal((OrderStatus.PendingCancel, 9.98m, Quantity.Units(8)), (Live.Status, Live.Price.ToDecimal(), Live.Quantity));
        rig.Answer(ReportKind.CancelRejected, _order);
        Assert.Equal(OrderStatus.Open, Live.Status);
    }

    [Fact]
    public void A_rejected_cancel_goes_back_to_the_replacement_that_is_still_on_its_way()
    {
        using EngineRig rig = ARig();
        Replace(rig, 9.98m, 8);
        Ask(rig, context => context.Cancel(_order));
        rig.Answer(ReportKind.CancelRejected, _order);
        Assert.Equal(OrderStatus.PendingReplace, Live.Status);
        rig.Answer(ReportKind.ReplaceRejected, _order, ReasonCode.Unsupported);
        Assert.Equal((OrderStatus.Open, 9.99m, Quantity.Units(5)), (Live.Status, Live.Price.ToDecimal(), Live.Quantity));
    }

    [Fact]
    public void A_rejection_that_nobody_asked_for_changes_nothing()
    {
        using EngineRig rig = ARig();
        rig.Answer(ReportKind.ReplaceRejected, _order).Answer(ReportKind.CancelRejected, _order);
        Assert.Equal((OrderStatus.Open, 9.99m, Quantity.Units(5)), (Live.Status, Live.Price.ToDecimal(), Live.Quantity));
        Assert.Equal(2, rig.Engine.Orders.Anomalies.Illegal);
    }

    [Fact]
    public void A_replacement_that_nobody_asked_for_leaves_the_order_in_doubt()
    {
        using EngineRig rig = ARig();
        rig.Answer(ReportKind.Replaced, _order);
        Assert.Equal((OrderStatus.Unknown, 9.99m, Quantity.Units(5)), (Live.Status, Live.Price.ToDecimal(), Live.Quantity));
        rig.Reach(rig.Engine.NextWake);
        Assert.Equal((CommandKind.Query, _order), (rig.Questions[^1].Kind, rig.Questions[^1].ClientOrderId));
    }

    [Fact]
    public void The_reservation_is_the_worst_of_all_live_orders_over_random_answers()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            ScriptedStrategy strategy = new();
            using EngineRig rig = new(strategy);
            strategy.Book = (context, _) =>
            {
                if (random.Next(3) == 0) context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, random.Next(1, 9)));
                foreach (WorkingOrder order in context.WorkingOrders(EngineRig.Crude))
                {
                    if (random.Next(3) == 0) context.Replace(order.Id, Price.From(9.90m), Quantity.Units(random.Next(1, 12)));
                    if (random.Next(9) == 0) context.Cancel(order.Id);
                }
            };
            rig.Define();
            for (int step = 0; step < 100; step++)
            {
                OrderCommand sent = rig.Sent.Count == 0 ? default : rig.Sent[random.Next(rig.Sent.Count)];
                if (sent.ClientOrderId.IsNone || random.Next(3) == 0) rig.Quote(10.00m, 10.02m);
                else if (random.Next(3) == 0) rig.Fill(sent.ClientOrderId, Side.Buy, 9.99m, random.Next(1, 4));
                else rig.Answer((ReportKind)(random.Next(9) is var kind && kind is 0 or 3 ? 1 : kind), sent.ClientOrderId);
                long worst = 0;
                for (Order? order = rig.Engine.Orders.First(EngineRig.Crude); order is not null; order = order.Next) worst += order.WorstLeaves.Nanos;
                Assert.True(worst == rig.Engine.Orders.Exposure[EngineRig.Crude, Side.Buy].Nanos, $"seed {seed}, step {step}");
            }
        }
    }

    private WorkingOrder Live
    {
        get
        {
            Assert.True(_context.TryOrder(_order, out WorkingOrder order));
            return order;
        }
    }

    private EngineRig ARig()
    {
        EngineRig rig = new(_strategy);
        _strategy.Start = context => _context = context;
        rig.Define();
        Ask(rig.Quote(10.00m, 10.02m), context => _order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 5m)));
        return rig.Answer(ReportKind.Accepted, _order);
    }

    private void Replace(EngineRig rig, decimal price, int quantity) => Ask(rig, context => context.Replace(_order, Price.From(price), Quantity.Units(quantity)));

    private void Ask(EngineRig rig, Action<StrategyContext> ask)
    {
        _strategy.Book = (context, _) => ask(context);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        _strategy.Book = null;
    }
}
