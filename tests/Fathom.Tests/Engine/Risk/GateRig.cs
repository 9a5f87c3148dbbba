using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Engine.Risk;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Risk;

/// <summary>A gate between an account and a blotter of two strategies, with a dollar, a coin-settled inverse and a euro instrument.</summary>
internal sealed class GateRig
{
    public static readonly InstrumentId Dollar = new(0), Coin = new(1), Euro = new(2);

    /// <summary>A price at which orders of the two sides do not meet.</summary>
    private const decimal Apart = -1_000m;

    private readonly ClientOrderIds[] _ids = [new(77, 0), new(77, 1)];

    public GateRig(RiskLimits limits, decimal cash = 1_000m, params CurrencyRate[] rates) : this(limits, null, cash, rates) { }

    public GateRig(RiskLimits limits, MarginOptions? margin, decimal cash = 1_000m, params CurrencyRate[] rates)
    {
        Account = new Account(AccountTests.Code("USD"), cash, strategies: 2, rates);
        InstrumentDefinition[] definitions =
        [
            AccountTests.Definition(Dollar),
            AccountTests.Definition(Coin, multiplier: 100m, kind: InstrumentKind.Inverse, currency: "BTC"),
            AccountTests.Definition(Euro, multiplier: 10m, currency: "EUR"),
        ];
        foreach (InstrumentDefinition definition in definitions)
        {
            Instruments.Apply(definition);
            Account.Define(definition);
        }
        Blotter = new OrderBlotter(Instruments, _ids);
        Measures = new RiskMeasures(Account, Blotter.Exposure, margin);
        foreach (InstrumentDefinition definition in definitions) Measures.Define(definition);
        Gate = new RiskGate(limits, Instruments, Blotter, Account, measures: Measures);
        Account.Advance(At(0));
    }

    public Instruments Instruments { get; } = new();
    public Account Account { get; }
    public OrderBlotter Blotter { get; }
    public RiskMeasures Measures { get; }
    public RiskGate Gate { get; }

    public static Timestamp At(long nanos) => new(1_700_000_000_000_000_000 + nanos);

    public GateRig Mark(InstrumentId instrument, decimal bid, decimal? ask = null)
    {
        Account.MarkTo(instrument, Price.From(bid), Price.From(ask ?? bid));
        return this;
    }

    public Holding Fill(int strategy, InstrumentId instrument, Side side, decimal quantity, decimal price) =>
        Account.Book(strategy, instrument, side, Price.From(price), Quantity.From(quantity), feeNanos: 0);

    public Refusal Judge(Side side, decimal quantity, decimal? price = Apart, InstrumentId? instrument = null, ushort strategy = 0, long at = 0)
    {
        OrderCommand command = Command(side, quantity, price, instrument, strategy, at);
        Refusal refusal = Gate.Judge(ref command, Quantity.Zero, out ApprovedCommand approved);
        Assert.Equal(refusal.IsNone, approved.Number > 0);
        return refusal;
    }

    /// <summary>Approves an order, which is live from then on.</summary>
    public Order Submit(Side side, decimal quantity, decimal? price = Apart, InstrumentId? instrument = null, ushort strategy = 0, long at = 0)
    {
        OrderCommand command = Command(side, quantity, price, instrument, strategy, at);
        Assert.Equal(Refusal.None, Gate.Judge(ref command, Quantity.Zero, out _));
        return Blotter.Add(command);
    }

    public Refusal Replace(Order order, decimal quantity, decimal? price = Apart, long at = 0)
    {
        OrderCommand command = Command(order.Side, quantity, price, order.Instrument, order.Strategy, at);
        (command.Kind, command.ClientOrderId) = (CommandKind.Replace, order.Id);
        return Gate.Judge(ref command, order.Leaves, out _);
    }

    public OrderCommand Command(Side side, decimal quantity, decimal? price, InstrumentId? instrument = null, ushort strategy = 0, long at = 0) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, instrument ?? Dollar, At(at), At(at)),
        Output = new OutputHeader { Strategy = strategy },
        ClientOrderId = _ids[strategy].Next(),
        Kind = CommandKind.Submit,
        Type = price is null ? OrderType.Market : OrderType.Limit,
        Side = side,
        Price = price is null ? Price.None : Price.From(price.Value != Apart ? price.Value : side == Side.Buy ? 5m : 6m),
        Quantity = Quantity.From(quantity),
    };
}
