using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Pipeline;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Market.Books;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;

namespace Fathom.Engine.Decisions;

/// <summary>What a strategy may see and ask for. Positions and orders are its own, not the account's.</summary>
public sealed class StrategyContext
{
    private readonly MarketState _market;
    private readonly OrderBlotter _blotter;
    private readonly Holdings _holdings;
    private readonly QueueTracker _queue;
    private readonly FeatureSet _features;
    private readonly BarSet _bars;
    private readonly SessionCalendar _calendar;
    private readonly ClientOrderIds _ids;
    private readonly CurrentInput _input;
    private readonly ushort _strategy;
    private readonly StandingWants<StandingLadder> _ladders = new(static instrument => new StandingLadder(instrument));
    private readonly List<KillIntent> _kills = [];
    private readonly List<FeatureHandle> _askedFeatures = [];      // that the strategy asked for
    private readonly HashSet<InstrumentId> _hadFeatures = [];      // looked up only
    private Want[] _wants = new Want[16];

    internal StrategyContext(ushort strategy, CurrentInput input, MarketState market, OrderBlotter blotter, QueueTracker queue, FeatureSet features, BarSet bars,
        SessionCalendar calendar, ClientOrderIds ids, Holdings holdings, RiskView risk, StrategyNotes notes, PositionSizer sizing)
    {
        Sizing = sizing;
        _strategy = strategy;
        _input = input;
        _market = market;
        _blotter = blotter;
        _queue = queue;
        _features = features;
        _bars = bars;
        _calendar = calendar;
        Timers = new TimerQueue(calendar);
        _ids = ids;
        _holdings = holdings;
        Risk = risk;
        Notes = notes;
    }

    /// <summary>The engine's clock: receive time of the newest input, never going back.</summary>
    public Timestamp Clock => _input.Clock;

    /// <summary>The trading session that holds the clock, else the next one; both its times are None where none comes within ten years.</summary>
    public Session Session => _calendar.Next(Clock);

    /// <summary>The strategy watches: until its warm-up is over, what it wants is refused.</summary>
    public bool IsWarmingUp => Clock < WarmUntil;

    /// <summary>Equity, drawdown, exposure, margin and volatility: the strategy's own and, in <see cref="RiskView.Account"/>, the account's.</summary>
    public RiskView Risk { get; }

    /// <summary>Dense ids of instruments are below this.</summary>
    public int InstrumentCount => _market.Instruments.Count;

    /// <summary>False until the instrument has been defined.</summary>
    public bool IsDefined(InstrumentId instrument) => _market.Instruments.Contains(instrument);

    /// <summary>The instrument of this symbol; of several venues' the one that was defined first. Looks through all of them: ask once and keep the answer.</summary>
    /// <returns>False until it has been defined.</returns>
    public bool TryFind(string symbol, out InstrumentId instrument)
    {
        for (int index = 0; index < InstrumentCount; index++)
        {
            instrument = new InstrumentId(index);
            if (IsDefined(instrument) && _market.Instruments[instrument].Symbol.ToString() == symbol) return true;
        }
        instrument = InstrumentId.None;
        return false;
    }

    /// <summary>The instrument's tick, lot, multiplier and names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public ref readonly InstrumentDefinition Instrument(InstrumentId instrument)
    {
        RequireDefined(instrument);
        return ref _market.Instruments[instrument];
    }

    /// <summary>Whether the instrument trades; Unknown when nobody has said.</summary>
    public TradingState TradingState(InstrumentId instrument) => _market.Instruments.StateOf(instrument);

    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public IBookView Book(InstrumentId instrument)
    {
        RequireDefined(instrument);
        return _market.Books[instrument];
    }

    /// <summary>The instrument's features. The object stays the same, its values follow the market.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public InstrumentFeatures Features(InstrumentId instrument)
    {
        RequireDefined(instrument);
        return _features[instrument];
    }

    /// <summary>Asks for a feature by name, of every instrument or of the one that it states. In <see cref="Strategy.OnStart"/> only. Who asks for what another one asked for shares it. Until all that the strategy
    /// asked for was known of an instrument, what it wants there is refused (<see cref="ReasonCode.FeatureWarmUp"/>).</summary>
    /// <returns>Where to find it in every <see cref="Vector"/>.</returns>
    /// <exception cref="InputException">There is no such feature, or it cannot be had like this. Let it pass: the run ends with the message.</exception>
    /// <exception cref="InvalidOperationException">The strategy has started already.</exception>
    public FeatureHandle AddFeature(FeatureSpec spec)
    {
        RequireStarting();
        return Asked(Pipeline.Add(spec));
    }

    /// <summary>Asks for a feature of the strategy's own; else as the other.</summary>
    /// <param name="create">Makes one, each time alike: each instrument gets its own.</param>
    /// <exception cref="InputException">It cannot be had like this, or its name is taken.</exception>
    /// <exception cref="InvalidOperationException">The strategy has started already.</exception>
    public FeatureHandle AddFeature(FeatureSpec spec, Func<Feature> create)
    {
        RequireStarting();
        return Asked(Pipeline.Add(spec, create));
    }

    /// <summary>The features of an instrument that the configuration and strategies asked for by name. The object stays the same, its values follow the market.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="InvalidOperationException">The strategies are only starting.</exception>
    public FeatureVector Vector(InstrumentId instrument)
    {
        if (IsStarting) throw new InvalidOperationException("Features are read after OnStart.");
        RequireDefined(instrument);
        return Pipeline[instrument];
    }

    /// <summary>Whether the configuration has a series of that name. Known from the start of the run.</summary>
    public bool HasSeries(string name) => Series.Contains(name);

    /// <summary>The newest known point of a series: the one of the latest time, of two of one time the one that became known last.</summary>
    /// <param name="key">Empty where the series has one subject.</param>
    /// <returns>False while no point of the key is known.</returns>
    /// <exception cref="ArgumentException">There is no such series (see <see cref="HasSeries"/>).</exception>
    public bool TrySeries(string name, string key, out SeriesUpdate newest) => Series.TryNewest(name, key, out newest);

    /// <summary>What is to survive the session. The strategy's own; filled before <see cref="Strategy.OnStart"/> where an earlier session left something.</summary>
    public KeyValueStore Store { get; } = new();

    /// <summary>Asks for bars of every instrument, those that are defined later included. In <see cref="Strategy.OnStart"/> only. They come as <see cref="Strategy.OnBar"/> when
    /// they close; asking twice is asking once.</summary>
    /// <exception cref="InvalidOperationException">The strategy has started already.</exception>
    /// <exception cref="ArgumentException">The spec is the default value.</exception>
    public void SubscribeBars(BarSpec spec)
    {
        RequireStarting();
        _bars.Subscribe(in spec);
        BarSubscriptions.Add(InstrumentId.None, in spec);
    }

    /// <summary>Asks for bars of one instrument. In <see cref="Strategy.OnStart"/> only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="InvalidOperationException">The strategy has started already.</exception>
    /// <exception cref="ArgumentException">The spec is the default value.</exception>
    public void SubscribeBars(InstrumentId instrument, BarSpec spec)
    {
        RequireStarting();
        RequireDefined(instrument);
        _bars.Subscribe(instrument, in spec);
        BarSubscriptions.Add(instrument, in spec);
    }

    /// <summary>The newest complete bars of an instrument, of those that were subscribed to. The object stays the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="ArgumentException">The strategy did not subscribe to these bars.</exception>
    public BarSeries Bars(InstrumentId instrument, BarSpec spec)
    {
        RequireDefined(instrument);
        if (!BarSubscriptions.Contains(instrument, in spec)) throw new ArgumentException($"No bars '{spec}' of instrument {instrument}: subscribe to them in OnStart.", nameof(spec));
        return _bars.Series(instrument, in spec);
    }

    /// <summary>Signed.</summary>
    public Quantity Position(InstrumentId instrument) => _holdings.Quantity(instrument);

    /// <summary>Live orders, oldest first: from the moment a submission took effect, answered or not, until the order is terminal. Those that wait here, unsent, are among them,
    /// as <see cref="OrderStatus.Held"/>.</summary>
    public WorkingOrders WorkingOrders(InstrumentId instrument) => _blotter.Working(_strategy, instrument);

    /// <summary>The oldest live order of a side that the strategy's own wants brought about, not one of its configured exits; false when there is none.</summary>
    public bool TryWorking(InstrumentId instrument, Side side, out WorkingOrder order)
    {
        for (Order? live = _blotter.First(instrument); live is not null; live = live.Next)
        {
            if (live.Side != side || live.Strategy != _strategy || live.Origin >= OrderOrigin.Exit) continue;
            order = WorkingOrder.Of(live);
            return true;
        }
        order = default;
        return false;
    }

    /// <summary>False when the order is not live (yet, or any more).</summary>
    public bool TryOrder(ClientOrderId id, out WorkingOrder order)
    {
        bool isLive = _blotter.TryFind(id, out Order? found) && found.Strategy == _strategy;
        order = isLive ? WorkingOrder.Of(found!) : default;
        return isLive;
    }

    /// <summary>Tape quantity ahead of a live order in its queue, exact on market-by-order data, as far as the engine has seen the tape; None when the order is not live or its
    /// place is not known (yet).</summary>
    public Quantity QueueAhead(ClientOrderId order) =>
        _blotter.TryFind(order, out Order? found) && found.Strategy == _strategy ? _queue.Ahead(found) : Quantity.None;

    /// <summary>Asks for an order. It is judged and sent after the callback; a refusal comes back as <see cref="Strategy.OnOrder"/>.</summary>
    /// <returns>The order's name, at once.</returns>
    public ClientOrderId Submit(in OrderIntent intent)
    {
        ClientOrderId id = _ids.Next();
        Add(new Want(WantKind.Submit, id, intent));
        return id;
    }

    /// <summary>Asks for an entry together with its exits. They wait until the entry fills, and end with it where it ends without a fill. All of them are judged before any is sent: one
    /// that is refused takes the others along (<see cref="ReasonCode.ListDone"/>).</summary>
    /// <returns>The orders' names, at once.</returns>
    /// <exception cref="ArgumentException">It has neither a stop-loss nor a take-profit.</exception>
    public BracketIds SubmitBracket(in Bracket bracket)
    {
        if (!bracket.HasStopLoss && !bracket.HasTakeProfit) throw new ArgumentException("A bracket has a stop-loss, a take-profit, or both.", nameof(bracket));
        ClientOrderId entry = _ids.Next();
        ClientOrderId stopLoss = bracket.HasStopLoss ? _ids.Next() : ClientOrderId.None;
        ClientOrderId takeProfit = bracket.HasTakeProfit ? _ids.Next() : ClientOrderId.None;
        Add(new Want(WantKind.Submit, entry, bracket.Entry) { ListId = entry.Low, Contingency = Contingency.OneTriggersOther });
        if (bracket.HasStopLoss) Add(new Want(WantKind.Submit, stopLoss, bracket.StopLossIntent) { ListId = entry.Low, Contingency = Contingency.OneUpdatesOther });
        if (bracket.HasTakeProfit) Add(new Want(WantKind.Submit, takeProfit, bracket.TakeProfitIntent) { ListId = entry.Low, Contingency = Contingency.OneUpdatesOther });
        return new BracketIds(entry, stopLoss, takeProfit);
    }

    /// <summary>Asks for two orders of one instrument of which the first fill of one, and any other end of it, cancels the other. Both are judged before either is sent.</summary>
    /// <returns>The orders' names, at once.</returns>
    /// <exception cref="ArgumentException">They are of two instruments.</exception>
    public (ClientOrderId First, ClientOrderId Second) SubmitOneCancelsOther(in OrderIntent first, in OrderIntent second)
    {
        if (first.Instrument != second.Instrument) throw new ArgumentException("Orders that cancel each other are of one instrument.", nameof(second));
        (ClientOrderId First, ClientOrderId Second) ids = (_ids.Next(), _ids.Next());
        Add(new Want(WantKind.Submit, ids.First, first) { ListId = ids.First.Low, Contingency = Contingency.OneCancelsOther });
        Add(new Want(WantKind.Submit, ids.Second, second) { ListId = ids.First.Low, Contingency = Contingency.OneCancelsOther });
        return ids;
    }

    /// <summary>Asks for the end of an order after the callback. When it is not live (any more) that comes back as <see cref="Strategy.OnOrder"/>;
    /// asking again while a cancel is on its way does nothing.</summary>
    public void Cancel(ClientOrderId order) => Add(new Want(WantKind.Cancel, order, default));

    /// <summary>Asks for another price or quantity of a live order after the callback. The order keeps its name; it keeps its place in the queue only at the same price and with no
    /// more quantity. While an earlier request about it is unanswered it is refused.</summary>
    /// <param name="quantity">The whole new quantity, what is filled already included.</param>
    public void Replace(ClientOrderId order, Price price, Quantity quantity) =>
        Replace(order, new OrderChange { Price = price, Quantity = quantity });

    /// <summary>As the other; also for the trigger and the trail of an order that waits. What the change does not state stays.</summary>
    public void Replace(ClientOrderId order, in OrderChange change) => Add(new Want(WantKind.Replace, order, new OrderIntent(InstrumentId.None, Side.None, change.Quantity, change.Price)
    {
        TriggerPrice = change.TriggerPrice,
        TrailOffset = change.TrailOffset,
    }));

    /// <summary>From after the callback on the engine keeps quotes in the instrument as the ladder says, until it is replaced by another or withdrawn. Refused
    /// while orders of the strategy's own live in the instrument.</summary>
    /// <param name="ladder">Copied; an empty one pulls all quotes and stands.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="ArgumentException">It is measured from a fair value and has none.</exception>
    public void Quote(InstrumentId instrument, QuoteLadder ladder)
    {
        RequireDefined(instrument);
        if (ladder.NeedsFairValue) throw new ArgumentException("A ladder that is measured from the strategy's own fair value states one.", nameof(ladder));
        _ladders.Of(instrument).Wanted.CopyFrom(ladder);
        AddStanding(WantKind.Quote, instrument);
    }

    /// <summary>Ends the instrument's ladder after the callback: its quotes are canceled, and orders of the strategy's own are possible once they are gone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public void WithdrawQuotes(InstrumentId instrument)
    {
        RequireDefined(instrument);
        AddStanding(WantKind.Withdraw, instrument);
    }

    /// <summary>From after the callback on the engine brings the position in the instrument to this one and keeps it there, until another is stated or it is withdrawn. Refused while
    /// a ladder or orders of the strategy's own live in the instrument; it takes the place of a signal.</summary>
    /// <param name="position">Signed. Where it is not whole lots away, the engine stops at the last whole lot before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="ArgumentException">No position is stated, or no urgency that there is.</exception>
    public void Target(InstrumentId instrument, Quantity position, TargetUrgency urgency = TargetUrgency.Immediate)
    {
        RequireDefined(instrument);
        if (position.IsNone) throw new ArgumentException("A target is a position; none is stated.", nameof(position));
        if (urgency > TargetUrgency.Passive) throw new ArgumentException($"There is no urgency {urgency}.", nameof(urgency));
        Targets.Of(instrument).Wanted = new TargetPosition(position, urgency);
        AddStanding(WantKind.Target, instrument);
    }

    /// <summary>Ends the instrument's target after the callback: its order is canceled, the position stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public void WithdrawTarget(InstrumentId instrument)
    {
        RequireDefined(instrument);
        AddStanding(WantKind.WithdrawTarget, instrument);
    }

    /// <summary>States what the strategy would hold, from after the callback until another signal is stated or it is withdrawn. On its own it is a target position of side × size, worked
    /// for immediately; a member of an aggregator only says it, and the aggregator trades.</summary>
    /// <param name="side">None: flat.</param>
    /// <param name="size">Above zero; does not matter where it is flat.</param>
    /// <param name="confidence">0 to 1; counts in an aggregator.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="ArgumentException">The size is not above zero, or the confidence not 0 to 1.</exception>
    public void Signal(InstrumentId instrument, Side side, Quantity size, double confidence = 1)
    {
        RequireDefined(instrument);
        bool isFlat = side == Side.None;
        if (!isFlat && side is not (Side.Buy or Side.Sell)) throw new ArgumentException($"A signal buys, sells or is flat; found {side}.", nameof(side));
        if (!isFlat && (!size.IsPositive || size.IsNone)) throw new ArgumentException($"A signal has a size above zero; found {(size.IsNone ? "none" : size)}.", nameof(size));
        if (!(confidence is >= 0 and <= 1)) throw new ArgumentException($"A confidence is 0 to 1; found {confidence}.", nameof(confidence));
        Signals.Of(instrument).Wanted = new Signal(side, isFlat ? Quantity.Zero : size, confidence);
        AddStanding(WantKind.Signal, instrument);
    }

    /// <summary>As the other, with the size that <see cref="Sizing"/> gives now × the confidence, rounded down to lots; where that is nothing, flat. It keeps its size until another is stated.</summary>
    /// <param name="side">None: flat.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    /// <exception cref="ArgumentException">The confidence is not 0 to 1, or the side no side.</exception>
    /// <exception cref="InvalidOperationException">No sizing is configured for the strategy.</exception>
    public void Signal(InstrumentId instrument, Side side, double confidence = 1)
    {
        RequireDefined(instrument);
        bool isSized = side is Side.Buy or Side.Sell && confidence is >= 0 and <= 1;
        Quantity size = isSized ? Sizing.QuantityFor(instrument, side, Price.None, confidence) : Quantity.Zero;
        if (isSized && size.IsZero) side = Side.None;
        Signal(instrument, side, size, confidence);
        Signals.Of(instrument).Wanted = Signals.Of(instrument).Wanted with { IsSized = true };
    }

    /// <summary>Ends the instrument's signal after the callback: what it alone wanted is no longer wanted, orders are canceled, the position stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public void WithdrawSignal(InstrumentId instrument)
    {
        RequireDefined(instrument);
        AddStanding(WantKind.WithdrawSignal, instrument);
    }

    /// <summary>The strategy's signal in force; false when there is none.</summary>
    public bool TrySignal(InstrumentId instrument, out Signal signal)
    {
        bool isStanding = Signals.Find(instrument) is { IsStanding: true };
        signal = isStanding ? Signals.Find(instrument)!.Signal : default;
        return isStanding;
    }

    /// <summary>Turns the kill switch on after the callback: all live orders of the account are canceled, and nothing but cancels leaves any more.</summary>
    public void Kill() => Kill(new KillIntent());

    /// <summary>As the other, of what is said: the account, the strategy's own doings, an instrument. It stays so until an operator says otherwise, and why.</summary>
    public void Kill(in KillIntent intent)
    {
        if (!intent.Instrument.IsNone) RequireDefined(intent.Instrument);
        _kills.Add(intent);
        Add(new Want(WantKind.Kill, ClientOrderId.None, default) { ListId = (ulong)_kills.Count });
    }

    /// <summary>Wakes the strategy once at a time, or with the next input when that time has passed.</summary>
    public void SetTimer(Timestamp due, ulong tag) => Timers.Set(due, Duration.Zero, tag);

    /// <summary>Wakes the strategy every <paramref name="period"/>, first one period from now. Where nobody could wake it in time it comes once and says how many were missed.</summary>
    /// <param name="aligned">True: at whole multiples of the period since 1970 in UTC, first at the next one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is not above zero.</exception>
    public void SetPeriodicTimer(Duration period, ulong tag, bool aligned = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period.Nanos, nameof(period));
        Timers.Set(aligned ? Clock.NextMultipleOf(period) : Clock + period, period, tag);
    }

    /// <summary>Wakes the strategy in each trading session at a moment of it + <paramref name="offset"/>, first at the next such time that is not past: now counts. Where nobody could wake it
    /// in time it comes once and says how many sessions were missed.</summary>
    /// <param name="offset">Below zero: before the moment.</param>
    /// <exception cref="ArgumentOutOfRangeException">The point is no moment.</exception>
    public void SetSessionTimer(SessionPoint point, Duration offset, ulong tag)
    {
        if (point is not (SessionPoint.Open or SessionPoint.Close)) throw new ArgumentOutOfRangeException(nameof(point), point, "A session timer is set to the open or to the close.");
        Timers.SetSession(point, offset, Clock, tag);
    }

    /// <summary>Ends all timers with this tag.</summary>
    public void ClearTimers(ulong tag) => Timers.Clear(tag);

    /// <summary>Adds a point to a curve of this strategy's own, at the clock; takes effect at once. A value that is not finite is skipped. Curves of one name of several
    /// strategies are shown together.</summary>
    /// <param name="name">Cut to 32 bytes. A strategy has at most 64 curves a run: points of further ones are counted and left out.</param>
    public void Plot(string name, double value) => Notes.Plot(name, value);

    /// <summary>Puts a remark at the clock, at the instrument's mid; takes effect at once. At most 100,000 a run: further ones are counted and left out.</summary>
    /// <param name="instrument">One that is not defined counts as none.</param>
    /// <param name="text">Cut to 256 bytes.</param>
    public void Annotate(InstrumentId instrument, string text) => Notes.Annotate(instrument, text);

    /// <summary>Puts a remark at the clock, about no instrument; otherwise the same.</summary>
    public void Annotate(string text) => Notes.Annotate(InstrumentId.None, text);

    /// <summary>Writes a record into the run's log; takes effect at once: it stays when the callback fails. At most 100,000 a run: further ones are counted and left out.</summary>
    /// <param name="message">Cut to 256 bytes, 512 without fields.</param>
    /// <param name="fields">Named values: <c>("spread", 2.5), ("side", "buy")</c>. Together with the message they have 512 bytes (<see cref="LogEvent"/>): a text is cut where they end, any
    /// other field is left out.</param>
    public void Log(LogLevel level, string message, params ReadOnlySpan<LogField> fields) => Notes.Log(level, message, fields);

    /// <summary>How large a position is to be, by <c>[strategy.sizing]</c>.</summary>
    public PositionSizer Sizing { get; }

    internal StrategyNotes Notes { get; }

    internal Holdings Holdings => _holdings;

    internal TimerQueue Timers { get; }

    internal BarSubscriptions BarSubscriptions { get; } = new();

    /// <summary>OnStart runs.</summary>
    internal bool IsStarting { get; set; }

    internal Timestamp WarmUntil { get; set; } = Timestamp.Earliest;

    internal SeriesStore Series { get; init; } = new();

    internal FeaturePipeline Pipeline { get; init; } = null!;      // the engine states it

    /// <summary>All that the strategy asked for by name is known of the instrument, or once was.</summary>
    /// <param name="known">Of those that are not known yet: none is counted twice.</param>
    internal bool HasFeatures(InstrumentId instrument, out int asked, out int known)
    {
        (asked, known) = (_askedFeatures.Count, 0);
        if (asked == 0 || instrument.IsNone || _hadFeatures.Contains(instrument)) return true;
        FeatureVector vector = Pipeline[instrument];
        foreach (FeatureHandle feature in _askedFeatures)
            if (vector.IsReady(feature)) known++;
        return known == asked && _hadFeatures.Add(instrument);
    }

    /// <summary>A name for an order that the engine makes for the strategy.</summary>
    internal ClientOrderId NextId() => _ids.Next();

    /// <summary>Ladders by instrument; null where there never was one.</summary>
    internal ReadOnlySpan<StandingLadder?> Ladders => _ladders.All;

    internal StandingLadder? Ladder(InstrumentId instrument) => _ladders.Find(instrument);

    internal StandingWants<StandingTarget> Targets { get; } = new(static instrument => new StandingTarget(instrument));

    internal StandingWants<StandingSignal> Signals { get; } = new(static _ => new StandingSignal());

    internal ReadOnlySpan<Want> Wants => _wants.AsSpan(0, WantCount);

    internal int WantCount { get; private set; }

    internal void ClearWants()
    {
        WantCount = 0;
        _kills.Clear();
    }

    /// <summary>What a want to kill says.</summary>
    internal KillIntent KillOf(in Want want) => _kills[(int)want.ListId - 1];

    private FeatureHandle Asked(FeatureHandle feature)
    {
        if (!_askedFeatures.Contains(feature)) _askedFeatures.Add(feature);
        return feature;
    }

    /// <summary>A mistake of the strategy's, which halts it; further in it would look like a broken law of ours, which stops the engine.</summary>
    private void RequireDefined(InstrumentId instrument)
    {
        if (!IsDefined(instrument)) throw new ArgumentOutOfRangeException(nameof(instrument), instrument, "The instrument has not been defined.");
    }

    /// <summary>What exactly is to stand, or was, is kept by instrument.</summary>
    private void AddStanding(WantKind kind, InstrumentId instrument) => Add(new Want(kind, ClientOrderId.None, new OrderIntent(instrument, Side.None, Quantity.None, Price.None)));

    private void RequireStarting()
    {
        if (!IsStarting) throw new InvalidOperationException("Bars are subscribed to in OnStart, for all instruments or for one.");
    }

    private void Add(in Want want)
    {
        if (WantCount == _wants.Length) Array.Resize(ref _wants, WantCount * 2);
        _wants[WantCount++] = want;
    }
}
