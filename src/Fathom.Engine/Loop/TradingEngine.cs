using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop;

/// <summary>
/// The deterministic core: numbered input messages go in one by one, commands and published events come out. It does no I/O, starts no thread, reads no
/// clock and rolls no dice; the same inputs and configuration give the same bytes. One step takes one input down the river
/// (market, orders, portfolio, decisions, risk, execution) and sends what was approved before it returns. Single-threaded.
/// </summary>
public sealed class TradingEngine : IDisposable
{
    private const ushort AccountNumber = 0;
    private const ushort StrategyNumber = 0;

    /// <summary>Stands in outputs where a strategy's number would, when the order is nobody's of ours.</summary>
    public const ushort ExternalStrategy = ushort.MaxValue;

    private readonly OrderBlotter _blotter;
    private readonly Publisher _publisher;
    private readonly Outbox _outbox;
    private readonly StrategySession _session;
    private readonly StrategyContext _context;
    private readonly string _strategyName;
    private Timestamp _first = Timestamp.None;
    private long _rejected, _fills;
    private bool _isStarted, _isStopped;

    /// <param name="venue">Where approved commands go, at the end of the step that approved them.</param>
    /// <param name="observer">Sees every command, change of an order and fill, in order.</param>
    public TradingEngine(EngineOptions options, Strategy strategy, IVenue venue, IRunObserver observer)
    {
        Fingerprint = new Fingerprint(options.Configuration.Span);
        _strategyName = options.StrategyName;
        Account = new Account(options.Currency, options.Cash, strategies: 1);
        ClientOrderIds ids = new(Fingerprint.JournalId, StrategyNumber);
        _blotter = new OrderBlotter(Market.Instruments, ids);
        _context = new StrategyContext(StrategyNumber, Market, _blotter, ids, Account.Strategy(StrategyNumber));
        _publisher = new Publisher(observer, Fingerprint);
        _outbox = new Outbox(venue, _publisher);
        RiskGate gate = new(options.Limits, Market.Instruments, _blotter, Account);
        IntentExecutor executor = new(_blotter, gate, AccountNumber);
        _session = new StrategySession(strategy, _context, _blotter, executor, _outbox, _publisher, StrategyNumber, AccountNumber);
    }

    /// <summary>The market as the engine has seen it.</summary>
    public MarketState Market { get; } = new();

    public Account Account { get; }

    public Fingerprint Fingerprint { get; }

    /// <summary>Live orders and how venues disagreed with us.</summary>
    public OrderBlotter Orders => _blotter;

    /// <summary>Receive time of the newest input, never going back; the earliest time before the first.</summary>
    public Timestamp Clock { get; private set; } = Timestamp.Earliest;

    /// <summary>Inputs consumed; the number of the newest one.</summary>
    public long InputCount { get; private set; }

    /// <summary>Market data among them.</summary>
    public long MarketDataCount { get; private set; }

    /// <summary>Takes one input through the river.</summary>
    /// <param name="message">Exactly one whole message, 8-byte aligned; not kept.</param>
    public void Step(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref Messages.Header(message);
        Invariant.Require(header.Length == message.Length && !_isStopped, "a step takes exactly one whole message, before the stop");
        Begin(header.ReceiveTime);
        Fingerprint.AddInput(message);

        if (header.Type == MessageType.MarketByOrder) TakeMarketByOrder(in Messages.As<MarketByOrder>(message));
        else TakeOther(header.Type, message);

        _session.Settle();
        _outbox.Flush();
    }

    /// <summary>After the last input: the strategy's last word, and the end of the last day. Doing it again does nothing.</summary>
    public void Stop()
    {
        if (_isStopped) return;
        _isStopped = true;
        if (_isStarted)
        {
            _session.OnStop();
            _session.Settle();
            _outbox.Flush();
        }
        Account.Finish();
    }

    /// <summary>What the run came to so far.</summary>
    public RunSummary Summarize() => new()
    {
        InputCount = InputCount,
        MarketDataCount = MarketDataCount,
        First = _first,
        Last = _first.IsNone ? Timestamp.None : Clock,
        OrderCount = _session.OrderCount,
        CommandCount = _outbox.SentCount,
        RefusedCount = _session.RefusedCount,
        RejectedCount = _rejected,
        FillCount = _fills,
        LiveOrderCount = _blotter.LiveCount,
        Currency = Account.Currency,
        EquityStart = Account.Start,
        Realized = Account.Realized,
        Unrealized = Account.Unrealized,
        Fees = Account.Fees,
        EquityEnd = Account.Equity,
        DrawdownMax = Account.Curve.DrawdownMax,
        Days = [.. Account.Curve.Days],
        Strategies = SummarizeOwners(),
        Anomalies = _blotter.Anomalies,
        UnvaluedFillCount = Account.UnvaluedFills,
    };

    public void Dispose() => Market.Dispose();

    private void Begin(Timestamp receiveTime)
    {
        InputCount++;
        _publisher.BeginStep(InputCount);
        _session.Input = InputCount;
        if (receiveTime > Clock && !receiveTime.IsNone)
        {
            if (_first.IsNone) _first = receiveTime;
            Account.Advance(receiveTime);
            Clock = _context.Clock = receiveTime;
        }
        if (!_isStarted) Start();
    }

    private void Start()
    {
        _isStarted = true;
        _context.Clock = Clock;
        _session.OnStart();
    }

    private void TakeMarketByOrder(in MarketByOrder message)
    {
        MarketDataCount++;
        Market.Books.Apply(in message);
        if (message.IsLast) CompleteEvent(message.Header.Instrument);
    }

    private void CompleteEvent(InstrumentId instrument)
    {
        OrderBook book = Market.Books[instrument];
        if (!book.IsStale && book.TryBestBid(out BookLevel bid) && book.TryBestAsk(out BookLevel ask) && bid.Price <= ask.Price)
            Account.MarkTo(instrument, bid.Price, ask.Price);
        _session.OnBook(book);
    }

    private void TakeOther(MessageType type, ReadOnlySpan<byte> message)
    {
        switch (type)
        {
            case MessageType.OrderReport:
                TakeReport(in Messages.As<OrderReport>(message));
                break;
            case MessageType.InstrumentDefined or MessageType.InstrumentChanged:
                Market.Apply(message);
                Account.Define(in Messages.As<InstrumentDefinition>(message));
                break;
            default:
                Market.Apply(message);
                break;
        }
    }

    private void TakeReport(in OrderReport report)
    {
        Fingerprint.AddOutput(Messages.AsBytes(in report));
        ReportEffect effect = _blotter.Apply(report);
        FillEvent fill = effect.IsExecution ? Book(report, effect) : default;
        OrderEvent change = effect.Order is { } order && effect.IsTransition ? Change(report, effect.From, order) : default;

        if (effect.Owner != StrategyNumber) return;
        if (effect.IsExecution) _session.OnFill(in fill);
        if (effect.IsTransition) _session.OnOrder(in change);
    }

    private FillEvent Book(in OrderReport report, ReportEffect effect)
    {
        InstrumentId instrument = report.Header.Instrument;
        Quantity position = Account.Book(effect.Owner, instrument, report.Side, report.LastPrice, report.LastQuantity, report.FeeNanos);
        CurrencyCode currency = Market.Instruments[instrument].Currency;
        FillEvent fill = new()
        {
            Header = MessageHeader.Create<FillEvent>(MessageType.FillEvent, report.Header.Source, instrument, report.Header.EventTime, Clock),
            Output = new OutputHeader
            {
                Strategy = effect.Owner < 0 ? ExternalStrategy : (ushort)effect.Owner,
                Account = AccountNumber,
                Parent = report.ClientOrderId,
            },
            ClientOrderId = report.ClientOrderId,
            ExecutionId = report.ExecutionId,
            Price = report.LastPrice,
            Quantity = report.LastQuantity,
            FeeNanos = report.FeeNanos,
            Currency = currency.IsNone ? Account.Currency : currency,
            Position = position,
            QueueAhead = report.QueueAhead,
            Side = report.Side,
            Liquidity = report.Liquidity,
        };
        _fills++;
        _publisher.Publish(ref fill);
        return fill;
    }

    private OrderEvent Change(in OrderReport report, OrderStatus from, Order order)
    {
        if (order.Status == OrderStatus.Rejected) _rejected++;
        OrderEvent change = OrderEvents.Transition(order, from, report.Reason, AccountNumber, report.Header.EventTime, Clock);
        _publisher.Publish(ref change);
        if (order.Status.IsTerminal()) _blotter.Remove(order);
        return change;
    }

    private List<StrategySummary> SummarizeOwners()
    {
        List<StrategySummary> owners = [Owner(_strategyName, Account.Strategy(StrategyNumber), _session.OrderCount, _session.RefusedCount, _session.Failure)];
        if (Account.External.Fills > 0) owners.Add(Owner("external", Account.External, 0, 0, null));
        return owners;
    }

    private static StrategySummary Owner(string name, Holdings holdings, long orders, long refused, StrategyFailure? failure) =>
        new(name, orders, refused, holdings.Fills, holdings.Ledger.Realized, holdings.Unrealized, holdings.Ledger.Fees, failure);
}
