using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Market.Books;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Loop;

/// <summary>
/// Runs one strategy: wakes it, lets what it wants take effect after each callback, and brings back refusals in rounds of the same input. The one
/// place that catches a strategy's exception; it halts the strategy, whose wants of that callback are dropped and whose live orders are canceled.
/// </summary>
internal sealed partial class StrategySession
{
    /// <summary>Rounds for one input; a strategy that answers every refusal with another hopeless want would never end.</summary>
    public const int RoundsMax = 64;

    private readonly Strategy _strategy;
    private readonly OverriddenCallbacks _overridden;
    private readonly StrategyContext _context;
    private readonly SessionServices _services;
    private readonly OrderSender _sender;
    private readonly LadderKeeper _ladders;
    private readonly TargetKeeper _targets;
    private readonly SignalKeeper _signals;
    private readonly HeldOrderKeeper _orders;
    private readonly ExitKeeper? _exits;
    private readonly SizingKeeper? _sizing;
    private readonly AdjustDesk? _adjust;      // most runs adjust nothing
    private readonly ushort _number;
    private OrderEvent _change;
    private FillEvent _fill;
    private MarketByOrder _trade;
    private TimerEvent _timer;
    private Bar _bar;
    private BestPrices _prices;
    private bool _followsMarket;

    /// <param name="exits">Null where the engine closes no positions for it.</param>
    /// <param name="sizing">Null where its sizes go by nothing that is to be told.</param>
    public StrategySession(Strategy strategy, StrategyContext context, SessionServices services, ushort number, ExitOptions? exits = null, SizingKeeper? sizing = null)
    {
        (_strategy, _number) = (strategy, number);
        _overridden = new OverriddenCallbacks(strategy);
        _context = context;
        _services = services;
        _sender = new OrderSender(context, services, number);
        _sender.Liquidations = _liquidations = new LiquidationKeeper(context, services, _sender, number);
        _adjust = services.Adjuster is null && !services.CutsToLimits ? null : new AdjustDesk(context, services, services.Adjuster, services.CutsToLimits, number);
        _ladders = new LadderKeeper(context, services, _sender, number) { Adjust = _adjust };
        _targets = new TargetKeeper(context, services, _sender, number) { Adjust = _adjust };
        _signals = new SignalKeeper(context, _targets);
        _orders = new HeldOrderKeeper(context, services, _sender, number);
        _exits = exits is { IsAny: true } ? new ExitKeeper(context, services, _orders, number, exits, _liquidations) : null;
        _sender.Exits = _exits;
        _sizing = sizing;
        _followsMarket = _exits is not null;
    }

    /// <summary>Null while the strategy runs.</summary>
    public StrategyFailure? Failure { get; private set; }

    /// <summary>Orders that were approved and sent.</summary>
    public long OrderCount => _sender.OrderCount;

    /// <summary>Orders, replacements and standing wants that were refused before they left.</summary>
    public long RefusedCount => _sender.RefusedCount;

    /// <summary>What the strategy wrote.</summary>
    public NoteCounts Notes => _context.Notes.Counts;

    /// <summary>When the strategy wants to be woken, or an order's time is up; None when neither is.</summary>
    public Timestamp NextWake => Timestamp.Min(
        Timestamp.Min(Failure is null ? _context.Timers.Next : Timestamp.None, _orders.NextWake), Timestamp.Min(_liquidations.NextWake, _exits?.NextWake ?? Timestamp.None));

    /// <summary>The strategy was woken since the last step that came to rest.</summary>
    public bool WasWoken { get; set; }

    /// <summary>Something waits for <see cref="Settle"/>.</summary>
    public bool IsUnsettled => _sender.HasNotices || _ladders.IsDue || _targets.IsDue || _liquidations.IsDue || _exits is { IsDue: true };

    /// <summary>An order waits here for what the market does.</summary>
    public bool IsWatching => _orders.IsWatching;

    public bool WantsTrades => _overridden.OnTrade;

    /// <summary>Market data may concern it: it listens to some of it, or had a ladder, a target or an order here that follows the market. Once true it stays so.</summary>
    public bool FollowsMarket => _followsMarket = _followsMarket || _overridden.ListensToMarket || IsWatching || _liquidations.IsActive || !_context.Ladders.IsEmpty || !_context.Targets.All.IsEmpty;

    /// <summary>Events are to be told even when they moved no best price.</summary>
    public bool WantsEvents() => _overridden.OnBook || _overridden.OnFeatures || IsWatching || _ladders.WantsEvents() || _targets.WantsEvents() || _liquidations.IsActive || _exits is { WantsEvents: true };

    /// <summary>What the strategy sees and asked for.</summary>
    public StrategyContext Context => _context;

    /// <summary>What the strategy keeps beyond the session.</summary>
    public KeyValueStore Store => _context.Store;

    /// <summary>Before then what the strategy wants is refused.</summary>
    public Timestamp WarmUntil => _context.WarmUntil;

    /// <summary>Until then what the strategy wants is refused.</summary>
    public void WarmUp(Timestamp until) => _context.WarmUntil = until;

    public void OnStart()
    {
        _sizing?.OnStart();
        _exits?.OnStart();
        _context.IsStarting = true;
        Wake(StrategyCallback.OnStart, null);
        _context.IsStarting = false;
    }

    public void OnStop() => Wake(StrategyCallback.OnStop, null);

    /// <summary>The best prices of a sound book moved.</summary>
    public void OnQuote(in BestPrices prices)
    {
        if (!_overridden.OnQuote) return;
        _prices = prices;
        Wake(StrategyCallback.OnQuote, null);
    }

    /// <summary>A public trade, for orders that wait here.</summary>
    public void NoteTrade(in MarketByOrder trade)
    {
        InstrumentId instrument = trade.Header.Instrument;
        if (_services.Stage.State.Instruments.StateOf(instrument).Matches()) _orders.NoteTrade(instrument, trade.Price);
    }

    /// <summary>A venue event is complete, for orders that wait here.</summary>
    public void JudgeEvent(OrderBook book)
    {
        WasWoken = true;      // what leaves has to be sent, though nobody is woken
        _orders.NoteEvent(book, _services.Stage.State.Instruments.StateOf(book.Instrument).Matches());
    }

    /// <summary>The venue said something of an order, which may leave the blotter next.</summary>
    public void NoteReport(Order order, in OrderReport report) => _orders.NoteReport(order, in report);

    /// <summary>Brings about what follows from a report for other orders.</summary>
    public void FollowReport(InstrumentId instrument, bool isExecution) => _orders.Follow(instrument, isExecution);

    /// <summary>A venue event is complete: the book, then the features, then the ladders and targets.</summary>
    /// <param name="isQuotable">The best levels can be quoted against.</param>
    public void OnEvent(IBookView book, bool isQuotable, in BestPrices best)
    {
        if (_overridden.OnBook) Wake(StrategyCallback.OnBook, book);
        if (_overridden.OnFeatures) Wake(StrategyCallback.OnFeatures, book);
        _ladders.NoteMarket(book.Instrument, isQuotable, in best);
        _targets.NoteMarket(book.Instrument, isQuotable, in best);
        _liquidations.Note(book.Instrument);
        _exits?.NoteEvent(book.Instrument);
    }

    /// <summary>The instrument's terms or its trading state changed outside of a venue event.</summary>
    public void OnInstrument(InstrumentId instrument)
    {
        _ladders.NoteInstrument(instrument);
        _targets.NoteInstrument(instrument);
        _liquidations.Note(instrument);
        _exits?.NoteInstrument(instrument);
        _sizing?.NoteInstrument(instrument);
    }

    public void OnTrade(in MarketByOrder trade)
    {
        _trade = trade;
        Wake(StrategyCallback.OnTrade, null);
    }

    /// <summary>A bar has just closed: the newest of the series.</summary>
    public void OnBar(BarSeries series)
    {
        if (!_overridden.OnBar || !_context.BarSubscriptions.Contains(series.Instrument, series.Spec)) return;
        _bar = series[0];
        Wake(StrategyCallback.OnBar, null);
    }

    /// <param name="isRejection">The venue said no.</param>
    public void OnOrder(in OrderEvent change, OrderOrigin origin, bool isRejection)
    {
        if (origin == OrderOrigin.Ladder) _ladders.NoteOrder(in change, isRejection);
        if (origin == OrderOrigin.Target) _targets.NoteOrder(in change, isRejection);
        if (origin == OrderOrigin.Liquidation) _liquidations.NoteOrder(in change, isRejection);
        else _liquidations.Note(change.Header.Instrument);
        if (origin == OrderOrigin.Exit) _exits?.NoteOrder(in change, isRejection);
        _change = change;
        Wake(StrategyCallback.OnOrder, null);
    }

    /// <param name="origin">Of its order.</param>
    public void OnFill(in FillEvent fill, OrderOrigin origin = OrderOrigin.Intent)
    {
        if (origin == OrderOrigin.Exit) _targets.NoteExit(fill.Header.Instrument);
        _exits?.NotePosition(fill.Header.Instrument);
        _sizing?.NoteFill(in fill);
        _targets.NotePosition(fill.Header.Instrument);
        FollowFill(fill.Header.Instrument);
        _fill = fill;
        Wake(StrategyCallback.OnFill, null);
    }

    /// <summary>A point of a series has become known.</summary>
    public void OnSeries()
    {
        if (_overridden.OnSeries) Wake(StrategyCallback.OnSeries, null);
    }

    /// <summary>Ends orders whose time is up, and wakes the strategy for every timer that is due.</summary>
    public void OnTime(Timestamp now)
    {
        _orders.Expire(now);
        _liquidations.OnTime(now);
        _exits?.OnTime(now);
        long newest = _context.Timers.Newest;
        while (Failure is null && _context.Timers.TryTake(now, newest, out _timer)) Wake(StrategyCallback.OnTimer, null);
    }

    /// <summary>Brings exits, ladders and targets up to date and delivers refusals, round by round until there are none, at the end of a step.</summary>
    public void Settle()
    {
        for (int round = 1; IsUnsettled; round++)
        {
            if (round > RoundsMax)
            {
                Halt(StrategyCallback.OnOrder, $"more than {RoundsMax} rounds of refusals for one input", "");
                return;
            }
            if (_exits is { IsDue: true }) _exits.Reconcile();
            if (_ladders.IsDue) _ladders.Reconcile();
            if (_targets.IsDue) _targets.Reconcile();
            if (_liquidations.IsDue) _liquidations.Reconcile();
            _sender.BeginDelivery();
            while (_sender.TryDeliver(out _change)) Wake(StrategyCallback.OnOrder, null);
        }
    }

    /// <summary>Withdraws all that stands and cancels all live orders.</summary>
    /// <param name="keepsExits">The configured exits of positions stay.</param>
    public void CancelAll(bool keepsExits = false)
    {
        _ladders.WithdrawAll();
        _targets.WithdrawAll();
        _signals.WithdrawAll();
        _orders.EndAll(keepsExits);
        _sender.CancelAll(keepsExits);
    }

    /// <summary>An order was to end, and the venue has not done it.</summary>
    public void CancelAgain(Order order) => _sender.Cancel(order, order.EndReason == ReasonCode.None ? ReasonCode.Requested : order.EndReason);

    private void Wake(StrategyCallback callback, IBookView? book)
    {
        if (Failure is not null) return;
        WasWoken = true;
        try
        {
            switch (callback)
            {
                case StrategyCallback.OnBook: _strategy.OnBook(_context, book!); break;
                case StrategyCallback.OnFeatures: _strategy.OnFeatures(_context, _context.Features(book!.Instrument)); break;
                case StrategyCallback.OnQuote: _strategy.OnQuote(_context, in _prices); break;
                case StrategyCallback.OnBar: _strategy.OnBar(_context, in _bar); break;
                case StrategyCallback.OnTrade: _strategy.OnTrade(_context, in _trade); break;
                case StrategyCallback.OnOrder: _strategy.OnOrder(_context, in _change); break;
                case StrategyCallback.OnFill: _strategy.OnFill(_context, in _fill); break;
                case StrategyCallback.OnTimer: _strategy.OnTimer(_context, in _timer); break;
                case StrategyCallback.OnSeries: _strategy.OnSeries(_context, _context.Series.Arrived); break;
                case StrategyCallback.OnStart: _strategy.OnStart(_context); break;
                case StrategyCallback.OnStop: _strategy.OnStop(_context); break;
            }
        }
        catch (Exception exception) when (exception is not InvariantException && !(exception is InputException && callback == StrategyCallback.OnStart) && !_context.Notes.HasFailed)
        {
            Halt(callback, $"{exception.GetType().Name}: {Told(exception, static e => e.Message)}", Told(exception, static e => e.ToString()));
            return;
        }
        Invariant.Require(!_context.Notes.HasFailed, "an observer that fails ends the run, though a strategy caught its exception");
        if (_context.WantCount > 0) TakeEffect(callback);
    }

    /// <summary>An exception is the user's code too: what it says of itself may fail.</summary>
    private static string Told(Exception exception, Func<Exception, string> tell)
    {
        try
        {
            return tell(exception);
        }
        catch (Exception second)
        {
            return $"it does not say why ({second.GetType().Name})";
        }
    }

    // ---- wants

    private void TakeEffect(StrategyCallback callback)
    {
        bool isWarmingUp = _context.IsWarmingUp;
        ReadOnlySpan<Want> wants = _context.Wants;
        _services.Trace?.OnWants(_number, callback, wants);
        for (int i = 0; i < wants.Length; i++)
        {
            ref readonly Want want = ref wants[i];
            if (isWarmingUp && TryRefuse(in want, new Refusal(ReasonCode.WarmUp, _context.WarmUntil.Nanos, _context.Clock.Nanos))) continue;
            if (!_context.HasFeatures(want.Intent.Instrument, out int asked, out int known) && TryRefuse(in want, new Refusal(ReasonCode.FeatureWarmUp, asked, known))) continue;
            if (_services.States is { } states && want.Kind is WantKind.Submit or WantKind.Quote or WantKind.Target or WantKind.Signal) states.Watch(want.Intent.Instrument);
            switch (want.Kind)
            {
                case WantKind.Submit when want.ListId != 0: i += SubmitList(wants[i..]) - 1; break;
                case WantKind.Submit: Submit(in want); break;
                case WantKind.Replace: Replace(in want); break;
                case WantKind.Cancel: Cancel(want.Order); break;
                case WantKind.Quote: Quote(want.Intent.Instrument); break;
                case WantKind.Withdraw: _ladders.Withdraw(want.Intent.Instrument); break;
                case WantKind.Target: Target(want.Intent.Instrument); break;
                case WantKind.WithdrawTarget: WithdrawTarget(want.Intent.Instrument); break;
                case WantKind.Signal: Signal(want.Intent.Instrument); break;
                case WantKind.WithdrawSignal: _signals.Withdraw(want.Intent.Instrument); break;
                case WantKind.Kill: Kill(_context.KillOf(in want)); break;
            }
        }
        _context.ClearWants();
    }

    /// <summary>Refuses what would lead to an order. To end something and to turn the kill switch on is never refused; nothing lives that could be replaced.</summary>
    private bool TryRefuse(in Want want, Refusal refusal)
    {
        if (want.Kind is WantKind.Replace or WantKind.Cancel or WantKind.Withdraw or WantKind.WithdrawTarget or WantKind.WithdrawSignal or WantKind.Kill) return false;
        OrderIntent intent = want.Intent;
        if (want.Kind == WantKind.Submit) _sender.Refuse(want.Order, in intent, refusal);
        else _sender.Refuse(intent.Instrument, refusal);
        return true;
    }

    private void Submit(in Want want)
    {
        OrderIntent intent = want.Intent;
        Refusal refusal = MayOrder(intent.Instrument);
        if (refusal.IsNone) _orders.Submit(_adjust is null ? want : _adjust.Order(in want));
        else _sender.Refuse(want.Order, in intent, refusal);
    }

    /// <returns>How many of the wants are the list's.</returns>
    private int SubmitList(ReadOnlySpan<Want> wants)
    {
        int count = 1;
        while (count < wants.Length && wants[count].ListId == wants[0].ListId) count++;
        Refusal refusal = MayOrder(wants[0].Intent.Instrument);
        if (refusal.IsNone) _orders.SubmitList(_adjust is null ? wants[..count] : _adjust.List(wants[..count]));
        else
            foreach (ref readonly Want want in wants[..count]) _sender.Refuse(want.Order, want.Intent, refusal);
        return count;
    }

    private Refusal MayOrder(InstrumentId instrument)
    {
        Refusal refusal = Liquidating(instrument);
        return refusal.IsNone ? OthersStand(WantKind.Submit, instrument) : refusal;
    }

    private void Replace(in Want want)
    {
        OrderIntent intent = want.Intent;
        OrderChange change = new() { Price = intent.Price, Quantity = intent.Quantity, TriggerPrice = intent.TriggerPrice, TrailOffset = intent.TrailOffset };
        if (!_sender.TryFind(want.Order, out Order order)) _sender.TellNotLive(want.Order);
        else if (order.Origin == OrderOrigin.Intent) _orders.Replace(order, _adjust is null ? change : _adjust.Replacement(order, in change));
        else _sender.TellNotReplaced(order, in change, OthersStand(WantKind.Replace, FormOf(order.Origin)));
    }

    private static WantKind FormOf(OrderOrigin origin) => origin switch
    {
        OrderOrigin.Ladder => WantKind.Quote,
        OrderOrigin.Target => WantKind.Target,
        _ => WantKind.Exit,
    };

    /// <summary>Ends an order of any kind but an exit. What a ladder or a target would put in its place at once waits until something moves: the strategy does not want it now.</summary>
    private void Cancel(ClientOrderId id)
    {
        if (!_sender.TryFind(id, out Order order))
        {
            _sender.TellNotLive(id);
            return;
        }
        if (order.Origin >= OrderOrigin.Exit)
        {
            _sender.TellNotReplaced(order, new OrderChange(), OthersStand(WantKind.Cancel, WantKind.Exit));      // who clears his orders does not mean to give up what protects him
            return;
        }
        if (order.Origin == OrderOrigin.Ladder) _ladders.Block(order.Instrument, order.Side);
        if (order.Origin == OrderOrigin.Target) _targets.Block(order.Instrument);
        _orders.Cancel(order);
    }

    private void Quote(InstrumentId instrument)
    {
        if (MayStand(WantKind.Quote, instrument)) _ladders.Stand(instrument);
    }

    private void Target(InstrumentId instrument)
    {
        if (!MayStand(WantKind.Target, instrument)) return;
        _signals.Forget(instrument);
        _targets.Stand(instrument, _context.Targets.Of(instrument).Wanted);
    }

    private void Signal(InstrumentId instrument)
    {
        if (MayStand(WantKind.Signal, instrument)) _signals.Stand(instrument);
    }

    private bool MayStand(WantKind asked, InstrumentId instrument)
    {
        Refusal refusal = Stopped(instrument);
        if (refusal.IsNone) refusal = OthersStand(asked, instrument);
        if (!refusal.IsNone) _sender.Refuse(instrument, refusal);
        return refusal.IsNone;
    }

    /// <summary>One owner per instrument: what another form of want steers (single orders, a ladder, a target, a signal to an aggregator) has to be withdrawn, and its orders gone, first. A signal
    /// that acts by itself is a target.</summary>
    private Refusal OthersStand(WantKind asked, InstrumentId instrument)
    {
        WantKind form = asked == WantKind.Signal && _signals.Aggregator is null ? WantKind.Target : asked;
        WantKind standing =
            form != WantKind.Quote && _ladders.Owns(instrument) ? WantKind.Quote :
            form != WantKind.Target && _targets.Owns(instrument) ? WantKind.Target :
            form != WantKind.Signal && _signals.Owns(instrument) ? WantKind.Signal :
            form != WantKind.Submit && _sender.HasLive(instrument, OrderOrigin.Intent) ? WantKind.Submit : WantKind.None;
        return standing == WantKind.None ? Refusal.None : OthersStand(asked, standing);
    }

    private static Refusal OthersStand(WantKind asked, WantKind standing) => new(ReasonCode.OtherWantsStand, (long)asked, (long)standing);

    // ---- as an aggregator or one of its members

    /// <summary>The strategy's signals act through an aggregator from here on.</summary>
    public void Join(SignalAggregator aggregator) => _signals.Aggregator = aggregator;

    /// <summary>The signal in force; false when there is none.</summary>
    public bool TrySignal(InstrumentId instrument, out Signal signal) => _context.TrySignal(instrument, out signal);

    public Quantity LotOf(InstrumentId instrument) => _context.Instrument(instrument).Lot;

    public void Stand(InstrumentId instrument, TargetPosition target)
    {
        if (Stopped(instrument).IsNone) _targets.Stand(instrument, target);
    }

    public void WithdrawTarget(InstrumentId instrument)
    {
        _signals.Forget(instrument);
        _targets.Withdraw(instrument);
    }

    private void Halt(StrategyCallback callback, string message, string details)
    {
        Failure = new StrategyFailure(_services.Input.Number, _services.Input.Type, _services.Input.Instrument, _context.Clock, callback, message, details);
        _context.ClearWants();
        if (!_context.Notes.HasFailed) _context.Notes.Log(LogLevel.Error, $"halted in {callback}: {message}", []);
        _sender.DropNotices();
        CancelAll(keepsExits: true);
        _services.KillWatch?.NoteException(_number);
        _ladders.Forget();
        _targets.Forget();
    }
}
