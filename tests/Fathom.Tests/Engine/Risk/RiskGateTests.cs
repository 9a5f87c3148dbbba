using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Risk;

public class RiskGateTests
{
    private static readonly InstrumentId Instrument = new(0), Unsettled = new(1), Undefined = new(2);

    private readonly ClientOrderIds _ids = new(77, 0);
    private readonly Account _account = new(AccountTests.Code("USD"), 1_000m, strategies: 1);
    private readonly OrderBlotter _blotter;
    private readonly RiskGate _gate;

    public RiskGateTests()
    {
        Instruments instruments = new();
        foreach (InstrumentDefinition definition in new[] { AccountTests.Definition(Instrument), AccountTests.Unsettled(Unsettled) })
        {
            instruments.Apply(definition);
            _account.Define(definition);
        }
        _blotter = new OrderBlotter(instruments, _ids);
        _gate = new RiskGate(new RiskLimits { PositionMax = Quantity.Units(10) }, instruments, _blotter, _account);
    }

    [Fact]
    public void A_sound_order_is_approved_with_running_numbers()
    {
        for (int number = 1; number <= 3; number++)
        {
            OrderCommand command = Order(Side.Buy, 1m, 5.01m);
            Assert.True(_gate.Judge(ref command, Quantity.Zero, out ApprovedCommand approved).IsNone);
            Assert.Equal(number, approved.Number);
        }
    }

    [Theory]
    [InlineData(ReasonCode.PriceOffTick, 1, 5.005, 10_000_000, 5_005_000_000)]
    [InlineData(ReasonCode.QuantityOffLot, 1.5, 5.01, 1_000_000_000, 1_500_000_000)]
    [InlineData(ReasonCode.QuantityNotPositive, 0, 5.01, 1, 0)]
    [InlineData(ReasonCode.QuantityNotPositive, -1, 5.01, 1, -1_000_000_000)]
    [InlineData(ReasonCode.PositionLimit, 11, 5.01, 10_000_000_000, 11_000_000_000)]
    public void A_refusal_has_its_reason_and_its_numbers(ReasonCode reason, double quantity, double price, long limit, long found)
    {
        OrderCommand command = Order(Side.Buy, (decimal)quantity, (decimal)price);
        Assert.Equal(new Refusal(reason, limit, found, reason == ReasonCode.PositionLimit ? RiskScope.StrategyInstrument : RiskScope.Order), _gate.Judge(ref command, Quantity.Zero, out ApprovedCommand approved));
        Assert.Equal(0, approved.Number);
    }

    [Fact]
    public void A_limit_order_needs_a_price_and_any_order_a_side()
    {
        Assert.Equal(ReasonCode.PriceOffTick, Judge(Order(Side.Buy, 1m, null)).Reason);
        Assert.Equal(ReasonCode.QuantityNotPositive, Judge(Order(Side.None, 1m, 5m)).Reason);
        OrderCommand market = Order(Side.Buy, 1m, null);
        market.Type = OrderType.Market;
        Assert.True(Judge(market).IsNone);
    }

    [Fact]
    public void Instruments_that_are_unknown_or_cannot_be_held_are_refused()
    {
        OrderCommand command = Order(Side.Buy, 1m, 5m);
        command.Header.Instrument = Undefined;
        Assert.Equal(ReasonCode.UnknownInstrument, Judge(command).Reason);
        command.Header.Instrument = InstrumentId.None;
        Assert.Equal(ReasonCode.UnknownInstrument, Judge(command).Reason);
        command.Header.Instrument = Unsettled;
        Assert.Equal(ReasonCode.UnsupportedInstrument, Judge(command).Reason);
    }

    [Fact]
    public void Live_orders_count_as_filled_whether_or_not_they_were_answered()
    {
        Order first = _blotter.Add(Order(Side.Buy, 6m, 5m));
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, Quantity.Units(10).Nanos, Quantity.Units(11).Nanos, RiskScope.StrategyInstrument), Judge(Order(Side.Buy, 5m, 5m)));
        Assert.True(Judge(Order(Side.Buy, 4m, 5m)).IsNone);
        Assert.True(Judge(Order(Side.Sell, 10m, 6m)).IsNone);      // the other direction is another worst case

        first.NoteCancelSent(new OrderCommand());
        Assert.Equal(ReasonCode.PositionLimit, Judge(Order(Side.Buy, 5m, 5m)).Reason);
        first.NoteAnswer(new OrderReport { Kind = ReportKind.Canceled });
        _blotter.Remove(first);
        Assert.True(Judge(Order(Side.Buy, 10m, 5m)).IsNone);
    }

    [Fact]
    public void What_is_held_counts_with_its_sign()
    {
        _account.Book(0, Instrument, Side.Sell, Price.From(5m), Quantity.Units(8), 0);
        Assert.True(Judge(Order(Side.Sell, 2m, 5m)).IsNone);
        Assert.Equal(ReasonCode.PositionLimit, Judge(Order(Side.Sell, 3m, 5m)).Reason);
        Assert.True(Judge(Order(Side.Buy, 18m, 5m)).IsNone);
        Assert.Equal(ReasonCode.PositionLimit, Judge(Order(Side.Buy, 19m, 5m)).Reason);
    }

    [Fact]
    public void The_limit_holds_for_the_account_and_for_the_strategy()
    {
        _account.Book(-1, Instrument, Side.Buy, Price.From(5m), Quantity.Units(8), 0);
        Assert.True(Judge(Order(Side.Buy, 2m, 5m)).IsNone);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, Quantity.Units(10).Nanos, Quantity.Units(11).Nanos, RiskScope.Instrument), Judge(Order(Side.Buy, 3m, 5m)));
        Assert.Equal(ReasonCode.PositionLimit, Judge(Order(Side.Sell, 11m, 5m)).Reason);      // the account would be short 3, the strategy 11
    }

    [Fact]
    public void A_position_whose_value_would_not_fit_the_ledger_is_refused()
    {
        RiskGate unlimited = new(new RiskLimits(), InstrumentsOf(AccountTests.Definition(Instrument, multiplier: 1_000m)), _blotter, _account);
        _account.Define(AccountTests.Definition(Instrument, multiplier: 1_000m));
        OrderCommand large = Order(Side.Sell, 2_000_000m, 5m);
        Assert.Equal(ReasonCode.NumericRange, unlimited.Judge(ref large, Quantity.Zero, out _).Reason);
        Assert.Equal(ReasonCode.NumericRange, Judge(Order(Side.Buy, 2_000_000_000m, 5m)).Reason);
        OrderCommand fitting = Order(Side.Sell, 1_999_999m, 5m);
        Assert.True(unlimited.Judge(ref fitting, Quantity.Zero, out _).IsNone);
    }

    [Fact]
    public void The_largest_position_that_passes_is_worth_a_decimal_at_any_price()
    {
        _account.Book(0, Instrument, Side.Buy, new Price(long.MaxValue - 1), Quantity.Units(1_999_999_999), 0);
        _account.MarkTo(Instrument, new Price(-(long.MaxValue - 1)), new Price(-(long.MaxValue - 1)));
        Assert.True(_account.Equity < -3.6e19m);
    }

    [Fact]
    public void A_cancel_passes_whatever_the_limits_say()
    {
        OrderCommand cancel = Order(Side.Buy, 1000m, 5.005m);
        cancel.Kind = CommandKind.Cancel;
        Assert.Equal(1, _gate.PassCancel(ref cancel).Number);
        Assert.Throws<InvariantException>(() => { OrderCommand order = Order(Side.Buy, 1m, 5m); _gate.PassCancel(ref order); });
        Assert.Throws<InvariantException>(() => { _gate.Judge(ref cancel, Quantity.Zero, out _); });
    }

    [Fact]
    public void A_limit_of_nothing_is_refused_before_the_start() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RiskLimits { PositionMax = Quantity.Zero });

    private Refusal Judge(OrderCommand command) => _gate.Judge(ref command, Quantity.Zero, out _);

    private static Instruments InstrumentsOf(InstrumentDefinition definition)
    {
        Instruments instruments = new();
        instruments.Apply(definition);
        return instruments;
    }

    private OrderCommand Order(Side side, decimal quantity, decimal? price) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, Instrument, default, default),
        ClientOrderId = _ids.Next(),
        Kind = CommandKind.Submit,
        Type = OrderType.Limit,
        Side = side,
        Price = price is null ? Price.None : Price.From(price.Value),
        Quantity = Quantity.From(quantity),
    };
}
