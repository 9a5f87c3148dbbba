using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Strategies.Testing;

/// <summary>
/// For tests of a strategy: the engine as it is in a run, one instrument whose market the test writes step by step, and a venue that accepts everything at once and fills nothing
/// until the test says so. Each step takes a millisecond. A strategy that throws fails the test.
/// </summary>
/// <remarks><code>
/// using StrategyTester test = new(new MyQuoter { HalfSpread = 2 });
/// test.Quote(bid: 99.99m, ask: 100.01m);
/// test.Fill(Side.Buy, quantity: 1);      // then look at test.Orders and test.Position
/// </code></remarks>
public sealed class StrategyTester : IDisposable
{
    private const ushort MarketNumber = 1, VenueNumber = 2;
    private const int AnswersMax = 10_000;

    private static readonly Duration s_step = Duration.FromMilliseconds(1);

    private readonly List<OrderCommand> _sent = [];
    private Timestamp _now = new(1_000_000_000);
    private int _answered;
    private ulong _tapeOrder, _execution;
    private long _report;

    /// <param name="tick">Of the instrument, in its currency.</param>
    /// <param name="lot">Of the instrument.</param>
    /// <param name="multiplier">Money per point and unit.</param>
    /// <param name="limits">Risk limits; none unless stated.</param>
    public StrategyTester(Strategy strategy, decimal tick = 0.01m, decimal lot = 1m, decimal multiplier = 1m, RiskLimits? limits = null)
    {
        CurrencyCode.TryParse("USD", out CurrencyCode currency);
        Engine = new TradingEngine(
            new EngineOptions { Currency = currency, Cash = 1_000_000m, Strategies = [new NamedStrategy("strategy", strategy)], Limits = limits ?? new RiskLimits() }, new Ear(_sent));
        InstrumentDefinition definition = new()
        {
            Header = Header<InstrumentDefinition>(MessageType.InstrumentDefined, MarketNumber),
            Tick = Price.From(tick),
            Lot = Quantity.From(lot),
            MultiplierNanos = Price.From(multiplier).Nanos,
            Kind = InstrumentKind.Linear,
            Currency = currency,
            Symbol = SymbolText.From("TEST"),
        };
        Step(in definition);
    }

    /// <summary>The one that there is.</summary>
    public InstrumentId Instrument { get; } = new(0);

    /// <summary>All that the engine knows: its account, its orders, its history.</summary>
    public TradingEngine Engine { get; }

    /// <summary>The strategy's clock.</summary>
    public Timestamp Clock => Engine.Clock;

    /// <summary>The strategy's, signed.</summary>
    public Quantity Position => Engine.Account.Strategy(0).Quantity(Instrument);

    /// <summary>Every command that left, oldest first. What risk refused did not leave.</summary>
    public IReadOnlyList<OrderCommand> Sent => _sent;

    /// <summary>Live orders, oldest first, quotes of a ladder included.</summary>
    public IReadOnlyList<WorkingOrder> Orders
    {
        get
        {
            List<WorkingOrder> live = [];
            foreach (WorkingOrder order in Engine.Orders.Working(0, Instrument)) live.Add(order);
            return live;
        }
    }

    /// <summary>A complete venue event after which the book has these best prices and nothing else; null leaves a side empty.</summary>
    public StrategyTester Quote(decimal? bid, decimal? ask, decimal bidQuantity = 10m, decimal askQuantity = 10m) =>
        Book(bid is { } buy ? [(buy, bidQuantity)] : [], ask is { } sell ? [(sell, askQuantity)] : []);

    /// <summary>A complete venue event after which the book has these levels, an order each, and nothing else.</summary>
    public StrategyTester Book(ReadOnlySpan<(decimal Price, decimal Quantity)> bids, ReadOnlySpan<(decimal Price, decimal Quantity)> asks)
    {
        int left = bids.Length + asks.Length;
        Tape(BookAction.Clear, Side.None, Price.None, Quantity.Zero, isLast: left == 0);
        foreach ((decimal price, decimal quantity) in bids) Tape(BookAction.Add, Side.Buy, Price.From(price), Quantity.From(quantity), isLast: --left == 0);
        foreach ((decimal price, decimal quantity) in asks) Tape(BookAction.Add, Side.Sell, Price.From(price), Quantity.From(quantity), isLast: --left == 0);
        return Settle();
    }

    /// <summary>A public trade, in a venue event of its own.</summary>
    public StrategyTester Trade(Side aggressor, decimal price, decimal quantity)
    {
        Tape(BookAction.Trade, aggressor, Price.From(price), Quantity.From(quantity), isLast: true);
        return Settle();
    }

    /// <summary>Time passes; timers that come due wake the strategy, each at its time.</summary>
    public StrategyTester Wait(Duration duration)
    {
        Timestamp end = _now + duration;
        for (Timestamp wake = Engine.NextWake; !wake.IsNone && wake <= end; wake = Engine.NextWake)
        {
            Reach(wake);
            Settle();
        }
        Reach(end);
        return Settle();
    }

    /// <summary>Fills the oldest live order of a side.</summary>
    /// <param name="quantity">What is left of it unless stated.</param>
    /// <param name="price">The order's own unless stated; a market order needs one.</param>
    /// <exception cref="InvalidOperationException">There is no such order, or it has no price and none is stated.</exception>
    public StrategyTester Fill(Side side, decimal? quantity = null, decimal? price = null)
    {
        WorkingOrder order = Oldest(side);
        if (price is null && order.Price.IsNone) throw new InvalidOperationException("A market order has no price: say at which price it is filled.");
        OrderReport report = Report(ReportKind.Filled, order.Id);
        report.ExecutionId = new ExecutionId(0, ++_execution);
        report.LastPrice = price is { } stated ? Price.From(stated) : order.Price;
        report.LastQuantity = quantity is { } part ? Quantity.From(part) : order.Leaves;
        report.Side = side;
        report.Liquidity = order.Price.IsNone ? Liquidity.Taker : Liquidity.Maker;
        Step(in report);
        return Settle();
    }

    /// <summary>The venue ends the oldest live order of a side: what remains of an immediate-or-cancel order, say.</summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public StrategyTester Cancel(Side side, ReasonCode reason = ReasonCode.None)
    {
        OrderReport report = Report(ReportKind.Canceled, Oldest(side).Id);
        report.Reason = reason;
        Step(in report);
        return Settle();
    }

    /// <summary>The end of the run: the strategy's OnStop.</summary>
    public StrategyTester Stop()
    {
        Engine.Stop();
        RequireRunning();
        return this;
    }

    public void Dispose() => Engine.Dispose();

    /// <summary>The venue answers all that was sent, and what is sent because of that.</summary>
    private StrategyTester Settle()
    {
        for (int answers = 0; _answered < _sent.Count; answers++)
        {
            if (answers == AnswersMax) throw new InvalidOperationException($"The strategy does not come to rest: more than {AnswersMax} commands because of the venue's answers.");
            OrderCommand command = _sent[_answered++];
            ReportKind kind = command.Kind switch { CommandKind.Submit => ReportKind.Accepted, CommandKind.Replace => ReportKind.Replaced, _ => ReportKind.Canceled };
            if (Engine.Orders.TryFind(command.ClientOrderId, out _))
            {
                OrderReport report = Report(kind, command.ClientOrderId);
                Step(in report);
            }
        }
        return this;
    }

    private WorkingOrder Oldest(Side side)
    {
        foreach (WorkingOrder order in Engine.Orders.Working(0, Instrument))
            if (order.Side == side) return order;
        throw new InvalidOperationException($"There is no live order on the {side} side.");
    }

    private void Tape(BookAction action, Side side, Price price, Quantity quantity, bool isLast)
    {
        MarketByOrder message = new()
        {
            Header = Header<MarketByOrder>(MessageType.MarketByOrder, MarketNumber),
            OrderId = ++_tapeOrder,
            Price = price,
            Quantity = quantity,
            Action = action,
            Side = side,
            Flags = isLast ? BookFlags.Last : BookFlags.None,
        };
        Step(in message);
    }

    private void Reach(Timestamp time)
    {
        TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, 0, InstrumentId.None, time, time) };
        Step(in reached);
        _now = Timestamp.Max(_now, time);
    }

    private OrderReport Report(ReportKind kind, ClientOrderId order) => new()
    {
        Header = Header<OrderReport>(MessageType.OrderReport, VenueNumber),
        Sequence = ++_report,
        ClientOrderId = order,
        Kind = kind,
        LastPrice = Price.None,
        QueueAhead = Quantity.None,
    };

    private MessageHeader Header<T>(MessageType type, ushort source) where T : unmanaged
    {
        _now += s_step;
        return MessageHeader.Create<T>(type, source, Instrument, _now, _now);
    }

    private void Step<T>(in T message) where T : unmanaged
    {
        Engine.Step(Messages.AsBytes(in message));
        RequireRunning();
    }

    private void RequireRunning()
    {
        if (Engine.Summarize().Strategies[0].Failure is { } failure)
            throw new InvalidOperationException($"The strategy was halted in {failure.Callback}: {failure.Message}\n{failure.Details}");
    }

    private sealed class Ear(List<OrderCommand> sent) : IVenue
    {
        public void Send(in OrderCommand command) => sent.Add(command);
    }
}
