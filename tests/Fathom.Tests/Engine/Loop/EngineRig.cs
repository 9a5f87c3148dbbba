using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;

namespace Fathom.Tests.Engine.Loop;

/// <summary>An engine between a market that the test writes and a venue that answers what the test says.</summary>
internal sealed class EngineRig : IVenue, IRunObserver, IDisposable
{
    public static readonly InstrumentId Crude = new(0);
    public const ushort VenueNumber = 7;

    private long _now = 1_000_000_000;
    private long _reportSequence;
    private ulong _tapeOrder = 1;
    private ulong _execution;

    public EngineRig(Strategy strategy, RiskLimits? limits = null, decimal cash = 1_000m, string configuration = "test", VenueFeatures features = VenueFeatures.All,
        RecoveryOptions? recovery = null, LiquidationOptions? liquidation = null, IReadOnlyList<KillRule>? kill = null, Func<EngineOptions, EngineOptions>? more = null)
        : this([new NamedStrategy("strategy", strategy)], limits, cash, configuration, features: features, recovery: recovery, liquidation: liquidation, kill: kill, more: more) { }

    /// <summary>Several strategies on one account.</summary>
    public EngineRig(IReadOnlyList<NamedStrategy> strategies, RiskLimits? limits = null, decimal cash = 1_000m, string configuration = "test", Duration? tradeWindow = null,
        Timestamp? start = null, SessionHours? session = null, VenueFeatures features = VenueFeatures.All, RecoveryOptions? recovery = null, LiquidationOptions? liquidation = null,
        IReadOnlyList<KillRule>? kill = null, Func<EngineOptions, EngineOptions>? more = null, params IReadOnlyList<AggregatorOptions> aggregators)
    {
        EngineOptions options = new()
        {
            Currency = Code("USD"),
            Cash = cash,
            Limits = limits ?? new RiskLimits(),
            Strategies = strategies,
            Aggregators = aggregators,
            Configuration = System.Text.Encoding.UTF8.GetBytes(configuration),
            Start = start ?? Timestamp.Earliest,
            Session = session ?? SessionHours.EveryDay,
            TradeWindow = tradeWindow ?? Duration.FromMilliseconds(10_000),
            VenueFeatures = features,
            Recovery = recovery ?? new RecoveryOptions(),
            Liquidation = liquidation ?? new LiquidationOptions(),
            KillRules = kill ?? [],
        };
        Engine = new TradingEngine(more?.Invoke(options) ?? options, this, [this]);
    }

    public TradingEngine Engine { get; }
    public List<OrderCommand> Sent { get; } = [];
    /// <summary>What the venue was asked.</summary>
    public List<OrderCommand> Questions { get; } = [];
    public List<OrderCommand> Commands { get; } = [];
    public List<AnomalyEvent> Anomalies { get; } = [];
    public List<ReconciliationEvent> Reconciliations { get; } = [];
    public List<DifferenceEvent> Differences { get; } = [];
    public List<ModeEvent> Modes { get; } = [];
    public List<RiskStateEvent> RiskStates { get; } = [];
    public List<AdjustmentEvent> Adjustments { get; } = [];
    public List<KillEvent> Kills { get; } = [];
    public List<OrderEvent> Changes { get; } = [];
    public List<FillEvent> Fills { get; } = [];
    public List<PositionEvent> Positions { get; } = [];
    public List<QuoteEvent> Quotes { get; } = [];
    public List<EquityEvent> Equities { get; } = [];
    public List<PlotEvent> Plots { get; } = [];
    public List<AnnotationEvent> Annotations { get; } = [];
    public List<LogEvent> Entries { get; } = [];
    public List<OutputHeader> Outputs { get; } = [];

    /// <summary>Receive time of the next input; each input moves it by a millisecond.</summary>
    public Timestamp Now { get => new(_now); set => _now = value.Nanos; }

    public void Send(in OrderCommand command) => (command.Kind is CommandKind.Query or CommandKind.Snapshot ? Questions : Sent).Add(command);

    public void OnCommand(in OrderCommand command) { Commands.Add(command); Outputs.Add(command.Output); }

    public void OnOrder(in OrderEvent change) { Changes.Add(change); Outputs.Add(change.Output); }

    public void OnFill(in FillEvent fill) { Fills.Add(fill); Outputs.Add(fill.Output); }

    public void OnPosition(in PositionEvent position) { Positions.Add(position); Outputs.Add(position.Output); }

    public void OnQuote(in QuoteEvent quote) { Quotes.Add(quote); Outputs.Add(quote.Output); }

    public void OnEquity(in EquityEvent equity) { Equities.Add(equity); Outputs.Add(equity.Output); }

    public void OnPlot(in PlotEvent plot) { Plots.Add(plot); Outputs.Add(plot.Output); }

    public void OnAnnotation(in AnnotationEvent annotation) { Annotations.Add(annotation); Outputs.Add(annotation.Output); }

    public void OnLog(in LogEvent entry) { Entries.Add(entry); Outputs.Add(entry.Output); }

    public void OnAnomaly(in AnomalyEvent anomaly) { Anomalies.Add(anomaly); Outputs.Add(anomaly.Output); }

    public void OnReconciliation(in ReconciliationEvent reconciliation) { Reconciliations.Add(reconciliation); Outputs.Add(reconciliation.Output); }

    public void OnDifference(in DifferenceEvent difference) { Differences.Add(difference); Outputs.Add(difference.Output); }

    public void OnMode(in ModeEvent mode) { Modes.Add(mode); Outputs.Add(mode.Output); }

    public void OnRiskState(in RiskStateEvent change) { RiskStates.Add(change); Outputs.Add(change.Output); }

    public void OnAdjustment(in AdjustmentEvent adjustment) { Adjustments.Add(adjustment); Outputs.Add(adjustment.Output); }

    public void OnKill(in KillEvent kill) { Kills.Add(kill); Outputs.Add(kill.Output); }

    public void Dispose() => Engine.Dispose();

    public static CurrencyCode Code(string text)
    {
        Assert.True(CurrencyCode.TryParse(text, out CurrencyCode code));
        return code;
    }

    public EngineRig Define(InstrumentId? instrument = null, decimal tick = 0.01m, decimal lot = 1m, decimal multiplier = 1m,
        InstrumentKind kind = InstrumentKind.Linear, string currency = "USD", bool isChange = false, string symbol = "CL")
    {
        InstrumentDefinition definition = new()
        {
            Header = Header<InstrumentDefinition>(isChange ? MessageType.InstrumentChanged : MessageType.InstrumentDefined, instrument ?? Crude, source: 1),
            Tick = Price.From(tick),
            Lot = Quantity.From(lot),
            MultiplierNanos = Price.From(multiplier).Nanos,
            Kind = kind,
            Currency = Code(currency),
            Symbol = SymbolText.From(symbol),
        };
        Step(in definition);
        return this;
    }

    /// <summary>One venue event after which the book has one order a side; null leaves a side empty.</summary>
    public EngineRig Quote(decimal? bid, decimal? ask, InstrumentId? instrument = null, decimal bidQuantity = 10m, decimal askQuantity = 10m)
    {
        InstrumentId id = instrument ?? Crude;
        Tape(id, BookAction.Clear, Side.None, null, isLast: bid is null && ask is null);
        if (bid is not null) Tape(id, BookAction.Add, Side.Buy, bid, isLast: ask is null, quantity: bidQuantity);
        if (ask is not null) Tape(id, BookAction.Add, Side.Sell, ask, isLast: true, quantity: askQuantity);
        return this;
    }

    public void Tape(InstrumentId instrument, BookAction action, Side side, decimal? price, bool isLast, BookFlags flags = BookFlags.None, decimal quantity = 10m)
    {
        MarketByOrder message = new()
        {
            Header = Header<MarketByOrder>(MessageType.MarketByOrder, instrument, source: 1),
            OrderId = _tapeOrder++,
            Price = price is null ? Price.None : Price.From(price.Value),
            Quantity = action == BookAction.Clear ? Quantity.Zero : Quantity.From(quantity),
            Action = action,
            Side = side,
            Flags = flags | (isLast ? BookFlags.Last : BookFlags.None),
        };
        Step(in message);
    }

    public EngineRig State(TradingState state)
    {
        TradingStateChanged change = new() { Header = Header<TradingStateChanged>(MessageType.TradingStateChanged, Crude, source: 1), State = state };
        Step(in change);
        return this;
    }

    /// <summary>An operator says it, of everybody and everything unless stated.</summary>
    public EngineRig Operate(OperatorAction action, ushort strategy = OperatorCommand.AllStrategies, InstrumentId? instrument = null, bool flattens = false, string reason = "by the test")
    {
        OperatorCommand command = new()
        {
            Header = Header<OperatorCommand>(MessageType.OperatorCommand, instrument ?? InstrumentId.None, source: 0),
            Action = action,
            Strategy = strategy,
            Flattens = flattens ? (byte)1 : (byte)0,
            Reason = NoteText.Cut(reason),
        };
        Step(in command);
        return this;
    }

    /// <summary>A public trade, in an event of its own unless said otherwise.</summary>
    public EngineRig Trade(Side aggressor, decimal price, decimal quantity, bool isLast = true, InstrumentId? instrument = null)
    {
        Tape(instrument ?? Crude, BookAction.Trade, aggressor, price, isLast, quantity: quantity);
        return this;
    }

    /// <summary>The time comes at which the engine wanted to be woken, or a later one.</summary>
    public EngineRig Reach(Timestamp time)
    {
        TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, 0, InstrumentId.None, time, time) };
        Step(in reached);
        _now = Math.Max(_now, time.Nanos);
        return this;
    }

    /// <summary>Accepts every order that was sent and not answered.</summary>
    public EngineRig AcceptAll()
    {
        foreach (OrderCommand sent in Sent.ToArray())
            if (Engine.Orders.TryFind(sent.ClientOrderId, out Fathom.Engine.Orders.Order? order) && order.Status == OrderStatus.PendingNew) Answer(ReportKind.Accepted, order.Id);
        return this;
    }

    /// <param name="at">The venue's time; half a millisecond before the engine's unless stated.</param>
    public EngineRig Answer(ReportKind kind, ClientOrderId order, ReasonCode reason = ReasonCode.None, Timestamp? at = null, decimal leaves = 0m)
    {
        OrderReport report = Report(kind, order, Crude);
        report.Reason = reason;
        report.Leaves = Quantity.From(leaves);
        report.Header.EventTime = at ?? report.Header.EventTime;
        Step(in report);
        return this;
    }

    /// <summary>A fill with the next execution id, or with the one that is given.</summary>
    public EngineRig Fill(ClientOrderId order, Side side, decimal price, decimal quantity, decimal fee = 0m, ulong? execution = null, InstrumentId? instrument = null, Liquidity liquidity = Liquidity.Maker)
    {
        OrderReport report = Report(ReportKind.Filled, order, instrument ?? Crude);
        report.ExecutionId = new ExecutionId(0, execution ?? ++_execution);
        report.LastPrice = Price.From(price);
        report.LastQuantity = Quantity.From(quantity);
        report.FeeNanos = (long)(fee * Price.Scale);
        report.Side = side;
        report.Liquidity = liquidity;
        Step(in report);
        return this;
    }

    public void Step<T>(in T message) where T : unmanaged => Engine.Step(Messages.AsBytes(in message));

    private OrderReport Report(ReportKind kind, ClientOrderId order, InstrumentId instrument) => new()
    {
        Header = Header<OrderReport>(MessageType.OrderReport, instrument, VenueNumber),
        Sequence = ++_reportSequence,
        ClientOrderId = order,
        Kind = kind,
        LastPrice = Price.None,
        QueueAhead = Quantity.None,
    };

    private MessageHeader Header<T>(MessageType type, InstrumentId instrument, ushort source) where T : unmanaged
    {
        _now += 1_000_000;
        return MessageHeader.Create<T>(type, source, instrument, new Timestamp(_now - 500_000), new Timestamp(_now));
    }
}
