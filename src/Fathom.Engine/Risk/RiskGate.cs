using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk;

/// <summary>
/// Judges each command in the step in which it leaves: the only place that makes an <see cref="ApprovedCommand"/>. Positions are judged at their
/// worst: what is held, by the strategy and by the whole account with its external part, plus every live order of the same side filled (those that the venue has
/// not answered included), plus this one. A replacement is judged like a new order that takes the place of its old self: until the venue has answered either may
/// fill, so that the larger of the two counts.
/// Cancels only ever make that smaller and are never refused.
/// </summary>
/// <remarks>The first reason in this order is the one that is given: kill switch, instrument, price, conditions, quantity, nothing to reduce, collar, an order of the account's own that would be
/// met, numeric range and position, limits in money (rate, mark, day's loss, gross notional), order rate. An order that can only reduce passes over the limits of position and money.</remarks>
public sealed partial class RiskGate
{
    private readonly RiskLimits _limits;
    private readonly Instruments _instruments;
    private readonly OrderBlotter _blotter;
    private readonly Account _account;
    private readonly MoneyLimits? _money;
    private readonly MarginLimit? _margin;
    private readonly RecentOrders? _recent;
    private readonly long _quantityMax, _positionMax;
    private readonly int _collarBps;
    private readonly bool _canSendReduceOnly;
    private readonly Duration _lifetime;
    private long _approvals;

    /// <summary>A gate that judges by the state of these, which others write.</summary>
    /// <param name="features">What the venue does by itself.</param>
    /// <param name="commandLifetime">How long a venue may act on a command; zero: for ever.</param>
    /// <param name="measures">Of the account; null: nothing is held to margin.</param>
    public RiskGate(RiskLimits limits, Instruments instruments, OrderBlotter blotter, Account account, VenueFeatures features = VenueFeatures.All, Duration commandLifetime = default,
        RiskMeasures? measures = null)
    {
        _lifetime = commandLifetime;
        Modes = new TradingModes(account.StrategyCount);
        _canSendReduceOnly = (features & VenueFeatures.ReduceOnly) != 0;
        _limits = limits;
        _instruments = instruments;
        _blotter = blotter;
        _account = account;
        _money = MoneyLimits.Of(limits, blotter.Exposure, account);
        _margin = MarginLimit.Of(measures, account);
        _recent = limits.OrderRateMax is { } rate ? new RecentOrders(rate) : null;
        _quantityMax = limits.QuantityMax.Nanos;      // "None" is the largest number
        _positionMax = limits.PositionMax.Nanos;
        _collarBps = limits.PriceCollarBps ?? 0;
    }

    public KillSwitch KillSwitch { get; } = new();

    /// <summary>Who may trade, and who may only reduce.</summary>
    public TradingModes Modes { get; }

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
    /// <returns>The approved command, to be sent in this step, or the refusal: exactly one of them.</returns>
    public Refusal Judge(ref OrderCommand command, Quantity replaced, out ApprovedCommand approved, bool isChild = false, bool isQuote = false)
    {
        bool isNew = command.Kind == CommandKind.Submit;
        Invariant.Require(isNew ? replaced.IsZero : command.Kind == CommandKind.Replace, "a judged command submits an order or replaces one");
        Refusal refusal = Check(ref command, replaced.Nanos, isChild, isQuote);
        if (!refusal.IsNone)
        {
            approved = default;
            return refusal;
        }
        _recent?.Note(command.Header.EventTime);
        approved = Approve(ref command);
        return refusal;
    }

    /// <summary>What <see cref="Judge"/> would say now, with nothing approved.</summary>
    public Refusal Review(OrderCommand command, bool isChild = false, bool isQuote = false) => Check(ref command, Replaced(in command)?.Leaves.Nanos ?? 0, isChild, isQuote);

    /// <summary>Judges an order that stays here for now by what can be said before it leaves: the kill switch, its instrument, terms and conditions.</summary>
    /// <param name="order">The one that is to be replaced; null for a new order.</param>
    public Refusal ReviewTerms(in OrderCommand command, Order? order = null)
    {
        Refusal refusal = CheckInstrument(in command);
        return refusal.IsNone ? CheckTerms(in command, order) : refusal;
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
        if (_lifetime > Duration.Zero && command.Kind <= CommandKind.Replace) command.ValidUntil = command.Header.EventTime + _lifetime;
        return new ApprovedCommand(command);
    }

    private Refusal Check(ref OrderCommand command, long replaced, bool isChild, bool isQuote)
    {
        Refusal refusal = CheckInstrument(in command);
        if (!refusal.IsNone) return refusal;
        Order? order = Replaced(in command);
        refusal = CheckTerms(in command, order);
        if (!refusal.IsNone) return refusal;

        bool isReduceOnly = order?.IsReduceOnly ?? command.IsReduceOnly;
        bool isWaiting = order is null ? isChild || command.Type.HasTrigger() : order.IsWaiting || order.IsDormant;
        if (isReduceOnly)
        {
            if (!isWaiting) refusal = CutToPosition(ref command, order);
            if (refusal.IsNone && !SendsReduceOnly(in command, order, isWaiting)) command.Flags &= ~OrderFlags.ReduceOnly;
        }
        if (refusal.IsNone && !isReduceOnly && Modes.Of(command.Output.Strategy) != TradingMode.Normal) refusal = CheckReduces(command, Added(command, order, replaced), isSmaller: order is not null && command.Quantity.Nanos - order.Cumulative.Nanos < replaced);
        if (refusal.IsNone && _collarBps != 0) refusal = CheckCollar(command);
        if (refusal.IsNone && !isWaiting && _limits.SelfMatch == SelfMatch.Refuse && FirstMet(in command, isQuote) is { } met)
            refusal = new Refusal(ReasonCode.WouldMeetOwn, met.WantedPrice.Nanos, command.Price.IsNone ? 0 : command.Price.Nanos);
        if (refusal.IsNone && !isReduceOnly) refusal = CheckLimits(command, Added(command, order, replaced));
        if (refusal.IsNone && _recent is not null && !isReduceOnly) refusal = CheckRate(command);      // a way out is never too much
        return refusal;
    }

    private Refusal CheckInstrument(in OrderCommand command)
    {
        InstrumentId instrument = command.Header.Instrument;
        if (KillSwitch.Judge(in command) is { IsNone: false } off) return off;
        if (!_instruments.Contains(instrument)) return new Refusal(ReasonCode.UnknownInstrument, _instruments.Count - 1, instrument.Index);
        return _account.Terms(instrument).IsSupported ? Refusal.None : new Refusal(ReasonCode.UnsupportedInstrument, 0, instrument.Index);
    }

    /// <param name="order">The one that is to be replaced; null for a new order.</param>
    private Refusal CheckTerms(in OrderCommand command, Order? order)
    {
        ref readonly InstrumentDefinition definition = ref _instruments[command.Header.Instrument];
        Refusal refusal = CheckPrice(command, definition.Tick);
        if (refusal.IsNone) refusal = OrderConditions.Check(in command, order, definition.Tick);
        return refusal.IsNone ? CheckQuantity(command, order, definition.Lot) : refusal;
    }

    private Order? Replaced(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Submit) return null;
        bool isLive = _blotter.TryFind(command.ClientOrderId, out Order? order);
        Invariant.Require(isLive && order!.Side == command.Side && order.Instrument == command.Header.Instrument, "a replacement is of a live order, on its side of its instrument");
        return order;
    }

    private static Refusal CheckPrice(in OrderCommand command, Price tick)
    {
        bool needsPrice = command.Type is OrderType.Limit or OrderType.StopLimit;
        bool isOff = command.Price.IsNone ? needsPrice : tick.Nanos > 0 && command.Price.Nanos % tick.Nanos != 0;
        return isOff ? new Refusal(ReasonCode.PriceOffTick, tick.Nanos, command.Price.Nanos) : Refusal.None;
    }

    private Refusal CheckQuantity(in OrderCommand command, Order? order, Quantity lot)
    {
        bool isPositive = command.Quantity.IsPositive && !command.Quantity.IsNone && command.Side is Side.Buy or Side.Sell;
        if (!isPositive) return new Refusal(ReasonCode.QuantityNotPositive, 1, command.Quantity.IsNone ? 0 : command.Quantity.Nanos);
        bool isOff = lot.IsPositive && command.Quantity.Nanos % lot.Nanos != 0 && !EndsPosition(in command, order);
        if (isOff) return new Refusal(ReasonCode.QuantityOffLot, lot.Nanos, command.Quantity.Nanos);
        return command.Quantity.Nanos > _quantityMax ? new Refusal(ReasonCode.QuantityLimit, _quantityMax, command.Quantity.Nanos) : Refusal.None;
    }

    // ---- reduce-only

    /// <summary>What the strategy's own position leaves an order of that side to reduce, units of 1e-9; zero or below for nothing.</summary>
    internal long RoomToReduce(int strategy, InstrumentId instrument, Side side) => -side.Sign() * _account.Strategy(strategy).Quantity(instrument).Nanos;

    /// <summary>A position that is no whole number of lots has to be closable.</summary>
    private bool EndsPosition(in OrderCommand command, Order? order) =>
        (order?.IsReduceOnly ?? command.IsReduceOnly) &&
        command.Quantity.Nanos - (order?.Cumulative.Nanos ?? 0) == RoomToReduce(command.Output.Strategy, command.Header.Instrument, command.Side);

    private Refusal CutToPosition(ref OrderCommand command, Order? order)
    {
        long room = RoomToReduce(command.Output.Strategy, command.Header.Instrument, command.Side), filled = order?.Cumulative.Nanos ?? 0;
        if (room <= 0) return new Refusal(ReasonCode.ReduceOnly, 0, command.Quantity.Nanos);
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

    /// <summary>With everything filled that is live on its side, the command makes the strategy's own position smaller, or flat.</summary>
    /// <param name="isSmaller">It makes a live order smaller.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckReduces(in OrderCommand command, long added, bool isSmaller)
    {
        int strategy = command.Output.Strategy;
        InstrumentId instrument = command.Header.Instrument;
        if (isSmaller) return Refusal.None;
        long room = Math.Max(RoomToReduce(strategy, instrument, command.Side), 0);
        Int128 worst = (Int128)_blotter.Exposure[strategy, instrument, command.Side].Nanos + _blotter.Exposure.Reducing(strategy, instrument, command.Side).Nanos + added;
        return worst <= room ? Refusal.None : Refusal.Of(ReasonCode.OnlyReducing, room, worst);
    }

    // ---- limits

    private Refusal CheckLimits(in OrderCommand command, long added)
    {
        Terms terms = _account.Terms(command.Header.Instrument);
        Refusal refusal = CheckPosition(command, terms, added);
        if (refusal.IsNone && _money is not null) refusal = _money.Check(command, terms, added);
        return refusal.IsNone && _margin is not null ? _margin.CheckOrder(command, added) : refusal;
    }

    /// <summary>In 1/20,000 of a unit of 1e-9, so that neither the mid nor its share is rounded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckCollar(in OrderCommand command)
    {
        const int whole = 10_000;
        if (!_account.TryMarket(command.Header.Instrument, out Price bid, out Price ask)) return new Refusal(ReasonCode.NoReferencePrice, 0, command.Header.Instrument.Index);
        if (command.Price.IsNone) return Refusal.None;
        Int128 twiceMid = (Int128)bid.Nanos + ask.Nanos, away = Int128.Abs(twiceMid) * _collarBps;
        Int128 worst = twiceMid * whole + (command.Side == Side.Buy ? away : -away), found = (Int128)command.Price.Nanos * 2 * whole;
        if (command.Side == Side.Buy ? found <= worst : found >= worst) return Refusal.None;
        return Refusal.Of(ReasonCode.PriceCollar, Towards(worst, 2 * whole, command.Side), command.Price.Nanos);
    }

    /// <summary>By how much the reservation of the command's side grows: by what the order may fill, as far as that is more than what it reserves already.</summary>
    private static long Added(in OrderCommand command, Order? order, long replaced) =>
        order is null ? command.Quantity.Nanos : Math.Max(command.Quantity.Nanos - order.Cumulative.Nanos - replaced, 0);

    private Refusal CheckPosition(in OrderCommand command, Terms terms, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        Int128 worst = Int128.Max(WorstOfStrategy(command.Output.Strategy, instrument, command.Side), WorstOfAccount(instrument, command.Side)) + added;

        if (terms.IsTooLarge(worst)) return Refusal.Of(ReasonCode.NumericRange, Terms.SizeMax, terms.SizeOf(worst));
        return worst > _positionMax ? Refusal.Of(ReasonCode.PositionLimit, _positionMax, worst) : Refusal.None;
    }

    /// <summary>A strategy's position with every live order of a side filled, counted in that direction; units of 1e-9.</summary>
    internal Int128 WorstOfStrategy(int strategy, InstrumentId instrument, Side side) =>
        (Int128)_account.Strategy(strategy).Quantity(instrument).Nanos * side.Sign() + _blotter.Exposure[strategy, instrument, side].Nanos + WorstReduction(strategy, instrument, side);

    /// <summary>As the other, of the account.</summary>
    internal Int128 WorstOfAccount(InstrumentId instrument, Side side)
    {
        Int128 reducing = 0;
        for (int strategy = 0; strategy < _account.StrategyCount; strategy++) reducing += WorstReduction(strategy, instrument, side);
        return _account.Held(instrument) * side.Sign() + _blotter.Exposure[instrument, side].Nanos + reducing;
    }

    /// <summary>Orders and replacements that left within the window that ends at this time; 0 where no rate is limited.</summary>
    internal int OrdersInWindow(Timestamp clock) => _recent?.CountAt(clock) ?? 0;

    /// <summary>Reduce-only orders that the venue watches take a position to nothing at most, however many there are.</summary>
    private long WorstReduction(int strategy, InstrumentId instrument, Side side)
    {
        long reducing = _blotter.Exposure.Reducing(strategy, instrument, side).Nanos;
        return reducing == 0 ? 0 : Math.Min(reducing, Math.Max(RoomToReduce(strategy, instrument, side), 0));
    }

    private Refusal CheckRate(in OrderCommand command)
    {
        int max = _limits.OrderRateMax!.Value.Count;
        return _recent!.IsFull(command.Header.EventTime) ? new Refusal(ReasonCode.OrderRateLimit, max, max + 1) : Refusal.None;
    }

    /// <summary>The last whole number that is not beyond a bound: below it for a buy, above it for a sell.</summary>
    private static Int128 Towards(Int128 bound, int by, Side side)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(bound, by);
        if (rest == 0) return quotient;
        if (side == Side.Buy) return rest < 0 ? quotient - 1 : quotient;
        return rest > 0 ? quotient + 1 : quotient;
    }
}
