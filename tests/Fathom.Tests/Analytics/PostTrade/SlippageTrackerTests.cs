using Fathom.Analytics;
using Fathom.Analytics.PostTrade;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics.PostTrade;

public sealed class SlippageTrackerTests
{
    private readonly MarketTape _market = new(100, 100);
    private InstrumentDefinition _instrument = Happenings.Instrument(0, "ABC");
    private SlippageTracker _tracker = null!;
    private Side _side = Side.Buy;
    private Quantity _quantity;
    private decimal _filled;
    private double _clock;

    public SlippageTrackerTests() => _tracker = new SlippageTracker(
        new AnalysisOptions { Currency = Happenings.Usd, Strategies = ["s0"], Instrument = id => id.Index == 0 ? _instrument : null }, _market);

    [Theory]
    [InlineData(Side.Buy, 1)]
    [InlineData(Side.Sell, -1)]
    public void The_shortfall_is_that_of_the_reference_with_its_signs_turned_for_a_sale(Side side, int sign)
    {
        _side = side;
        Quote(100);
        Order(OrderStatus.None, OrderStatus.PendingNew, 1_000);
        Quote(100.05m);
        Order(OrderStatus.PendingNew, OrderStatus.Open);
        Quote(100.07m);
        Fill(100.10m, 300, 1.5m);
        Fill(100.20m, 400, 2);
        Fill(100.15m, 200, 1);
        Assert.Equal(sign * 15.5555555555, _tracker.Find(Happenings.OrderId(1))!.DecisionBps, 1e-9);
        Assert.Equal(sign * 10.5502804153, _tracker.Find(Happenings.OrderId(1))!.ArrivalBps, 1e-9);
        Quote(100.50m);
        Order(OrderStatus.Open, OrderStatus.CanceledAfterPartialFill);

        StrategySlippage sum = Assert.Single(_tracker.Finish());
        Assert.Equal((sign * 45m, sign * 95m, sign * 50m, 4.5m), (sum.Delay, sum.Trading, sum.Opportunity, sum.Fees));
        Assert.Equal(sign * 190 + 4.5m, sum.Total);
        Assert.Equal((sign * 190 + 4.5) / 100_000 * 1e4, sum.TotalBps, 1e-9);      // a buy: 19.45
        Assert.Equal((1L, 100_000m, "900"), (sum.Orders, sum.Notional, sum.Filled.ToString()));
    }

    [Fact]
    public void An_order_that_is_live_at_the_end_pays_for_what_it_missed_until_then()
    {
        Quote(100);
        Order(OrderStatus.None, OrderStatus.PendingNew, 10);
        Order(OrderStatus.PendingNew, OrderStatus.Open);
        Quote(101);

        StrategySlippage sum = Assert.Single(_tracker.Finish());
        Assert.Equal((10m, 10m), (sum.Opportunity, sum.Total));
        Assert.Equal(double.NaN, sum.DecisionBps);
    }

    [Fact]
    public void An_order_that_was_held_is_decided_when_it_leaves()
    {
        Quote(90);
        Order(OrderStatus.None, OrderStatus.Held, 2);
        Quote(100);
        Order(OrderStatus.Held, OrderStatus.PendingNew);
        Fill(101, 2, 0);      // the execution is the venue's first answer
        Order(OrderStatus.PendingNew, OrderStatus.Filled);

        Assert.Equal((Mid.Between(Price.From(100), Price.From(100)), 100.0), (_tracker.Find(Happenings.OrderId(1))!.DecisionMid, _tracker.Find(Happenings.OrderId(1))!.DecisionBps));
        Assert.Equal((0m, 2m), (Assert.Single(_tracker.Finish()).Delay, Assert.Single(_tracker.Finish()).Trading));
    }

    [Fact]
    public void What_never_left_or_was_refused_is_not_counted()
    {
        Quote(100);
        Order(OrderStatus.None, OrderStatus.Held, 2);
        Order(OrderStatus.Held, OrderStatus.Canceled);
        Order(OrderStatus.None, OrderStatus.Refused, 2, order: 2);

        Assert.Equal("100.00", _tracker.Find(Happenings.OrderId(2))!.DecisionMid.ToPrice().ToString());
        Assert.Empty(_tracker.Finish());
    }

    [Fact]
    public void A_request_in_between_is_no_answer_of_the_venue()
    {
        Quote(100);
        Order(OrderStatus.None, OrderStatus.PendingNew, 2);
        Order(OrderStatus.PendingNew, OrderStatus.PendingCancel);
        Quote(102);
        Order(OrderStatus.PendingCancel, OrderStatus.Open);
        Fill(102, 1, 0);
        Order(OrderStatus.Open, OrderStatus.CanceledAfterPartialFill);

        Assert.Equal(2, Assert.Single(_tracker.Finish()).Delay);
    }

    [Fact]
    public void An_execution_that_is_taken_back_is_as_if_it_had_not_been()
    {
        Quote(100);
        Order(OrderStatus.None, OrderStatus.PendingNew, 4);
        Order(OrderStatus.PendingNew, OrderStatus.Open);
        Fill(103, 2, 1);
        _side = Side.Sell;
        Fill(103, 2, -1);
        _side = Side.Buy;
        Fill(101, 2, 1);

        Assert.Equal(100, _tracker.Find(Happenings.OrderId(1))!.DecisionBps, 1e-9);
        StrategySlippage sum = Assert.Single(_tracker.Finish());
        Assert.Equal((2m, 1m, "2"), (sum.Trading, sum.Fees, sum.Filled.ToString()));
    }

    [Fact]
    public void The_means_weigh_orders_by_what_was_filled()
    {
        Quote(100);
        for (int order = 1; order <= 2; order++)
        {
            Order(OrderStatus.None, OrderStatus.PendingNew, 3, order);
            Fill(order == 1 ? 101 : 104, order, 0, order);
            Order(OrderStatus.PendingNew, OrderStatus.Canceled, 3, order);
        }

        Assert.Equal((100 + 2 * 400) / 3.0, Assert.Single(_tracker.Finish()).DecisionBps, 1e-9);
    }

    [Fact]
    public void In_an_inverse_instrument_the_shortfall_is_in_the_coin()
    {
        _instrument = Happenings.Instrument(0, "XBT", multiplier: 100, kind: InstrumentKind.Inverse, currency: "BTC");
        Quote(8_000);
        Order(OrderStatus.None, OrderStatus.PendingNew, 4);
        Quote(10_000);
        Order(OrderStatus.PendingNew, OrderStatus.Open);
        Fill(12_500, 4, 0);
        Order(OrderStatus.Open, OrderStatus.Filled);

        StrategySlippage sum = Assert.Single(_tracker.Finish());
        Assert.Equal((400m / 8_000 - 400m / 10_000, 400m / 10_000 - 400m / 12_500, 400m / 8_000), (sum.Delay, sum.Trading, sum.Notional));
        Assert.Equal("BTC", sum.Currency.ToString());
    }

    [Fact]
    public void An_order_of_before_the_first_quote_is_counted_apart()
    {
        Order(OrderStatus.None, OrderStatus.PendingNew, 4);
        Quote(100);
        Fill(101, 4, 1);
        Order(OrderStatus.PendingNew, OrderStatus.Filled);

        StrategySlippage sum = Assert.Single(_tracker.Finish());
        Assert.Equal((1L, 1L, 0m, "0"), (sum.Orders, sum.Unpriced, sum.Total, sum.Filled.ToString()));
    }

    private void Quote(decimal mid) => _market.Note(Happenings.Quote(Happenings.At(_clock++), mid, mid));

    private void Order(OrderStatus from, OrderStatus to, decimal? quantity = null, int order = 1)
    {
        if (quantity is { } asked) (_quantity, _filled) = (Quantity.From(asked), 0);
        OrderEvent change = Happenings.Order(Happenings.At(_clock++), order, from, to, cumulative: _filled) with { Side = _side, Quantity = _quantity };
        _tracker.Note(in change);
    }

    private void Fill(decimal price, decimal quantity, decimal fee, int order = 1)
    {
        _filled += quantity;
        _tracker.Note(Happenings.Fill(Happenings.At(_clock++), _side, price, quantity, fee: fee, order: order));
    }
}
