using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Risk;

/// <summary>A gate over several instruments: two months of CL (multiplier 10), one of NG in euros at 1.25, and a spot coin.</summary>
internal sealed class ScopesRig
{
    public static readonly InstrumentId Near = new(0), Far = new(1), Gas = new(2), Coin = new(3);
    public static readonly string[] Names = ["maker", "taker"];

    private readonly ClientOrderIds[] _ids = [new(77, 0), new(77, 1)];
    private ulong _execution;

    public ScopesRig(RiskLimits limits, SessionCalendar? calendar = null, decimal cash = 1_000m)
    {
        Limits = limits;
        Account = new Account(AccountTests.Code("USD"), cash, strategies: 2, [new CurrencyRate(AccountTests.Code("EUR"), 1.25m)]);
        Define(Near, "CLX5", 10m, "USD", InstrumentKind.Linear);
        Define(Far, "CLZ5", 10m, "USD", InstrumentKind.Linear);
        Define(Gas, "NGX5", 1m, "EUR", InstrumentKind.Linear);
        Define(Coin, "BTCUSD", 1m, "USD", InstrumentKind.Spot);
        Blotter = new OrderBlotter(Instruments, _ids);
        Gate = new RiskGate(limits, Instruments, Blotter, Account, calendar: calendar, owners: Names);
        Account.Advance(At(0));
    }

    public RiskLimits Limits { get; }
    public Instruments Instruments { get; } = new();
    public Account Account { get; }
    public OrderBlotter Blotter { get; }
    public RiskGate Gate { get; }

    public static Timestamp At(long nanos) => GateRig.At(nanos);

    public ScopesRig Mark(InstrumentId instrument, decimal bid, decimal? ask = null)
    {
        Account.MarkTo(instrument, Price.From(bid), Price.From(ask ?? bid));
        return this;
    }

    public ScopesRig MarkAll(decimal price)
    {
        foreach (InstrumentId instrument in (InstrumentId[])[Near, Far, Gas, Coin]) Mark(instrument, price);
        return this;
    }

    public ScopesRig Hold(int strategy, InstrumentId instrument, decimal signed, decimal price)
    {
        Account.Book(strategy, instrument, signed > 0 ? Side.Buy : Side.Sell, Price.From(price), Quantity.From(Math.Abs(signed)), feeNanos: 0);
        return this;
    }

    public ScopesRig State(InstrumentId instrument, TradingState state)
    {
        Instruments.Apply(new TradingStateChanged { Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 0, instrument, default, default), State = state });
        return this;
    }

    public Refusal Judge(OrderCommand command) => Gate.Judge(ref command, command.Kind == CommandKind.Submit ? Quantity.Zero : Find(command).Leaves, out _);

    /// <summary>Judges, and takes what is approved.</summary>
    public Refusal Send(OrderCommand command, out Order? order)
    {
        order = null;
        if (command.Kind == CommandKind.Submit)
        {
            Refusal refusal = Gate.Judge(ref command, Quantity.Zero, out _);
            if (refusal.IsNone) order = Blotter.Add(command);
            return refusal;
        }
        order = Find(command);
        Refusal replaced = Gate.Judge(ref command, order.Leaves, out _);
        if (replaced.IsNone) Blotter.NoteReplaceSent(order, in command, command.Price, Price.None, Price.None);
        return replaced;
    }

    public Order Live(InstrumentId instrument, decimal signed, decimal price, ushort strategy = 0, long at = 0)
    {
        Assert.Equal(Refusal.None, Send(Order(instrument, signed, price, strategy, at), out Order? order));
        return order!;
    }

    public OrderCommand Order(InstrumentId instrument, decimal signed, decimal? price, ushort strategy = 0, long at = 0, TimeInForce time = TimeInForce.GoodTillCancel) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, instrument, At(at), At(at)),
        Output = new OutputHeader { Strategy = strategy },
        ClientOrderId = _ids[strategy].Next(),
        Kind = CommandKind.Submit,
        Type = price is null ? OrderType.Market : OrderType.Limit,
        TimeInForce = time,
        Side = signed > 0 ? Side.Buy : Side.Sell,
        Price = price is null ? Price.None : Price.From(price.Value),
        TriggerPrice = Price.None,
        TrailOffset = Price.None,
        Quantity = Quantity.From(Math.Abs(signed)),
    };

    public OrderCommand Replacement(Order order, decimal quantity, long at = 0)
    {
        OrderCommand command = Order(order.Instrument, order.Side.Sign() * quantity, (decimal)order.Price.Nanos / Price.Scale, order.Strategy, at);
        (command.Kind, command.ClientOrderId) = (CommandKind.Replace, order.Id);
        return command;
    }

    public void Cancel(InstrumentId instrument, ushort strategy = 0, long at = 0)
    {
        OrderCommand command = Order(instrument, 1m, 1m, strategy, at);
        command.Kind = CommandKind.Cancel;
        Gate.PassCancel(ref command);
    }

    /// <summary>Tells the blotter, and books what was filled.</summary>
    public void Report(Order order, ReportKind kind, decimal filled = 0)
    {
        OrderReport report = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 1, order.Instrument, default, default),
            ClientOrderId = order.Id,
            Kind = kind,
            Side = order.Side,
            ExecutionId = kind == ReportKind.Filled ? new ExecutionId(0, ++_execution) : default,
            LastPrice = kind == ReportKind.Filled ? order.Price : Price.None,
            LastQuantity = Quantity.From(filled),
            QueueAhead = Quantity.None,
        };
        (int strategy, InstrumentId instrument, Side side, Price price) = (order.Strategy, order.Instrument, order.Side, order.Price);
        ReportEffect effect = Blotter.Apply(report);
        if (kind == ReportKind.Filled) Account.Book(strategy, instrument, side, price, report.LastQuantity, 0);
        if (effect.Order is { } ended && effect.To.IsTerminal()) Blotter.Remove(ended);
    }

    private Order Find(OrderCommand command) => Blotter.TryFind(command.ClientOrderId, out Order? order) ? order : throw new InvalidOperationException("no such order");

    public void Define(InstrumentId instrument, string symbol, decimal multiplier, string currency, InstrumentKind kind)
    {
        InstrumentDefinition definition = AccountTests.Definition(instrument, multiplier: multiplier, kind: kind, currency: currency);
        definition.Symbol = SymbolText.From(symbol);
        Instruments.Apply(definition);
        Account.Define(definition);
    }
}
