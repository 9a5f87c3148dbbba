using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Orders;

public class OrderBlotterTests
{
    private static readonly InstrumentId Instrument = new(0), Other = new(9);

    private readonly ClientOrderIds _ids = new(journal: 77, strategy: 0);
    private readonly OrderBlotter _blotter;
    private ulong _execution;

    public OrderBlotterTests() => _blotter = NewBlotter(_ids);

    [Theory]
    [InlineData(OrderStatus.Open, ReportKind.Accepted)]
    [InlineData(OrderStatus.Rejected, ReportKind.Rejected)]
    [InlineData(OrderStatus.Canceled, ReportKind.Accepted, ReportKind.Canceled)]
    [InlineData(OrderStatus.Expired, ReportKind.Accepted, ReportKind.Expired)]
    [InlineData(OrderStatus.Triggered, ReportKind.Accepted, ReportKind.Triggered)]
    [InlineData(OrderStatus.PartiallyFilled, ReportKind.Filled)]
    [InlineData(OrderStatus.PartiallyFilled, ReportKind.Filled, ReportKind.Triggered)]
    [InlineData(OrderStatus.PartiallyFilled, ReportKind.Filled, ReportKind.Accepted)]
    [InlineData(OrderStatus.CanceledAfterPartialFill, ReportKind.Accepted, ReportKind.Filled, ReportKind.Canceled)]
    [InlineData(OrderStatus.Filled, ReportKind.Filled, ReportKind.Filled, ReportKind.Filled)]
    [InlineData(OrderStatus.Open, ReportKind.Accepted, ReportKind.CancelRejected)]
    [InlineData(OrderStatus.Unknown, ReportKind.Accepted, ReportKind.Rejected)]
    [InlineData(OrderStatus.Unknown, ReportKind.Accepted, ReportKind.Replaced)]
    [InlineData(OrderStatus.Unknown, ReportKind.Filled, ReportKind.Rejected)]
    public void Reports_lead_to_a_status(OrderStatus expected, params ReportKind[] reports)
    {
        Order order = Add(Side.Buy, 3);
        ReportEffect effect = default;
        foreach (ReportKind kind in reports) effect = _blotter.Apply(Report(kind, order.Id, 1));
        Assert.Equal(expected, effect.To);
        Assert.Equal(expected, order.Status);
    }

    [Fact]
    public void A_rejected_cancel_leaves_the_order_as_it_was()
    {
        Order order = Add(Side.Buy, 3);
        _blotter.Apply(Report(ReportKind.Accepted, order.Id, 0));
        order.NoteCancelSent(new OrderCommand());
        _blotter.Apply(Report(ReportKind.Filled, order.Id, 1));
        Assert.Equal(OrderStatus.PendingCancel, order.Status);
        Assert.Equal(OrderStatus.PartiallyFilled, _blotter.Apply(Report(ReportKind.CancelRejected, order.Id, 0)).To);
    }

    [Fact]
    public void A_rejected_cancel_leaves_an_order_unanswered_that_the_venue_never_accepted()
    {
        Order unanswered = Add(Side.Buy, 3), accepted = Add(Side.Buy, 3);
        unanswered.NoteCancelSent(new OrderCommand());
        Assert.Equal(OrderStatus.PendingNew, _blotter.Apply(Report(ReportKind.CancelRejected, unanswered.Id, 0)).To);
        accepted.NoteCancelSent(new OrderCommand());
        Assert.Equal(OrderStatus.PendingCancel, _blotter.Apply(Report(ReportKind.Accepted, accepted.Id, 0)).To);
        Assert.Equal(OrderStatus.Open, _blotter.Apply(Report(ReportKind.CancelRejected, accepted.Id, 0)).To);
    }

    [Fact]
    public void An_execution_larger_than_any_order_is_counted_and_not_thrown()
    {
        Order order = Add(Side.Buy, 3);
        _blotter.Apply(Report(ReportKind.Filled, order.Id, 1));
        OrderReport absurd = Report(ReportKind.Filled, order.Id, 1);
        absurd.LastQuantity = new Quantity(long.MaxValue - 1);
        Assert.Equal(OrderStatus.Filled, _blotter.Apply(absurd).To);
        Assert.Equal(new Quantity(long.MaxValue - 1), order.Cumulative);
        Assert.Equal(1, _blotter.Anomalies.Overfilled);
        Assert.Equal(Quantity.Zero, _blotter.Exposure[Instrument, Side.Buy]);
    }

    [Fact]
    public void A_repeated_execution_changes_nothing()
    {
        Order order = Add(Side.Buy, 3);
        OrderReport report = Report(ReportKind.Filled, order.Id, 1);
        Assert.True(_blotter.Apply(report).IsExecution);
        Assert.False(_blotter.Apply(report).IsExecution);
        Assert.Equal(Quantity.Units(1), order.Cumulative);
        Assert.Equal(1, _blotter.Anomalies.RepeatedExecution);
    }

    [Fact]
    public void The_same_execution_id_of_another_venue_is_another_execution()
    {
        Order order = Add(Side.Buy, 3);
        OrderReport report = Report(ReportKind.Filled, order.Id, 1);
        _blotter.Apply(report);
        report.Header.Source++;
        Assert.True(_blotter.Apply(report).IsExecution);
    }

    [Fact]
    public void A_fill_of_an_order_that_has_left_is_still_an_execution_of_its_strategy()
    {
        ClientOrderId id = Finish(Add(Side.Buy, 1));
        ReportEffect effect = _blotter.Apply(Report(ReportKind.Filled, id, 2));
        Assert.True(effect.IsExecution);
        Assert.Equal(0, effect.Owner);
        Assert.Null(effect.Order);
        Assert.Equal(1, _blotter.Anomalies.FilledAfterClose);
    }

    [Fact]
    public void A_fill_of_an_order_that_was_never_ours_is_nobodys()
    {
        ReportEffect effect = _blotter.Apply(Report(ReportKind.Filled, new ClientOrderId(5, 5), 2));
        Assert.True(effect.IsExecution);
        Assert.Equal(-1, effect.Owner);
        Assert.Equal(1, _blotter.Anomalies.UnknownOrder);
    }

    [Fact]
    public void A_fill_beyond_the_quantity_ends_the_order_and_counts_in_full()
    {
        Order order = Add(Side.Sell, 3);
        ReportEffect effect = _blotter.Apply(Report(ReportKind.Filled, order.Id, 5, Side.Sell));
        Assert.Equal(OrderStatus.Filled, effect.To);
        Assert.Equal(Quantity.Units(5), order.Cumulative);
        Assert.Equal(Quantity.Zero, order.Leaves);
        Assert.Equal(Quantity.Zero, _blotter.Exposure[Instrument, Side.Sell]);
        Assert.Equal(1, _blotter.Anomalies.Overfilled);
    }

    [Fact]
    public void A_late_answer_and_a_fill_on_the_other_side_are_counted()
    {
        ClientOrderId id = Finish(Add(Side.Buy, 1));
        _blotter.Apply(Report(ReportKind.CancelRejected, id, 0));      // the cancel lost a race: usual
        Assert.Equal(0, _blotter.Anomalies.Total);
        _blotter.Apply(Report(ReportKind.Expired, id, 0));
        Assert.Equal(1, _blotter.Anomalies.Late);
        _blotter.Apply(Report(ReportKind.Filled, Add(Side.Buy, 1).Id, 1, Side.Sell));
        Assert.Equal(1, _blotter.Anomalies.Mismatched);
    }

    [Fact]
    public void Reports_that_say_nothing_usable_change_nothing()
    {
        Order order = Add(Side.Buy, 3);
        OrderReport good = Report(ReportKind.Filled, order.Id, 1);
        OrderReport[] broken = [good, good, good, good, good, good];
        broken[0].Kind = (ReportKind)99;
        broken[1].LastQuantity = Quantity.Zero;
        broken[2].LastPrice = Price.None;
        broken[3].ExecutionId = ExecutionId.None;
        broken[4].Side = Side.None;
        broken[5].Header.Instrument = new InstrumentId(int.MaxValue);
        foreach (OrderReport report in broken) Assert.Equal(new ReportEffect(null, OrderStatus.None, OrderStatus.None, IsExecution: false, Owner: -1, AnomalyKind.Malformed), _blotter.Apply(report));
        Assert.Equal(6, _blotter.Anomalies.Malformed);
        Assert.True(_blotter.Apply(good).IsExecution);
    }

    [Fact]
    public void A_client_order_id_is_given_once()
    {
        OrderCommand command = Command(Side.Buy, 1);
        _blotter.Add(command);
        Assert.Throws<InvariantException>(() => _blotter.Add(command));
        command.ClientOrderId = new ClientOrderId(1, 1);
        Assert.Throws<InvariantException>(() => _blotter.Add(command));
    }

    [Fact]
    public void Reservations_equal_the_leaves_of_the_live_orders_and_end_with_them()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            ClientOrderIds ids = new(77, 0);
            OrderBlotter blotter = NewBlotter(ids);
            List<Order> live = [];
            for (int step = 0; step < 120; step++)
            {
                if (random.Next(3) == 0 || live.Count == 0) live.Add(blotter.Add(ACommand(random, ids)));
                else Answer(blotter, random, live);
                RequireEqual(blotter, live, $"seed {seed}, step {step}");
            }
            foreach (Order order in live.ToArray()) End(blotter, live, order, Report(ReportKind.Canceled, order.Id, 0, order.Side));
            RequireEqual(blotter, live, $"seed {seed}, end");
            Assert.Equal(0, blotter.LiveCount);
        }
    }

    private void Answer(OrderBlotter blotter, Random random, List<Order> live)
    {
        Order order = live[random.Next(live.Count)];
        if (random.Next(4) == 0 && !order.IsCancelSent) order.NoteCancelSent(new OrderCommand());
        ReportKind kind = (ReportKind)random.Next(1, 7);
        End(blotter, live, order, Report(kind, order.Id, random.Next(1, 5), order.Side));
    }

    private static void End(OrderBlotter blotter, List<Order> live, Order order, in OrderReport report)
    {
        blotter.Apply(report);
        if (!order.Status.IsTerminal()) return;
        live.Remove(order);
        blotter.Remove(order);
    }

    private static void RequireEqual(OrderBlotter blotter, List<Order> live, string at)
    {
        Assert.True(blotter.LiveCount == live.Count, at);
        foreach (InstrumentId instrument in new[] { Instrument, Other, new InstrumentId(4), InstrumentId.None, new InstrumentId(int.MaxValue) })
        {
            Order[] here = [.. live.Where(order => order.Instrument == instrument)];
            long buy = here.Where(order => order.Side == Side.Buy).Sum(order => order.Leaves.Nanos);
            long sell = here.Where(order => order.Side == Side.Sell).Sum(order => order.Leaves.Nanos);
            Assert.True(buy == blotter.Exposure[instrument, Side.Buy].Nanos && sell == blotter.Exposure[instrument, Side.Sell].Nanos, at);
            List<ClientOrderId> working = [];
            foreach (WorkingOrder order in blotter.Working(0, instrument)) working.Add(order.Id);
            Assert.True(working.SequenceEqual(here.Select(order => order.Id)), at);
            foreach (WorkingOrder _ in blotter.Working(1, instrument)) Assert.Fail(at);
        }
    }

    private OrderCommand ACommand(Random random, ClientOrderIds ids)
    {
        OrderCommand command = Command(random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(1, 9), ids);
        command.Header.Instrument = random.Next(3) == 0 ? Other : Instrument;
        return command;
    }

    private static OrderBlotter NewBlotter(ClientOrderIds ids)
    {
        Instruments instruments = new();
        instruments.Apply(AccountTests.Definition(Instrument));
        instruments.Apply(AccountTests.Definition(Other));
        return new OrderBlotter(instruments, ids);
    }

    private Order Add(Side side, long quantity) => _blotter.Add(Command(side, quantity));

    private ClientOrderId Finish(Order order)
    {
        ClientOrderId id = order.Id;
        _blotter.Apply(Report(ReportKind.Filled, id, order.Quantity.Nanos / Quantity.Scale, order.Side));
        _blotter.Remove(order);
        return id;
    }

    private OrderCommand Command(Side side, long quantity, ClientOrderIds? ids = null) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, Instrument, default, default),
        ClientOrderId = (ids ?? _ids).Next(),
        Kind = CommandKind.Submit,
        Side = side,
        Price = Price.From(1m),
        Quantity = Quantity.Units(quantity),
    };

    private OrderReport Report(ReportKind kind, ClientOrderId id, long quantity, Side side = Side.Buy) => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 7, Instrument, default, default),
        Kind = kind,
        ClientOrderId = id,
        ExecutionId = new ExecutionId(0, ++_execution),
        LastPrice = Price.From(1m),
        LastQuantity = Quantity.Units(quantity),
        Side = side,
        QueueAhead = Quantity.None,
    };
}
