using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Decides whether the simulated venue takes an order or a replacement. The first rule that objects gives the reason.</summary>
/// <param name="walk">Holds, when nothing objects to its entry, what the order takes at once.</param>
internal sealed class OrderAdmission(Instruments instruments, FeeBook fees, LiquidityWalk walk)
{
    /// <summary>The whole quantity, filled included, with which the order that was judged last may enter: a reduce-only order's is cut to the position.</summary>
    public Quantity Granted { get; private set; }

    /// <summary>The venue knows this kind of order at all.</summary>
    public static bool IsSupported(in OrderCommand command, VenueFeatures features)
    {
        bool isPriced = command.Type is OrderType.Limit or OrderType.StopLimit;
        bool isPriceless = command.Type is OrderType.Market or OrderType.Stop or OrderType.Trailing && !IsStated(command.Price.Nanos);
        bool isKnownTime = command.TimeInForce is >= TimeInForce.Day and <= TimeInForce.FillOrKill;
        bool canRest = isPriced && command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate;
        bool isKnownList = command.Contingency <= Contingency.OneUpdatesOther && command.ListId == 0 == (command.Contingency == Contingency.None);
        return (isPriced || isPriceless) && isKnownTime && command.Side is Side.Buy or Side.Sell && isKnownList && (canRest || !command.IsPostOnly) &&
               (command.Flags & ~(OrderFlags.PostOnly | OrderFlags.ReduceOnly)) == 0 && command.TriggerSource <= TriggerSource.BidAsk && HasNoExtras(in command) &&
               (Needs(in command) & ~features) == 0;
    }

    /// <summary>The venue knows this kind of replacement. What it states of type, time in force, flags, trigger source and list is not looked at: the order's own stay.</summary>
    public static bool IsSupported(in OrderCommand replacement, OwnOrder order)
    {
        bool hasPrice = order.State == OwnOrderState.Entered || !order.IsMarket || !IsStated(replacement.Price.Nanos);
        bool keepsTime = !IsStated(replacement.ExpireTime.Nanos) || replacement.ExpireTime == order.Expiry;
        return replacement.Side == order.Side && hasPrice && keepsTime && HasNoExtras(in replacement);
    }

    /// <summary>The order can outlive its session or its date.</summary>
    public static bool NeedsExpiry(in OrderCommand command) =>
        command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillDate && (command.Type != OrderType.Market || command.ListId != 0);

    /// <summary>Trigger, trail and expiry are there where they are needed, and only there.</summary>
    public static bool IsConditionSound(in OrderCommand command, Timestamp now)
    {
        bool hasTrigger = IsStated(command.TriggerPrice.Nanos), hasOffset = IsStated(command.TrailOffset.Nanos);
        bool isTriggerSound = command.Type switch
        {
            OrderType.Stop or OrderType.StopLimit => hasTrigger && !hasOffset,
            OrderType.Trailing => hasOffset && command.TrailOffset.Nanos > 0,
            _ => !hasTrigger && !hasOffset && command.TriggerSource == TriggerSource.None,
        };
        bool hasTime = IsStated(command.ExpireTime.Nanos);
        return isTriggerSound && (command.TimeInForce == TimeInForce.GoodTillDate ? hasTime && command.ExpireTime > now : !hasTime);
    }

    /// <summary>A replacement states no condition that the order has no use for.</summary>
    public static bool IsConditionSound(in OrderCommand replacement, OwnOrder order) =>
        (order.IsStop || !IsStated(replacement.TriggerPrice.Nanos)) &&
        (!IsStated(replacement.TrailOffset.Nanos) || (order.IsStop && order.Type == OrderType.Trailing && replacement.TrailOffset.Nanos > 0));

    public static bool IsStated(long value) => value is not (0 or long.MaxValue);

    /// <summary>None of a price that is not stated.</summary>
    public static Price Stated(Price price) => IsStated(price.Nanos) ? price : Price.None;

    /// <summary>What stands against an order with these terms, whenever it enters; or <see cref="ReasonCode.None"/>.</summary>
    /// <param name="order">New, or the one that is to be replaced.</param>
    /// <param name="price">None of an order that takes any price.</param>
    /// <param name="trigger">None without one, like <paramref name="offset"/>.</param>
    /// <param name="quantity">The whole quantity.</param>
    public ReasonCode JudgeTerms(OwnOrder order, Price price, Price trigger, Price offset, Quantity quantity, VenueInstrument instrument)
    {
        if (!quantity.IsPositive || quantity.IsNone) return ReasonCode.QuantityNotPositive;
        if (order.IsDoneBy(quantity)) return ReasonCode.None;      // an end is never refused

        ref readonly InstrumentDefinition definition = ref instruments[instrument.Id];
        FeeSchedule schedule = fees.Of(in definition);
        bool isMarket = order.IsMarket;
        if (!isMarket && (price.IsNone || price.Nanos % definition.Tick.Nanos != 0)) return ReasonCode.PriceOffTick;
        if (IsOffTick(trigger, definition.Tick) || IsOffTick(offset, definition.Tick)) return ReasonCode.PriceOffTick;
        bool endsPosition = quantity - order.Cumulative == instrument.RoomToReduce(order.Side);      // what is no whole number of lots has to be closable
        if (quantity.Nanos % definition.Lot.Nanos != 0 && !endsPosition) return ReasonCode.QuantityOffLot;
        if (!isMarket && !order.IsImmediate && !schedule.Fits(price, quantity, in definition, Liquidity.Maker)) return ReasonCode.NumericRange;
        if (!isMarket && !order.IsPostOnly && !schedule.Fits(price, quantity, in definition, Liquidity.Taker)) return ReasonCode.NumericRange;
        return instruments.StateOf(instrument.Id) is TradingState.Halted or TradingState.Closed ? ReasonCode.MarketClosed : ReasonCode.None;
    }

    /// <summary>What stands against an order that enters now with this price and whole quantity, or <see cref="ReasonCode.None"/>.</summary>
    /// <param name="order">With nothing left, or the resting one that is to be replaced. Its terms are sound.</param>
    /// <param name="quantity">Above what is filled.</param>
    public ReasonCode JudgeEntry(OwnOrder order, Price price, Quantity quantity, VenueInstrument instrument)
    {
        Granted = quantity;
        TradingState state = instruments.StateOf(instrument.Id);
        bool isMatching = state.Matches() && !instrument.Book.IsStale;
        if (state is TradingState.Halted or TradingState.Closed || (order.IsImmediate && !isMatching)) return ReasonCode.MarketClosed;
        if (!order.IsMarket && instrument.Orders.IsReachedBy(order.Side, price)) return ReasonCode.WouldMeetOwn;
        if (order.IsReduceOnly)
        {
            Quantity room = instrument.RoomToReduce(order.Side);
            if (room.IsZero) return ReasonCode.ReduceOnly;
            Granted = order.Cumulative + Quantity.Min(quantity - order.Cumulative, room);
        }
        return order.KeepsPlace(price, Granted) ? ReasonCode.None : JudgeWalk(order, price, Granted, instrument, isMatching);
    }

    private ReasonCode JudgeWalk(OwnOrder order, Price price, Quantity quantity, VenueInstrument instrument, bool isMatching)
    {
        walk.Plan(instrument, order.Side, price, quantity - order.Cumulative);
        if (walk.MeetsOwn) return ReasonCode.WouldMeetOwn;
        bool takes = walk.Executions.Count > 0;
        if (!order.IsImmediate && (walk.IsBlocked || (takes && (order.IsPostOnly || !isMatching)))) return ReasonCode.WouldCross;
        if (order.TimeInForce == TimeInForce.FillOrKill && walk.Rest.IsPositive) walk.Executions.Clear();
        return FeesFit(instrument) ? ReasonCode.None : ReasonCode.NumericRange;
    }

    /// <summary>Better prices than the order's own can be worth more: those far below zero, and those at which a sell is lucky.</summary>
    private bool FeesFit(VenueInstrument instrument)
    {
        ref readonly InstrumentDefinition definition = ref instruments[instrument.Id];
        FeeSchedule schedule = fees.Of(in definition);
        foreach (Execution execution in walk.Executions)
            if (!schedule.Fits(execution.Price, execution.Quantity, in definition, Liquidity.Taker)) return false;
        return true;
    }

    private static bool IsOffTick(Price price, Price tick) => !price.IsNone && price.Nanos % tick.Nanos != 0;

    private static VenueFeatures Needs(in OrderCommand command)
    {
        VenueFeatures stop = command.Type switch
        {
            OrderType.Stop or OrderType.StopLimit => VenueFeatures.Stops,
            OrderType.Trailing => VenueFeatures.Trailing,
            _ => VenueFeatures.None,
        };
        VenueFeatures reduceOnly = (command.Flags & OrderFlags.ReduceOnly) != 0 ? VenueFeatures.ReduceOnly : VenueFeatures.None;
        return stop | reduceOnly | (NeedsExpiry(in command) ? VenueFeatures.Expiry : VenueFeatures.None) | (command.ListId != 0 ? VenueFeatures.Lists : VenueFeatures.None);
    }

    private static bool HasNoExtras(in OrderCommand command) =>
        command.PositionSide == PositionSide.Net && command.Replaces.IsNone && !IsStated(command.DisplayQuantity.Nanos) && !IsStated(command.MinimumQuantity.Nanos);
}
