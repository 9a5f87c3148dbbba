using Fathom.Analytics.Orders;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using static Fathom.Domain.Messages.OrderStatus;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Orders;

public class OrderRecordsTests
{
    private readonly OrderRecords _orders = new(strategies: 2, rowsMax: 3, sampleMax: 100);

    [Fact]
    public void An_order_is_listed_in_its_last_known_state()
    {
        Note(Order(At(1), 1, None, PendingNew, price: 99, quantity: 5));
        Note(Order(At(2), 1, PendingNew, Open, price: 99, quantity: 5, queueAhead: 40));
        Note(Order(At(3), 1, Open, PartiallyFilled, price: 99, quantity: 5, cumulative: 2));
        OrderRecord order = Assert.Single(_orders.Rows);
        Assert.Equal((PartiallyFilled, 2m, true), (order.Status, order.Filled.ToDecimal(), order.Ended.IsNone));

        Note(Order(At(4), 1, PartiallyFilled, PendingCancel, price: 99, quantity: 5, cumulative: 2));
        Note(Order(At(5), 1, PendingCancel, CanceledAfterPartialFill, price: 99, quantity: 5, cumulative: 2, reason: ReasonCode.Requested));
        Assert.Same(order, Assert.Single(_orders.Rows));
        Assert.Equal((CanceledAfterPartialFill, ReasonCode.Requested, At(5)), (order.Status, order.Reason, order.Ended));
        Assert.Equal((OrderId(1), At(0), 99m, 5m), (order.Id, order.Decided, order.Price.ToDecimal(), order.Quantity.ToDecimal()));
        Assert.Equal(40m, order.QueueAtPlacement.ToDecimal());
        Assert.Equal(1, _orders.Total);
    }

    [Fact]
    public void The_first_orders_are_listed_and_all_are_counted_refused_ones_too()
    {
        Note(Order(At(1), 1, None, Refused, reason: ReasonCode.PositionLimit));
        for (int i = 2; i <= 5; i++) Note(Order(At(1), i, None, PendingNew));
        Assert.Equal([1, 2, 3], _orders.Rows.Select(order => (int)order.Id.Sequence));
        Assert.Equal(5, _orders.Total);
        Assert.Equal((Refused, At(1)), (_orders.Rows[0].Status, _orders.Rows[0].Ended));
        Assert.Equal(4, Rate(0).SentOrders);
    }

    [Fact]
    public void A_request_that_changed_nothing_changes_nothing()
    {
        Note(Order(At(1), 1, None, None, reason: ReasonCode.UnknownOrder));
        Assert.Equal(0, _orders.Total);
        Note(Order(At(1), 1, None, PendingNew, price: 99, quantity: 4));
        Note(Order(At(2), 1, PendingNew, PendingNew, price: 101, quantity: 9, reason: ReasonCode.PositionLimit));      // a replacement was refused
        Assert.Equal((99m, 4m, "4"), (_orders.Rows[0].Price.ToDecimal(), _orders.Rows[0].Quantity.ToDecimal(), Rate(0).SentQuantity.ToString()));
    }

    [Fact]
    public void Executions_count_also_where_the_status_stays()
    {
        Note(Order(At(1), 1, None, PendingNew, quantity: 4));
        Note(Fill(At(2), Side.Buy, 100, 1, order: 1));
        Note(Order(At(2), 1, PendingNew, PartiallyFilled, quantity: 4, cumulative: 1));
        Note(Fill(At(3), Side.Buy, 100, 2, order: 1));
        Assert.Equal(3m, _orders.Rows[0].Filled.ToDecimal());
    }

    [Fact]
    public void Fill_rates_are_of_orders_and_of_quantity()
    {
        Note(Order(At(1), 1, None, PendingNew, quantity: 4));
        Note(Order(At(1), 2, None, PendingNew, quantity: 6));
        Note(Order(At(1), 1, None, PendingNew, quantity: 100, strategy: 1));
        Note(Fill(At(2), Side.Buy, 100, 4, order: 1));
        Note(Order(At(2), 1, PendingNew, Filled, quantity: 4, cumulative: 4));
        Note(Fill(At(3), Side.Buy, 100, 1, order: 2));
        Note(Order(At(4), 2, PendingCancel, CanceledAfterPartialFill, quantity: 6, cumulative: 1));
        Note(Fill(At(5), Side.Buy, 100, 50, strategy: ushort.MaxValue));      // nobody's of ours
        FillRate rate = Rate(0);
        Assert.Equal((2, 1, "10", "5"), (rate.SentOrders, rate.FilledOrders, rate.SentQuantity.ToString(), rate.FilledQuantity.ToString()));
        Assert.Equal((0.5, 0.5), (rate.OfOrders, rate.OfQuantity));
        Assert.Equal((0.0, 0.0), (Rate(1).OfOrders, Rate(1).OfQuantity));
    }

    [Fact]
    public void A_strategy_that_sent_nothing_has_no_rate()
    {
        Assert.Equal(double.NaN, Rate(0).OfOrders);
        Assert.Equal(double.NaN, Rate(0).OfQuantity);
    }

    [Fact]
    public void Confirmed_replacements_change_what_was_sent_and_denied_ones_do_not()
    {
        Note(Order(At(1), 1, None, PendingNew, quantity: 4));
        Note(Order(At(2), 1, PendingNew, Open, quantity: 4, queueAhead: 10));
        Note(Order(At(3), 1, Open, PendingReplace, quantity: 4));
        Assert.Equal("4", Rate(0).SentQuantity.ToString());
        Note(Order(At(4), 1, PendingReplace, Open, quantity: 9, queueAhead: 30));
        Assert.Equal("9", Rate(0).SentQuantity.ToString());
        Note(Order(At(5), 1, Open, PendingReplace, quantity: 9));
        Note(Order(At(6), 1, PendingReplace, Open, quantity: 9, queueAhead: 25, reason: ReasonCode.TooLate));
        Assert.Equal("9", Rate(0).SentQuantity.ToString());
        Assert.Equal(1, Rate(0).SentOrders);
    }

    [Fact]
    public void Places_are_taken_when_an_order_is_accepted_or_moved()
    {
        Note(Order(At(1), 1, None, PendingNew, quantity: 4));
        Note(Order(At(2), 1, PendingNew, Open, quantity: 4, queueAhead: 10));
        Note(Order(At(3), 1, Open, PendingReplace, quantity: 4));
        Note(Order(At(4), 1, PendingReplace, Open, quantity: 2, queueAhead: 9));               // asks for less: keeps its place
        Note(Order(At(5), 1, Open, PendingReplace, quantity: 2));
        Note(Order(At(6), 1, PendingReplace, Open, price: 101, quantity: 2, queueAhead: 20));      // another price
        Note(Order(At(7), 1, Open, PendingReplace, price: 101, quantity: 2));
        Note(Order(At(8), 1, PendingReplace, PartiallyFilled, price: 101, quantity: 3, queueAhead: 60));      // more
        Note(Order(At(9), 1, PartiallyFilled, PendingCancel, price: 101, quantity: 3, queueAhead: 50));
        Note(Order(At(10), 1, PendingCancel, PartiallyFilled, price: 101, quantity: 3, queueAhead: 40));      // the cancel was denied
        QueuePlaces places = _orders.Results()[0].AtPlacement;
        Assert.Equal((3, 30.0), (places.Count, places.Mean));
        Assert.Equal((10.0, 20.0, 60.0), (places.P10, places.P50, places.P90));
        Assert.Equal(60m, _orders.Rows[0].QueueAtPlacement.ToDecimal());
    }

    [Fact]
    public void Places_at_fills_are_those_that_the_venue_states()
    {
        Note(Fill(At(1), Side.Buy, 100, 1, queueAhead: 0));
        Note(Fill(At(1), Side.Buy, 100, 1, queueAhead: 0.5m));
        Note(Fill(At(1), Side.Buy, 100, 1, queueAhead: null));
        QueuePlaces places = _orders.Results()[0].AtFill;
        Assert.Equal((2, 0.25, 0.0, 0.0, 0.5), (places.Count, places.Mean, places.P10, places.P50, places.P90));
        Assert.Equal(double.NaN, _orders.Results()[0].AtPlacement.Mean);
    }

    private FillRate Rate(int strategy) => _orders.Results()[strategy].FillRate;

    private void Note(OrderEvent change) => _orders.Note(change);

    private void Note(FillEvent fill) => _orders.Note(fill);
}
