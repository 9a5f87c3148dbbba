using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Pipeline;
using Fathom.Engine.Loop.Snapshots;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Adjust;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Books;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;

namespace Fathom.Engine.Loop;

/// <summary>
/// The deterministic core: numbered input messages go in one by one, commands and published events come out. It does no I/O, starts no thread, reads no
/// clock and rolls no dice; the same inputs and configuration give the same bytes. One step takes one input down the river
/// (market, orders, portfolio, features, decisions, risk, execution) and sends what was approved before it returns. Single-threaded.
/// </summary>
public sealed partial class TradingEngine : IDisposable
{
    private const ushort AccountNumber = 0;

    /// <summary>Stands in outputs where a strategy's number would, when the order is nobody's of ours.</summary>
    public const ushort ExternalStrategy = ushort.MaxValue;

    private readonly EngineOptions _options;
    private readonly CurrentInput _input = new();
    private readonly OrderBlotter _blotter;
    private readonly QueueTracker _queue;
    private readonly MarketStage _stage;
    private readonly bool _ownsStage;
    private readonly BarSet _bars;
    private readonly FeaturePipeline _features;
    private readonly RiskGate _gate;
    private readonly Publisher _publisher;
    private readonly Outbox _outbox;
    private readonly StrategySession[] _sessions;
    private readonly ClientOrderIds[] _ids;
    private StrategySession[] _followers = [];      // those that market data may concern: the others cost it nothing
    private readonly SessionServices _services;
    private readonly MarkPublisher _marks;
    private readonly bool _wantsTrades;
    private readonly EquityPublisher _equity;
    private readonly ReportDesk _desk;
    private readonly OrderRecovery _recovery;
    private readonly KillDesk _kills;
    private readonly KillWatch? _watch;      // most runs have few rules, some none
    private readonly StateKeeper? _states;      // most runs judge no states
    private Timestamp _first = Timestamp.None;
    private Timestamp _nextSample;
    private Timestamp _barsWake = Timestamp.None;      // what NextWake knows of the bars
    private long _marketData;
    private bool _isStarted, _isStopped;
    private SnapshotTaker? _snapshots;      // most runs have no reader

    /// <param name="venue">Where approved commands go, at the end of the step that approved them.</param>
    /// <param name="subscribers">See every published event, in order.</param>
    /// <exception cref="ArgumentException">No strategy, two owners of one name, or an aggregator that makes no sense.</exception>
    public TradingEngine(EngineOptions options, IVenue venue, params IReadOnlyList<IRunObserver> subscribers)
        : this(options, venue, new MarketStage(options.TradeWindow), ownsStage: true, subscribers) { }

    /// <param name="stage">Of several engines: somebody else leads the tape through it.</param>
    internal TradingEngine(EngineOptions options, IVenue venue, MarketStage stage, IReadOnlyList<IRunObserver> subscribers)
        : this(options, venue, stage, ownsStage: false, subscribers) { }

    private TradingEngine(EngineOptions options, IVenue venue, MarketStage stage, bool ownsStage, IReadOnlyList<IRunObserver> subscribers)
    {
        RequireNames(options);
        _options = options;
        _stage = stage;
        _ownsStage = ownsStage;
        _bars = new BarSet(options.Session, Market.Instruments);
        _nextSample = _start = options.Start;
        int count = options.OwnerNames.Count;
        Fingerprint = new Fingerprint(options.Configuration.Span);
        Account = new Account(options.Currency, options.Cash, count, options.Rates);
        ClientOrderIds[] ids = _ids = new ClientOrderIds[count];
        for (int i = 0; i < count; i++) ids[i] = new ClientOrderIds(Fingerprint.JournalId, (ushort)i);
        _blotter = new OrderBlotter(Market.Instruments, ids);
        _queue = new QueueTracker(Market.Books, _blotter);
        _features = new FeaturePipeline(Market.Books, _bars, Market.Instruments, options.Session, _blotter, _queue);
        foreach (FeatureSpec spec in options.Features) _features.Add(spec);
        _features.Plan.ConfiguredCount = _features.Plan.Columns.Count;
        _publisher = new Publisher(subscribers, Fingerprint);
        _outbox = new Outbox(venue, _publisher);
        _marks = new MarkPublisher(_publisher, stage, AccountNumber);
        SessionCalendar calendar = new(options.Session);
        Measures = new RiskMeasures(Account, _blotter.Exposure, options.Margin, options.Volatility);
        _gate = new RiskGate(
            options.Limits, Market.Instruments, _blotter, Account, options.VenueFeatures, options.Recovery.CommandLifetime, Market.Books, calendar, options.OwnerNames, Measures);
        MeasuredReadings readings = new(Measures);
        AdaptiveLimits? adaptive = options.Adaptive is { } adapting ? new AdaptiveLimits(adapting, readings) : null;
        PositionStates? states = options.States is { } judged ? new PositionStates(judged, Account, readings, new PositionLimits(_gate), adaptive) : null;
        (_gate.States, _gate.Adaptive) = (states, adaptive);
        _watch = _outbox.Watch = KillWatch.Of(options.KillRules, _gate.KillSwitch, _blotter, Account, Measures, Market.Instruments, calendar, () => Clock);
        options.Liquidation.Require();
        _services = new SessionServices(
            _input, stage, _blotter, _queue, new IntentExecutor(_blotter, _gate, AccountNumber, new HoldRules(options.VenueFeatures)), _gate.KillSwitch, _outbox, _publisher, _marks,
            calendar, new RequestWatch(options.Recovery), AccountNumber)
        {
            Liquidation = new LiquidationRules(options.Liquidation, _gate),
            KillWatch = _watch,
            Adjuster = states is null ? null : new Adjuster(states, Account, _blotter.Exposure),
            CutsToLimits = options.CutsToLimits,
        };
        _equity = new EquityPublisher(Account, _publisher, _input, AccountNumber);
        _sessions = new StrategySession[count];
        for (int i = 0; i < count; i++)
        {
            NamedStrategy? named = i < options.Strategies.Count ? options.Strategies[i] : null;
            MeasuredVolatility? volatility = named?.Sizing is { Method: SizingMethod.Volatility } ? new MeasuredVolatility(Measures) : null;
            StrategyContext context = new((ushort)i, _input, Market, _blotter, _queue, stage.Features, _bars, calendar, ids[i], Account.Strategy(i),
                new RiskView(Measures, i), new StrategyNotes((ushort)i, AccountNumber, _input, Market, _publisher), new PositionSizer(named?.Sizing, Account, Market.Instruments, volatility))
            { Series = stage.Series, Pipeline = _features };
            Strategy strategy = named?.Strategy ?? new SignalAggregator.Silent();
            _sessions[i] = new StrategySession(strategy, context, _services, (ushort)i, named?.Exits, SizingKeeper.Of(named?.Sizing, context, Account, volatility));
            _wantsTrades |= _sessions[i].WantsTrades;
        }
        SignalAggregator.Connect(options, _sessions);
        if (states is not null || adaptive is not null) _services.States = _states = new StateKeeper(_services, _sessions, Account, states, adaptive);
        _desk = new ReportDesk(_services, _sessions, Account, _equity);
        _recovery = new OrderRecovery(_services, options.Recovery, _sessions, _desk, _gate.Modes, Account);
        _kills = new KillDesk(_services, _sessions, _recovery);
    }

    /// <summary>The market as the engine has seen it.</summary>
    public MarketState Market => _stage.State;

    public Account Account { get; }

    /// <summary>Exposure, drawdown, margin and volatility, of the account and of each strategy.</summary>
    public RiskMeasures Measures { get; }

    public Fingerprint Fingerprint { get; }

    /// <summary>Live orders and how venues disagreed with us.</summary>
    public OrderBlotter Orders => _blotter;

    /// <summary>Where one is on, nothing but cancels leaves.</summary>
    public KillSwitch KillSwitch => _gate.KillSwitch;

    /// <summary>Who may trade, and who may only reduce.</summary>
    public TradingModes Modes => _gate.Modes;

    /// <summary>How close positions, strategies and the account are to what they may bear; null where nobody asked.</summary>
    public PositionStates? States => _gate.States;

    /// <summary>By how much limits are tighter than they were stated; null where they stay as they are.</summary>
    public AdaptiveLimits? Adaptive => _gate.Adaptive;

    /// <summary>All that the venue has of ours is known, as far as anything has told.</summary>
    public bool IsReconciled => _gate.Modes.IsReconciled;

    /// <summary>Live orders of the account that were placed by other means.</summary>
    public ExternalOrders ExternalOrders => _recovery.Externals;

    /// <summary>What was asked for by name.</summary>
    internal FeaturePipeline Features => _features;

    internal QueueTracker Queue => _queue;

    /// <summary>Of a strategy or an aggregator.</summary>
    internal StrategySession SessionOf(int number) => _sessions[number];

    internal RiskGate Gate => _gate;

    internal IntentExecutor Executor => _services.Executor;

    internal MarketStage Stage => _stage;

    /// <summary>By number: the strategies', then the aggregators'.</summary>
    internal IReadOnlyList<StrategySession> Sessions => _sessions;

    /// <summary>Input that the step is about, and its number.</summary>
    internal CurrentInput Input => _input;

    /// <summary>Is shown what is decided from here on; null: nobody asks.</summary>
    internal IDecisionTrace? Trace { set => _services.Trace = value; }

    /// <summary>The newest published events.</summary>
    public EventHistory History => _publisher.History;

    /// <summary>Receive time of the newest input, never going back; the earliest time before the first.</summary>
    public Timestamp Clock => _input.Clock;

    /// <summary>When the engine wants a <see cref="TimeReached"/>, by the state after the last step; None when it does not.</summary>
    public Timestamp NextWake { get; private set; } = Timestamp.None;

    /// <summary>Inputs consumed; the number of the newest one.</summary>
    public long InputCount => _input.Number;

    /// <summary>Market data among them, since the start.</summary>
    public long MarketDataCount => _isStarted || _start == Timestamp.Earliest ? _marketData : 0;

    /// <summary>Takes one input through the river.</summary>
    /// <param name="message">Exactly one whole message, 8-byte aligned; not kept.</param>
    public void Step(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref Messages.Header(message);
        Invariant.Require(header.Length == message.Length && !_isStopped, "a step takes exactly one whole message, before the stop");
        Begin(in header);
        Fingerprint.AddInput(message);

        if (header.Type != MessageType.MarketByOrder) TakeOther(in header, message);
        else if (!TakeMarketByOrder(in Messages.As<MarketByOrder>(message)) || IsAtRest()) return;      // the book moved, and nobody is concerned

        End();
    }

    /// <summary>After the last input: the strategies' last word, and the end of the last day. Doing it again does nothing.</summary>
    public void Stop()
    {
        if (_isStopped) return;
        _isStopped = true;
        if (_isStarted)
        {
            (_input.Type, _input.Instrument) = (MessageType.None, InstrumentId.None);
            foreach (StrategySession session in _sessions) session.OnStop();
            End();
            _equity.Publish();
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
        OrderCount = Sum(static session => session.OrderCount),
        CommandCount = _outbox.SentCount,
        RefusedCount = Sum(static session => session.RefusedCount),
        RejectedCount = _desk.RejectedCount,
        FillCount = _desk.FillCount,
        LiveOrderCount = _blotter.LiveCount,
        Currency = Account.Currency,
        Totals = Account.Totals,
        ByCurrency = [.. Currencies()],
        DrawdownMax = Account.TotalCurve?.DrawdownMax,
        Days = [.. Account.TotalCurve?.Days ?? []],
        Positions = Account.Positions(),
        Strategies = SummarizeOwners(),
        Anomalies = _blotter.Anomalies,
        UnvaluedFillCount = Account.UnvaluedFills,
        Margin = Measures.Extremes,
        Liquidations = Liquidations(),
    };

    /// <summary>All that readers may know, as it is after the newest input. On the engine's thread, between steps; it takes some microseconds and a few small arrays, and the engine is the same
    /// afterwards.</summary>
    public EngineSnapshot TakeSnapshot()
    {
        bool isAtRest = _outbox.IsEmpty;
        foreach (StrategySession session in _sessions) isAtRest &= !session.WasWoken && !session.IsUnsettled;
        Invariant.Require(isAtRest, "a snapshot is taken between steps");
        _snapshots ??= new SnapshotTaker(_stage, Account, Measures, _blotter, _gate, _marks, _sessions, _options.OwnerNames);
        return _snapshots.Take(InputCount, Clock, isFinal: _isStopped);
    }

    public void Dispose()
    {
        if (_ownsStage) _stage.Dispose();
    }

    // ---- a message of the tape on a stage that several engines share: what Step does, in parts

    /// <summary>From this time on the next message is to be opened before the stage takes it: the engine starts by it, tells its equity, or closes bars.</summary>
    internal Timestamp OpeningDue => Timestamp.Min(_nextSample, _bars.NextClose);

    /// <summary>The run has begun: from here on a point of a series moves the clock too.</summary>
    internal bool HasBegun => !_first.IsNone;

    /// <summary>Some strategy listens to trades or to bars of them, or has an order here that waits for one.</summary>
    internal bool WantsTrades { get; private set; }

    /// <summary>Events matter even when they moved no best price.</summary>
    internal bool WantsEvents { get; private set; }

    /// <summary>Takes market-by-order messages of which nothing comes, each before <see cref="OpeningDue"/>.</summary>
    /// <param name="messages">Whole messages, 64 bytes each.</param>
    /// <param name="clock">Receive time of the newest, never going back.</param>
    /// <param name="hasHints">Some slot hint is not zero.</param>
    internal void Pass(ReadOnlySpan<byte> messages, Timestamp clock, bool hasHints)
    {
        int count = messages.Length / Unsafe.SizeOf<MarketByOrder>();
        Fingerprint.AddInputs(messages, hasHints);
        _marketData += count;
        _publisher.BeginStep(_input.Number += count);
        ref readonly MessageHeader last = ref Messages.Header(messages[^Unsafe.SizeOf<MarketByOrder>()..]);
        (_input.Type, _input.Instrument) = (last.Type, last.Instrument);
        if (clock > Clock) _input.Clock = Measures.Clock = clock;
    }

    internal void Open(ReadOnlySpan<byte> message)
    {
        Begin(in Messages.Header(message));
        Fingerprint.AddInput(message);
        if (Messages.Header(message).Type == MessageType.MarketByOrder) _marketData++;
    }

    internal void FollowRare(in MarketByOrder message) => TakeRare(in message);

    internal void FollowEvent(InstrumentId instrument) => CompleteEvent(instrument);

    internal void FollowOther(ReadOnlySpan<byte> message) => TakeOther(in Messages.Header(message), message);

    /// <param name="isDue">Something may have come of the message.</param>
    internal void Close(bool isDue)
    {
        if (isDue && !IsAtRest()) End();
        NoteWants();
    }

    /// <summary>What is looked at after each step on a shared stage.</summary>
    internal void NoteWants()
    {
        bool wantsEvents = _queue.IsBusy || _bars.HasQuotes || _features.IsActive || _watch is { WantsEvents: true }, wantsTrades = _wantsTrades || _bars.HasTrades || _features.IsActive;
        foreach (StrategySession session in _sessions)
        {
            wantsEvents |= session.WantsEvents();
            wantsTrades |= session.IsWatching;
        }
        (WantsEvents, WantsTrades) = (wantsEvents, wantsTrades);
    }

    // ---- a step

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(in MessageHeader header)
    {
        _publisher.BeginStep(++_input.Number);
        (_input.Type, _input.Instrument) = (header.Type, header.Instrument);
        Timestamp receiveTime = header.ReceiveTime;
        if (receiveTime > Clock && !receiveTime.IsNone) Advance(receiveTime);
        _stage.Features.Clock = _features.Clock = Clock;
        if (!_isStarted) StartIfDue(header.Type);      // what comes before says what instruments are and builds the books: nobody is woken
        if (Clock >= _bars.NextClose) CloseBars();
    }

    private void Advance(Timestamp time)
    {
        if (_first.IsNone && !TryBegin(time)) return;
        if (time >= _nextSample) Sample(time);
        _input.Clock = Measures.Clock = time;
    }

    /// <summary>Notes when the run begins.</summary>
    /// <returns>False where the time says nothing yet: a series may reach back for years, and a run of a day must not begin with it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryBegin(Timestamp time)
    {
        if (_input.Type == MessageType.SeriesPoint) return false;
        if (time >= _start) _first = time;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Start()
    {
        _isStarted = true;
        _session++;
        if (_start > Timestamp.Earliest)
        {
            _marketData = 0;
            _stage.ForgetMarks();
        }
        for (int i = 0; i < _options.Strategies.Count; i++) _sessions[i].WarmUp(until: _first + _options.Strategies[i].Warmup);
        _recovery.Start();
        _states?.Start();
        _kills.Start();
        _watch?.Start();
        foreach (StrategySession session in _sessions) session.OnStart();
        _features.Start();
        End();      // the input itself may be in the middle of an event, after which nobody would look before its end
    }

    /// <summary>Lets everything that the step brought come to rest, and sends what was approved.</summary>
    private void End()
    {
        for (bool isUnsettled = true; isUnsettled;)
        {
            isUnsettled = false;
            if (_states is { IsDue: true }) _states.Act();
            foreach (StrategySession session in _sessions)
            {
                if (!session.IsUnsettled) continue;
                session.Settle();
                isUnsettled = true;
            }
            isUnsettled |= _kills.TakeWants() || _states is { IsDue: true };
            if (_watch is { HasTripped: true }) isUnsettled |= _kills.TakeTripped();
        }
        _outbox.Flush();
        _services.Trace?.OnRest();
        _barsWake = _bars.NextClose;
        NextWake = Timestamp.Min(_barsWake, _recovery.NextWake);
        if (_watch is not null) NextWake = Timestamp.Min(NextWake, _watch.NextWake);
        if (_states is not null) NextWake = Timestamp.Min(NextWake, _states.NextWake);
        int followers = 0;
        for (int i = 0; i < _sessions.Length; i++)
        {
            StrategySession session = _sessions[i];
            NextWake = Timestamp.Min(NextWake, session.NextWake);
            session.WasWoken = false;
            if (Follows(i)) followers++;
        }
        if (followers != _followers.Length) FindFollowers(followers);
        if (_isCarried && !_isStarted) NextWake = Timestamp.None;      // what became due meanwhile waits for the run to begin
    }

    /// <summary>An aggregator is moved by its members, in the middle of their steps.</summary>
    private bool Follows(int session) => session >= _options.Strategies.Count || _sessions[session].FollowsMarket;

    /// <summary>Outside of market data a strategy may begin to follow the market, and then it stays with it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FindFollowers(int count)
    {
        _followers = new StrategySession[count];
        int found = 0;
        for (int i = 0; i < _sessions.Length; i++)
            if (Follows(i)) _followers[found++] = _sessions[i];
    }

    /// <summary>No strategy was woken and no ladder is due: there is nothing to settle or to send. No bar began that is to be closed sooner than what waits already.</summary>
    private bool IsAtRest()
    {
        if (_bars.NextClose != _barsWake || _watch is { HasTripped: true } || _states is { IsDue: true }) return false;
        foreach (StrategySession session in _followers)
            if (session.WasWoken || session.IsUnsettled) return false;
        return true;
    }

    // ---- market data

    /// <returns>False when nothing came of it for anybody but the book.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeMarketByOrder(in MarketByOrder message)
    {
        _marketData++;
        _stage.Take(in message, Clock);
        if (_stage.IsRare) TakeRare(in message);
        if (message.IsLast)
        {
            _stage.Complete(in message.Header);
            CompleteEvent(message.Header.Instrument);
        }
        return _stage.IsRare || message.IsLast;
    }

    private void TakeRare(in MarketByOrder message)
    {
        if (message.Action != BookAction.Trade)
        {
            _queue.NoteRebuilt(message.Header.Instrument);
            return;
        }
        if (!_isStarted) return;
        if (_features.IsActive) _features.NoteTrade(message.Header.Instrument, message.Price, message.Quantity, message.Side);
        foreach (StrategySession session in _followers)
            if (session.IsWatching) session.NoteTrade(in message);
        if (_wantsTrades)
        {
            foreach (StrategySession session in _followers)
            {
                if (!session.WantsTrades) continue;
                session.OnTrade(in message);
            }
        }
        _bars.NoteTrade(message.Header.Instrument, message.Price, message.Quantity, Clock);
        if (!_bars.Closed.IsEmpty) TellBars();
    }

    private void CompleteEvent(InstrumentId instrument)
    {
        _queue.NoteEvent(instrument, _stage.VenueTime);
        ref readonly BestPrices best = ref _stage.Best;
        if (_stage.IsMoved)
        {
            _marks.NoteMoved(in best, Clock);
            if (!IsMarkedLater(instrument)) Account.MarkTo(instrument, best.Bid.Price, best.Ask.Price);
            Measures.NoteMark(instrument, best.Bid.Price, best.Ask.Price);
        }
        _watch?.NoteEvent(instrument, _stage.IsSound);
        if (!_isStarted) return;
        if (_features.IsActive) _features.NoteEvent(instrument, in _stage.Features.BestOf(instrument), _stage.IsMoved);
        if (_stage.IsMoved && _watch is not null && Account.HasPosition(instrument)) _watch.NoteMoney();
        if (_stage.IsMoved) _states?.OnMark(instrument);
        if (_bars.HasQuotes && _stage.IsSound) NoteQuote(in best);
        foreach (StrategySession session in _followers)
            if (session.IsWatching) session.JudgeEvent(_stage.Book);      // as at the venue, before anybody can answer the event
        foreach (StrategySession session in _followers)
        {
            if (_stage.IsMoved) session.OnQuote(in best);
            session.OnEvent(_stage.Book, _stage.IsQuotable, in best);
        }
    }

    // ---- bars

    /// <summary>The time has come at which bars end: they are closed before the input is looked at, moment by moment, and what they bring comes to rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CloseBars()
    {
        while (_bars.TryCloseDue(Clock)) TellBars();
        End();
    }

    private void NoteQuote(in BestPrices best)
    {
        _bars.NoteQuote(best.Instrument, best.Bid.Price, best.Ask.Price, Clock);
        if (!_bars.Closed.IsEmpty) TellBars();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellBars()
    {
        if (_features.IsActive)
            foreach (BarSeries series in _bars.Closed) _features.NoteBar(series);
        foreach (BarSeries series in _bars.Closed)
            foreach (StrategySession session in _sessions) session.OnBar(series);
        _bars.ClearClosed();
    }

    // ---- everything else

    private void TakeOther(in MessageHeader header, ReadOnlySpan<byte> message)
    {
        if (_carryOver is not null && header.Type != MessageType.CarryOverEnds) _carryOver.Note(message);
        switch (header.Type)
        {
            case MessageType.OrderReport:
                TakeReport(in Messages.As<OrderReport>(message));
                break;
            case MessageType.VenueOrder: _recovery.Take(in Messages.As<VenueOrder>(message)); break;
            case MessageType.VenuePosition: _recovery.Take(in Messages.As<VenuePosition>(message)); break;
            case MessageType.VenueAnswer: _recovery.Take(in Messages.As<VenueAnswer>(message)); break;
            case MessageType.VenueConnection: _recovery.Take(in Messages.As<VenueConnection>(message)); break;
            case MessageType.ExecutionChanged: _recovery.Take(in Messages.As<ExecutionChanged>(message)); break;
            case MessageType.TimeReached:
                _recovery.OnTime(Clock);
                _watch?.OnTime(Clock);
                _states?.OnTime(Clock);
                foreach (StrategySession session in _sessions) session.OnTime(Clock);
                break;
            case MessageType.OperatorCommand:
                TakeOperator(in Messages.As<OperatorCommand>(message));
                break;
            case MessageType.InstrumentDefined or MessageType.InstrumentChanged:
                if (_ownsStage) _stage.TakeOther(message);
                Account.Define(in Messages.As<InstrumentDefinition>(message));
                Measures.Define(in Messages.As<InstrumentDefinition>(message));
                NoteInstrument(Messages.Header(message).Instrument);
                break;
            case MessageType.TradingStateChanged:
                if (_ownsStage) _stage.TakeOther(message);
                NoteInstrument(Messages.Header(message).Instrument);
                break;
            case MessageType.SeriesDefined or MessageType.SeriesPoint:
                if (_ownsStage) _stage.TakeOther(message);
                if (_isStarted && header.Type == MessageType.SeriesPoint) TellSeries();
                break;
            case MessageType.ContextValue:
                TakeContext(in Messages.As<ContextValue>(message));
                break;
            case (>= MessageType.CarriedKillBase and <= MessageType.CarriedRiskState) or (>= MessageType.CarryOverBegins and <= MessageType.CarryOverEnds):
                TakeCarryOver(message);
                break;
            default:
                if (_ownsStage) _stage.TakeOther(message);
                break;
        }
        Measures.SampleMargin();
        if (_isStarted) _watch?.NoteMoney();
    }

    /// <summary>An instrument's terms or its trading state changed outside of a venue event: quotes do not wait for the next one.</summary>
    private void NoteInstrument(InstrumentId instrument)
    {
        foreach (StrategySession session in _sessions) session.OnInstrument(instrument);
        if (_isStarted) _watch?.NoteState(instrument);
    }

    private void TellSeries()
    {
        foreach (StrategySession session in _sessions) session.OnSeries();
    }

    private void TakeContext(in ContextValue value)
    {
        Invariant.Require(value.Strategy < _sessions.Length, "what a session carries over is of one of this engine's strategies: the edge gives them their numbers by their names");
        Invariant.Require(_first.IsNone, "what a session carries over comes before the run begins");
        _sessions[value.Strategy].Store.Take(in value);
    }

    private void TakeReport(in OrderReport report)
    {
        Fingerprint.AddOutput(Messages.AsBytes(in report));
        _recovery.Take(in report);
    }

    private void TakeOperator(in OperatorCommand command)
    {
        switch (command.Action)
        {
            case OperatorAction.Kill or OperatorAction.Rearm: _kills.Take(in command); break;
            case OperatorAction.Reconcile: _recovery.Reconcile(); break;
            case OperatorAction.Resume: _recovery.Resume(command.Strategy); break;
        }
    }

    // ---- what is published

    /// <summary>The clock is about to pass the end of a day or of a sampling interval: what the account was worth until then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sample(Timestamp time)
    {
        if (_isStarted) _equity.Publish();
        Account.Advance(time);
        _nextSample = _options.EquityInterval > Duration.Zero ? Timestamp.Min(Account.DayEnd, time.NextMultipleOf(_options.EquityInterval)) : Account.DayEnd;
    }

    private long Sum(Func<StrategySession, long> of)
    {
        long sum = 0;
        foreach (StrategySession session in _sessions) sum += of(session);
        return sum;
    }

    private List<LiquidationSummary> Liquidations()
    {
        List<LiquidationSummary> all = [];
        foreach (StrategySession session in _sessions) session.Summarize(all);
        return all;
    }

    private List<StrategySummary> SummarizeOwners()
    {
        List<StrategySummary> owners = [];
        IReadOnlyList<string> names = _options.OwnerNames;
        for (int i = 0; i < _sessions.Length; i++)
            owners.Add(Owner(names[i], Account.Strategy(i), _sessions[i].OrderCount, _sessions[i].RefusedCount, _sessions[i].Notes, _sessions[i].Failure));
        if (Account.External.Fills > 0) owners.Add(Owner("external", Account.External, 0, 0, default, null));
        return owners;
    }

    private StrategySummary Owner(string name, Holdings holdings, long orders, long refused, NoteCounts notes, StrategyFailure? failure) =>
        new(name, orders, refused, holdings.Fills - holdings.FillsBefore, Account.TotalsOf(holdings), notes, failure);

    private IEnumerable<CurrencySummary> Currencies()
    {
        foreach (AccountMoney money in Account.Money) yield return new CurrencySummary(money.Currency, AccountTotals.Of(money.Ledger), money.Curve.DrawdownMax);
    }

    private static void RequireNames(EngineOptions options)
    {
        int count = options.Strategies.Count;
        if (count == 0 || count + options.Aggregators.Count >= ExternalStrategy)
            throw new ArgumentException($"An engine runs 1 to {ExternalStrategy - 1} strategies, aggregators included; found {count} and {options.Aggregators.Count}.", nameof(options));
        SortedSet<string> names = new(StringComparer.Ordinal), strategies = new(StringComparer.Ordinal);
        foreach (string name in options.OwnerNames)
        {
            if (!names.Add(name)) throw new ArgumentException($"Each strategy and each aggregator has its own name; '{name}' is there twice.", nameof(options));
            if (names.Count <= count) strategies.Add(name);
        }
        AggregatorOptions.Require(options.Aggregators, strategies);
    }
}
