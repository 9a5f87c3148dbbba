using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Decides whether the simulated venue takes an order or a replacement. The first rule that objects gives the reason.</summary>
/// <param name="walk">Holds, when nothing objects, what the order takes at once.</param>
internal sealed class OrderAdmission(Instruments instruments, FeeBook fees, LiquidityWalk walk)
{
    /// <summary>The venue knows this kind of order at all.</summary>
    public static bool IsSupported(in OrderCommand command)
    {
        bool isMarket = command.Type == OrderType.Market && IsUnset(command.Price.Nanos);
        bool isKnownTime = command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel or TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;
        bool canRest = command.Type == OrderType.Limit && command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel;
        return (isMarket || command.Type == OrderType.Limit) && isKnownTime && command.Side is Side.Buy or Side.Sell &&
               (command.Flags & ~OrderFlags.PostOnly) == 0 && (canRest || !command.IsPostOnly) && HasNoExtras(in command);
    }

    /// <summary>The venue knows this kind of replacement. What it states of type, time in force and flags is not looked at: the order's own stay.</summary>
    public static bool IsSupported(in OrderCommand replacement, OwnOrder order) => replacement.Side == order.Side && HasNoExtras(in replacement);

    /// <summary>What stands against an order with this price and whole quantity, or <see cref="ReasonCode.None"/>.</summary>
    /// <param name="order">New and with nothing left, or the resting one that is to be replaced.</param>
    /// <param name="price">None of a market order.</param>
    public ReasonCode Judge(OwnOrder order, Price price, Quantity quantity, VenueInstrument instrument)
    {
        if (!quantity.IsPositive || quantity.IsNone) return ReasonCode.QuantityNotPositive;
        if (order.IsDoneBy(quantity)) return ReasonCode.None;      // an end is never refused

        ref readonly InstrumentDefinition definition = ref instruments[instrument.Id];
        FeeSchedule schedule = fees.Of(in definition);
        bool isMarket = order.IsMarket;
        if (!isMarket && (price.IsNone || price.Nanos % definition.Tick.Nanos != 0)) return ReasonCode.PriceOffTick;
        if (quantity.Nanos % definition.Lot.Nanos != 0) return ReasonCode.QuantityOffLot;
        if (!isMarket && !order.IsImmediate && !schedule.Fits(price, quantity, in definition, Liquidity.Maker)) return ReasonCode.NumericRange;
        if (!isMarket && !order.IsPostOnly && !schedule.Fits(price, quantity, in definition, Liquidity.Taker)) return ReasonCode.NumericRange;

        TradingState state = instruments.StateOf(instrument.Id);
        bool isMatching = state.Matches() && !instrument.Book.IsStale;
        if (state is TradingState.Halted or TradingState.Closed || (order.IsImmediate && !isMatching)) return ReasonCode.MarketClosed;
        if (!isMarket && instrument.Orders.IsReachedBy(order.Side, price)) return ReasonCode.WouldMeetOwn;
        return order.KeepsPlace(price, quantity) ? ReasonCode.None : JudgeWalk(order, price, quantity, instrument, isMatching);
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

    private static bool HasNoExtras(in OrderCommand command) =>
        command.PositionSide == PositionSide.Net && command.Contingency == Contingency.None && command.ListId == 0 && command.Replaces.IsNone &&
        command.TriggerSource == TriggerSource.None && IsUnset(command.TriggerPrice.Nanos) && IsUnset(command.TrailOffset.Nanos) &&
        IsUnset(command.DisplayQuantity.Nanos) && IsUnset(command.MinimumQuantity.Nanos) && IsUnset(command.ExpireTime.Nanos);

    private static bool IsUnset(long value) => value is 0 or long.MaxValue;
}
