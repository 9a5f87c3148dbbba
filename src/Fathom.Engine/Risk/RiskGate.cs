using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk.Adjust;
using Fathom.Engine.Risk.Limits;
using Fathom.Market.Books;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk;

/// <summary>
/// Judges each command in the step in which it leaves: the only place that makes an <see cref="ApprovedCommand"/>. Positions are judged at their
/// worst: what is held, by the strategy and by the whole account with its external part, plus every live order of the same side filled (those that the venue has
/// not answered included), plus this one. A replacement is judged like a new order that takes the place of its old self: until the venue has answered either may
/// fill, so that the larger of the two counts.
/// Cancels only ever make that smaller and are never refused.
/// </summary>
/// <remarks>Rules are looked at in the order of <see cref="RiskRule"/>; the first that refuses gives the reason. An order that can only reduce passes over the limits of position, money and live orders, and
/// is never refused for a rate.</remarks>
public sealed partial class RiskGate
{
    private readonly RiskLimits _limits;
    private readonly Instruments _instruments;
    private readonly OrderBlotter _blotter;
    private readonly Account _account;
    private readonly WorstPositions _positions;
    private readonly ScopeTable _scopes;
    private readonly ExposureSums? _sums;
    private readonly MoneyLimits? _money;
    private readonly PriceCollar _collar;
    private readonly TradingWindow _window;
    private readonly OrderSize _size;
    private readonly DuplicateGuard? _duplicates;
    private readonly TrafficLimits _traffic;
    private readonly MarginLimit? _margin;
    private readonly bool _canSendReduceOnly;
    private readonly Duration _lifetime;
    private AdaptiveLimits? _adaptive;
    private long _approvals;

    /// <summary>A gate that judges by the state of these, which others write.</summary>
    /// <param name="features">What the venue does by itself.</param>
    /// <param name="commandLifetime">How long a venue may act on a command; zero: for ever.</param>
    /// <param name="books">Know the last trades; null where no collar is measured from them.</param>
    /// <param name="calendar">When sessions are; null where nothing is limited to them.</param>
    /// <param name="owners">Names of the strategies, by number, for limits of single ones.</param>
    /// <param name="measures">Of the account; null: nothing is held to margin.</param>
    public RiskGate(
        RiskLimits limits, Instruments instruments, OrderBlotter blotter, Account account, VenueFeatures features = VenueFeatures.All, Duration commandLifetime = default,
        BookSet? books = null, SessionCalendar? calendar = null, IReadOnlyList<string>? owners = null, RiskMeasures? measures = null)
    {
        _lifetime = commandLifetime;
        Modes = new TradingModes(account.StrategyCount);
        _canSendReduceOnly = (features & VenueFeatures.ReduceOnly) != 0;
        _limits = limits;
        _instruments = instruments;
        _blotter = blotter;
        _account = account;
        _positions = new WorstPositions(account, blotter.Exposure);
        _scopes = new ScopeTable(limits, instruments, account, owners ?? []);
        bool needsSums = _scopes.HasOrderNotional || limits.Products.Count > 0 || limits.Groups.Count > 0 || _scopes.Any(static scope => scope.HasExposure || scope.OpenOrdersMax is not null);
        _sums = needsSums ? new ExposureSums(account, blotter.Exposure, _positions, _scopes) : null;
        _money = MoneyLimits.Of(_scopes, _sums, _positions, account);
        _collar = new PriceCollar(limits, account, books);
        _window = new TradingWindow(limits, instruments, calendar, keepsTime: (features & VenueFeatures.Expiry) == 0);
        _size = new OrderSize(account, _sums, _positions);
        _duplicates = limits.DuplicateWindow > Duration.Zero ? new DuplicateGuard(limits.DuplicateWindow) : null;
        _traffic = new TrafficLimits(_scopes, _sums, _positions, account);
        _margin = MarginLimit.Of(measures, account);
    }

    public KillSwitch KillSwitch { get; } = new();

    /// <summary>Who may trade, and who may only reduce.</summary>
    public TradingModes Modes { get; }

    /// <summary>Null where states are not judged.</summary>
    internal PositionStates? States { get; set; }

    /// <summary>Null where limits are as they were stated.</summary>
    internal AdaptiveLimits? Adaptive
    {
        get => _adaptive;
        set
        {
            _adaptive = value;
            if (_money is not null) _money.Adaptive = value;
        }
    }

    internal RiskLimits Limits => _limits;

    /// <summary>Null where no limit in money is stated.</summary>
    internal MoneyLimits? Money => _money;

    /// <summary>What is done about an order that would meet another one of the same account.</summary>
    internal SelfMatch SelfMatch => _limits.SelfMatch;

    /// <summary>Judges a new order or the replacement of a live one.</summary>
    /// <param name="command">A reduce-only order's quantity is cut to the position, and its flag taken off where the venue could not judge by it.</param>
    /// <param name="replaced">What is reserved for the order that is replaced; zero for a new order.</param>
    /// <param name="isChild">A new order that waits at the venue for another one's fill.</param>
    /// <param name="isQuote">A ladder's: its quotes keep out of each other's way by themselves.</param>
    /// <param name="isReleased">It waited here, and was judged by the time in force that was asked for when it came.</param>
    /// <returns>The approved command, to be sent in this step, or the refusal: exactly one of them.</returns>
    public Refusal Judge(ref OrderCommand command, Quantity replaced, out ApprovedCommand approved, bool isChild = false, bool isQuote = false, bool isReleased = false)
    {
        bool isNew = command.Kind == CommandKind.Submit;
        Invariant.Require(isNew ? replaced.IsZero : command.Kind == CommandKind.Replace, "a judged command submits an order or replaces one");
        Refusal refusal = Check(ref command, replaced.Nanos, isChild, isQuote, isReleased: isReleased);
        if (!refusal.IsNone)
        {
            approved = default;
            return refusal;
        }
        if (isNew) _duplicates?.Note(in command);
        approved = Approve(ref command);
        return refusal;
    }

    /// <summary>What <see cref="Judge"/> would say now, with nothing approved.</summary>
    public Refusal Review(OrderCommand command, bool isChild = false, bool isQuote = false) => Check(ref command, Replaced(in command)?.Leaves.Nanos ?? 0, isChild, isQuote);

    /// <summary>Judges an order that stays here for now by what can be said before it leaves: the kill switch, its instrument, terms and conditions.</summary>
    /// <param name="order">The one that is to be replaced; null for a new order.</param>
    public Refusal ReviewTerms(in OrderCommand command, Order? order = null)
    {
        Refusal refusal = CheckInstrument(in command, explained: null);
        if (refusal.IsNone) refusal = CheckTerms(in command, order, explained: null);
        if (refusal.IsNone) refusal = _window.CheckTimeInForce(in command, isFree: command.IsReduceOnly, explained: null);
        return refusal.IsNone ? OrderSize.CheckQuantity(in command, _scopes.Of(command.Header.Instrument), explained: null) : refusal;
    }

    /// <summary>The venue can judge a reduce-only order that enters later than it is sent.</summary>
    internal bool SendsReduceOnlyLater(in OrderCommand command) => SendsReduceOnly(in command, null, isWaiting: true);

    /// <summary>The oldest live order of the account that the command would meet; null when there is none. What was asked to end, and what cannot rest, is gone when the command arrives.</summary>
    internal Order? FirstMet(in OrderCommand command, bool isQuote = false)
    {
        Price best = Price.None;
        if (command.Price.IsNone && _account.TryMarket(command.Header.Instrument, out Price bid, out Price ask)) best = command.Side == Side.Buy ? ask : bid;
        Price reach = command.Price.IsNone ? best : command.Price;
        for (Order? order = _blotter.First(command.Header.Instrument); order is not null; order = order.Next)
        {
            bool isThere = !order.IsHere && !order.IsCancelSent && !order.IsWaiting && !order.IsDormant && order.CanRest && !HasLiveParent(order) && !IsSpent(order);
            bool isSisterQuote = isQuote && order.Origin == OrderOrigin.Ladder && order.Strategy == command.Output.Strategy;
            if (!isThere || isSisterQuote || order.Side != command.Side.Opposite() || order.Id == command.ClientOrderId) continue;
            if (reach.IsNone || (command.Side == Side.Buy ? order.WantedPrice <= reach : order.WantedPrice >= reach)) return order;
        }
        return null;
    }

    /// <summary>A reduce-only order with nothing left to reduce: the venue has ended it, though the report is still to come.</summary>
    private bool IsSpent(Order order) => order.IsReduceOnly && !order.IsReductionWatched && RoomToReduce(order.Strategy, order.Instrument, order.Side) <= 0;

    /// <summary>A child at a venue that keeps its list: how much of it stands in the book, if anything, is the venue's to know, and to judge.</summary>
    private bool HasLiveParent(Order order)
    {
        if (order.ListId == 0 || order.List is not null || order.Contingency == Contingency.OneTriggersOther) return false;
        for (Order? other = _blotter.First(order.Instrument); other is not null; other = other.Next)
            if (other.ListId == order.ListId && other.Contingency == Contingency.OneTriggersOther) return true;
        return false;
    }

    /// <summary>Passes a cancel.</summary>
    public ApprovedCommand PassCancel(ref OrderCommand command)
    {
        Invariant.Require(command.Kind == CommandKind.Cancel, "only a cancel passes without judgement");
        return Approve(ref command);
    }

    /// <summary>Passes a question to the venue: it changes nothing.</summary>
    public ApprovedCommand PassQuestion(ref OrderCommand command)
    {
        Invariant.Require(command.Kind is CommandKind.Query or CommandKind.Snapshot, "only a question passes without judgement");
        return Approve(ref command);
    }

    private ApprovedCommand Approve(ref OrderCommand command)
    {
        command.Approval = ++_approvals;
        if (command.Kind <= CommandKind.Replace) NoteTraffic(in command);
        if (_lifetime > Duration.Zero && command.Kind <= CommandKind.Replace) command.ValidUntil = command.Header.EventTime + _lifetime;
        return new ApprovedCommand(command);
    }

    private void NoteTraffic(in OrderCommand command)
    {
        if (_traffic.IsCounted) _traffic.Note(in command, _instruments.Contains(command.Header.Instrument) ? _scopes.Of(command.Header.Instrument) : null);
    }

    /// <param name="explained">Takes the verdict of every rule; then nothing is refused but what leaves nothing to look at.</param>
    private Refusal Check(ref OrderCommand command, long replaced, bool isChild, bool isQuote, List<RuleVerdict>? explained = null, bool isReleased = false)
    {
        Refusal refusal = CheckInstrument(in command, explained);
        if (!refusal.IsNone) return refusal;
        Order? order = Replaced(in command);
        refusal = CheckTerms(in command, order, explained);
        if (!refusal.IsNone) return refusal;

        bool isReduceOnly = order?.IsReduceOnly ?? command.IsReduceOnly, isWayOut = isReduceOnly && explained is null;      // it is never too much
        bool isWaiting = order is null ? isChild || command.Type.HasTrigger() : order.IsWaiting || order.IsDormant;
        if (isReduceOnly)
        {
            if (!isWaiting) refusal = CutToPosition(ref command, order, explained);
            if (refusal.IsNone && !SendsReduceOnly(in command, order, isWaiting)) command.Flags &= ~OrderFlags.ReduceOnly;
        }
        if (refusal.IsNone) refusal = _window.Check(in command, isReduceOnly, isReleased, explained);
        if (refusal.IsNone && !isWayOut) refusal = CheckMode(in command, order, replaced, explained);
        if (refusal.IsNone && !isWayOut && States is not null) refusal = CheckState(in command, order, replaced, explained);
        if (refusal.IsNone && _duplicates is not null && order is null && !isReduceOnly) refusal = CheckDuplicate(in command, explained);
        ScopeTable.OfInstrument of = _scopes.Of(command.Header.Instrument);
        if (refusal.IsNone && of.CollarBps != 0 && !IsLiquidation(in command)) refusal = _collar.Check(in command, of.CollarBps, explained);
        if (refusal.IsNone && !isWaiting && _limits.SelfMatch == SelfMatch.Refuse) refusal = CheckSelfMatch(in command, isQuote, explained);
        if (explained is not null && !command.Quantity.IsPositive) return refusal;      // nothing to count by
        long added = Added(in command, order, replaced);
        if (refusal.IsNone) refusal = isReduceOnly ? OrderSize.CheckQuantity(in command, of, explained) : _size.Check(in command, of, added, explained);
        if (refusal.IsNone && !isWayOut) refusal = CheckLimits(in command, of, added, explained);
        return refusal;
    }

    /// <summary>It has a floor of its own, within the collar of the mid: what the collar is measured from otherwise is no use in a crash.</summary>
    private static bool IsLiquidation(in OrderCommand command) => command.IsReduceOnly && command.Reason == ReasonCode.Liquidation;

    /// <summary>Largest quantity of one order in an instrument; None for any.</summary>
    internal Quantity QuantityMax(InstrumentId instrument) => new(_scopes.Of(instrument).QuantityMax);

    /// <summary>Width of the collar in an instrument, 1/10,000; 0 for none.</summary>
    internal int CollarBps(InstrumentId instrument) => _scopes.Of(instrument).CollarBps;

    private Refusal CheckInstrument(in OrderCommand command, List<RuleVerdict>? explained)
    {
        InstrumentId instrument = command.Header.Instrument;
        Refusal off = KillSwitch.Judge(in command);
        if (!off.IsNone || explained is not null)
        {
            Refusal killed = RuleVerdict.Say(explained, RiskRule.KillSwitch, off.IsNone ? RiskScope.Account : off.Scope, off.IsNone, off.Limit, off.Found);
            if (!killed.IsNone) return killed;
        }
        if (!_instruments.Contains(instrument) || explained is not null)
        {
            Refusal unknown = RuleVerdict.Say(explained, RiskRule.Instrument, RiskScope.Order, _instruments.Contains(instrument), _instruments.Count - 1, instrument.Index);
            if (!_instruments.Contains(instrument)) return explained is null ? unknown : new Refusal(ReasonCode.UnknownInstrument, _instruments.Count - 1, instrument.Index, RiskScope.Order);
        }
        bool isSupported = _account.Terms(instrument).IsSupported;
        return isSupported && explained is null ? Refusal.None : RuleVerdict.Say(explained, RiskRule.Terms, RiskScope.Order, isSupported, 0, instrument.Index);
    }

    /// <param name="order">The one that is to be replaced; null for a new order.</param>
    private Refusal CheckTerms(in OrderCommand command, Order? order, List<RuleVerdict>? explained)
    {
        ref readonly InstrumentDefinition definition = ref _instruments[command.Header.Instrument];
        Refusal refusal = CheckPrice(in command, definition.Tick, explained);
        if (refusal.IsNone) refusal = CheckConditions(in command, order, definition.Tick, explained);
        return refusal.IsNone ? CheckQuantity(in command, order, definition.Lot, explained) : refusal;
    }

    private static Refusal CheckConditions(in OrderCommand command, Order? order, Price tick, List<RuleVerdict>? explained)
    {
        Refusal refusal = OrderConditions.Check(in command, order, tick);
        return refusal.IsNone && explained is null ? refusal : RuleVerdict.Say(explained, RiskRule.Conditions, RiskScope.Order, refusal.IsNone, refusal.Limit, refusal.Found);
    }

    private Order? Replaced(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Submit) return null;
        bool isLive = _blotter.TryFind(command.ClientOrderId, out Order? order);
        Invariant.Require(isLive && order!.Side == command.Side && order.Instrument == command.Header.Instrument, "a replacement is of a live order, on its side of its instrument");
        return order;
    }

    private static Refusal CheckPrice(in OrderCommand command, Price tick, List<RuleVerdict>? explained)
    {
        bool needsPrice = command.Type is OrderType.Limit or OrderType.StopLimit;
        bool isOff = command.Price.IsNone ? needsPrice : tick.Nanos > 0 && command.Price.Nanos % tick.Nanos != 0;
        return isOff || explained is not null ? RuleVerdict.Say(explained, RiskRule.Tick, RiskScope.Order, !isOff, tick.Nanos, command.Price.IsNone ? 0 : command.Price.Nanos) : Refusal.None;
    }

    private Refusal CheckQuantity(in OrderCommand command, Order? order, Quantity lot, List<RuleVerdict>? explained)
    {
        long quantity = command.Quantity.IsNone ? 0 : command.Quantity.Nanos;
        bool isPositive = quantity > 0 && command.Side is Side.Buy or Side.Sell;
        if (!isPositive || explained is not null)
        {
            Refusal refusal = RuleVerdict.Say(explained, RiskRule.QuantityPositive, RiskScope.Order, isPositive, 1, quantity);
            if (!refusal.IsNone) return refusal;
        }
        bool isOff = lot.IsPositive && quantity % lot.Nanos != 0 && !EndsPosition(in command, order);
        return isOff || explained is not null ? RuleVerdict.Say(explained, RiskRule.Lot, RiskScope.Order, !isOff, lot.Nanos, quantity) : Refusal.None;
    }

    // ---- reduce-only

    /// <summary>What the strategy's own position leaves an order of that side to reduce, units of 1e-9; zero or below for nothing.</summary>
    internal long RoomToReduce(int strategy, InstrumentId instrument, Side side) => _positions.Room(strategy, instrument, side);

    /// <summary>A position that is no whole number of lots has to be closable.</summary>
    private bool EndsPosition(in OrderCommand command, Order? order) =>
        (order?.IsReduceOnly ?? command.IsReduceOnly) &&
        command.Quantity.Nanos - (order?.Cumulative.Nanos ?? 0) == RoomToReduce(command.Output.Strategy, command.Header.Instrument, command.Side);

    private Refusal CutToPosition(ref OrderCommand command, Order? order, List<RuleVerdict>? explained)
    {
        long room = RoomToReduce(command.Output.Strategy, command.Header.Instrument, command.Side), filled = order?.Cumulative.Nanos ?? 0;
        if (room <= 0 || explained is not null)
        {
            Refusal refusal = RuleVerdict.Say(explained, RiskRule.ReduceOnly, RiskScope.StrategyInstrument, room > 0, Math.Max(room, 0), command.Quantity.Nanos);
            if (room <= 0) return refusal;
        }
        if (command.Quantity.Nanos - filled > room) command.Quantity = new Quantity(filled + room);
        return Refusal.None;
    }

    /// <summary>The venue judges by the account's position. Where that is not the strategy's own it may be another when it comes to it: then only an order that is over at once can
    /// be left to it, and only while the account shrinks by it.</summary>
    private bool SendsReduceOnly(in OrderCommand command, Order? order, bool isWaiting)
    {
        if (!_canSendReduceOnly) return false;
        if (order is not null) return !order.IsReductionWatched;
        if (_account.StrategyCount == 1 && _account.External.Fills == 0) return true;
        bool isOverAtOnce = !isWaiting && (command.Type == OrderType.Market || command.TimeInForce.IsImmediate());
        return isOverAtOnce && -command.Side.Sign() * _account.Held(command.Header.Instrument) >= command.Quantity.Nanos;
    }

    /// <summary>While a strategy may only reduce: with everything filled that is live on its side, the command makes its own position smaller, or flat.</summary>
    private Refusal CheckMode(in OrderCommand command, Order? order, long replaced, List<RuleVerdict>? explained)
    {
        int strategy = command.Output.Strategy;
        bool isFree = Modes.Of(strategy) == TradingMode.Normal;
        if (isFree && explained is null) return Refusal.None;
        bool reduces = Reduces(in command, order, replaced, out Int128 worst, out long room);
        return RuleVerdict.Say(explained, RiskRule.TradingMode, Modes.IsReconciled ? RiskScope.Strategy : RiskScope.Account, isFree || reduces, room, worst);
    }

    /// <summary>With everything filled that is live on its side, the command makes the strategy's own position smaller, or flat; or it makes a live order smaller.</summary>
    /// <param name="worst">What would be live on its side, units of 1e-9.</param>
    /// <param name="room">What there is to reduce, in the same unit.</param>
    private bool Reduces(in OrderCommand command, Order? order, long replaced, out Int128 worst, out long room)
    {
        int strategy = command.Output.Strategy;
        bool isSmaller = order is not null && command.Quantity.Nanos - order.Cumulative.Nanos < replaced;
        room = Math.Max(RoomToReduce(strategy, command.Header.Instrument, command.Side), 0);
        worst = (Int128)_blotter.Exposure[strategy, command.Header.Instrument, command.Side].Nanos +
            _blotter.Exposure.Reducing(strategy, command.Header.Instrument, command.Side).Nanos + Added(in command, order, replaced);
        return isSmaller || worst <= room;
    }

    /// <summary>From critical on only what reduces passes.</summary>
    private Refusal CheckState(in OrderCommand command, Order? order, long replaced, List<RuleVerdict>? explained)
    {
        int strategy = command.Output.Strategy;
        bool mayEnlarge = States!.Of(strategy, command.Header.Instrument) < PositionState.Critical;
        if (mayEnlarge && explained is null) return Refusal.None;
        Refusal why = Adjuster.Why(States.Worst(strategy, command.Header.Instrument));
        return RuleVerdict.Say(explained, RiskRule.State, why.Scope, mayEnlarge || Reduces(in command, order, replaced, out _, out _), why.Limit, why.Found);
    }

    private Refusal CheckDuplicate(in OrderCommand command, List<RuleVerdict>? explained)
    {
        Timestamp last = _duplicates!.Last(in command);
        if (last.IsNone && explained is null) return Refusal.None;
        long since = last.IsNone ? 0 : (command.Header.EventTime - last).Nanos;
        return RuleVerdict.Say(explained, RiskRule.Duplicate, RiskScope.StrategyInstrument, last.IsNone, _limits.DuplicateWindow.Nanos, since);
    }

    private Refusal CheckSelfMatch(in OrderCommand command, bool isQuote, List<RuleVerdict>? explained)
    {
        Order? met = FirstMet(in command, isQuote);
        if (met is null && explained is null) return Refusal.None;
        return RuleVerdict.Say(explained, RiskRule.SelfMatch, RiskScope.Instrument, met is null, met?.WantedPrice.Nanos ?? 0, command.Price.IsNone ? 0 : command.Price.Nanos);
    }

    // ---- limits

    private Refusal CheckLimits(in OrderCommand command, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        Terms terms = _account.Terms(command.Header.Instrument);
        Refusal refusal = CheckPosition(in command, terms, of, added, explained);
        if (refusal.IsNone && _money is not null) refusal = _money.Check(in command, terms, added, of, explained);
        if (refusal.IsNone && _margin is not null) refusal = CheckMargin(in command, added, explained);
        return refusal.IsNone && _traffic.IsCounted ? _traffic.Check(in command, of, added, explained) : refusal;
    }

    private Refusal CheckMargin(in OrderCommand command, long added, List<RuleVerdict>? explained)
    {
        Refusal refusal = _margin!.CheckOrder(in command, added, out Int128 free, out Int128 initial);
        RiskRule rule = refusal.Reason switch { ReasonCode.UnsupportedInstrument => RiskRule.CurrencyRate, ReasonCode.NoReferencePrice => RiskRule.Mark, _ => RiskRule.Margin };
        if (rule == RiskRule.Margin) return RuleVerdict.Say(explained, rule, RiskScope.Account, refusal.IsNone, free, initial);
        return RuleVerdict.Say(explained, rule, RiskScope.Account, _positions.OnlyReduces(in command, command.Output.Strategy, added), refusal.Limit, refusal.Found);
    }

    /// <summary>By how much the reservation of the command's side grows: by what the order may fill, as far as that is more than what it reserves already.</summary>
    private static long Added(in OrderCommand command, Order? order, long replaced) =>
        order is null ? command.Quantity.Nanos : Math.Max(command.Quantity.Nanos - order.Cumulative.Nanos - replaced, 0);

    private Refusal CheckPosition(in OrderCommand command, Terms terms, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        InstrumentId instrument = command.Header.Instrument;
        int strategy = command.Output.Strategy;
        Refresh(instrument);
        Int128 ofStrategy = Worst(strategy, instrument, command.Side) + added, ofAccount = Worst(WorstPositions.WholeAccount, instrument, command.Side) + added;
        Int128 worst = Int128.Max(ofStrategy, ofAccount);
        Refusal refusal = Refusal.None;
        if (terms.IsTooLarge(worst) || explained is not null)
            refusal = RuleVerdict.Say(explained, RiskRule.NumericRange, ofStrategy >= ofAccount ? RiskScope.StrategyInstrument : RiskScope.Instrument, !terms.IsTooLarge(worst), Terms.SizeMax, terms.SizeOf(worst));
        if (refusal.IsNone) refusal = CheckPosition(RiskScope.StrategyInstrument, Tightened(_scopes.PositionMax(strategy, of), instrument), ofStrategy, explained);
        if (refusal.IsNone) refusal = CheckPosition(RiskScope.Instrument, Tightened(_scopes.PositionMax(of), instrument), ofAccount, explained);
        return refusal.IsNone && of.HasSummedPosition ? CheckSummedPositions(in command, of, added, explained) : refusal;
    }

    /// <summary>To be called before <see cref="Worst"/> is asked of an instrument.</summary>
    internal void Refresh(InstrumentId instrument) => _sums?.RefreshFor(instrument);

    /// <summary>As <see cref="WorstPositions.Of"/>; where sums are kept it stands there already.</summary>
    internal Int128 Worst(int owner, InstrumentId instrument, Side side)
    {
        if (_sums is null) return _positions.Of(owner, instrument, side);
        ref readonly ExposureSums.Cell cell = ref _sums.Of(owner, instrument);
        return side == Side.Buy ? cell.LongUnits : cell.ShortUnits;
    }

    private static Refusal CheckPosition(RiskScope scope, Int128 max, Int128 found, List<RuleVerdict>? explained)
    {
        if (found <= max && (explained is null || max == Quantity.None.Nanos)) return Refusal.None;
        return RuleVerdict.Say(explained, RiskRule.Position, scope, found <= max, max, found);
    }

    /// <summary>Positions of products: over instruments, each with its sign. A way out of one of them is not barred by what the others are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckSummedPositions(in OrderCommand command, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        _sums!.Refresh();
        foreach (ScopeState scope in of.Scopes)
        {
            if (scope.Scope == RiskScope.Instrument || scope.Limits.PositionMax.IsNone) continue;
            Int128 found = (command.Side == Side.Buy ? scope.LongUnits : scope.ShortUnits) + added;
            Int128 max = Tightened(scope.PositionMax, command.Header.Instrument);
            bool isPassed = found <= max || _positions.OnlyReduces(in command, scope.Owner, added);
            Refusal refusal = RuleVerdict.Say(explained, RiskRule.Position, scope.Scope, isPassed, max, found);
            if (!refusal.IsNone) return refusal;
        }
        return Refusal.None;
    }

    /// <summary>Largest position of a strategy in an instrument, or for −1 of the account there, as it is in force; null for any.</summary>
    internal Int128? PositionMax(int owner, InstrumentId instrument)
    {
        Quantity stated = StatedPositionMax(owner, instrument);
        return stated.IsNone ? null : Tightened(stated.Nanos, instrument);
    }

    /// <summary>As <see cref="PositionMax"/>, as it was stated; None for any.</summary>
    internal Quantity StatedPositionMax(int owner, InstrumentId instrument)
    {
        ScopeTable.OfInstrument of = _scopes.Of(instrument);
        return new Quantity((long)(owner < 0 ? _scopes.PositionMax(of) : _scopes.PositionMax(owner, of)));
    }

    private Int128 Tightened(Int128 max, InstrumentId instrument) => _adaptive is null || max == Quantity.None.Nanos ? max : _adaptive.Tighten(max, instrument);

    /// <summary>Orders and replacements of the account that may leave within a window, and its length; null for any.</summary>
    internal OrderRate? OrderRateMax => _scopes.Account.Limits.OrderRateMax;

    /// <summary>Orders and replacements that left within the window that ends at this time; 0 where no rate is limited.</summary>
    internal int OrdersInWindow(Timestamp clock) => Recent?.CountAt(clock) ?? 0;

    private RecentOrders? Recent => _scopes.Account.Rates?.Orders;
}
