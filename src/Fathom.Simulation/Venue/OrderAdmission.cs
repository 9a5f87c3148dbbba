using System.Runtime.CompilerServices;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Decides whether the simulated venue takes an order. So far it takes limit orders that stand: one that would take liquidity is rejected,
/// post-only or not, in every trading state.</summary>
internal static class OrderAdmission
{
    private const int NearLevels = 16;

    /// <summary>The venue knows this kind of command at all.</summary>
    public static bool IsSupported(in OrderCommand command) =>
        command.Type == OrderType.Limit && command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel &&
        command.Side is Side.Buy or Side.Sell && (command.Flags & ~OrderFlags.PostOnly) == 0 && command.PositionSide == PositionSide.Net && HasNoExtras(in command);

    /// <summary>What stands against the order, or <see cref="ReasonCode.None"/>.</summary>
    /// <param name="terms">The instrument's definition.</param>
    public static ReasonCode Judge(in OrderCommand command, in InstrumentDefinition terms, FeeSchedule fees, TradingState state, VenueInstrument instrument)
    {
        if (!command.Quantity.IsPositive || command.Quantity.IsNone) return ReasonCode.QuantityNotPositive;
        if (command.Price.IsNone || command.Price.Nanos % terms.Tick.Nanos != 0) return ReasonCode.PriceOffTick;
        if (command.Quantity.Nanos % terms.Lot.Nanos != 0) return ReasonCode.QuantityOffLot;
        if (!fees.Fits(command.Price, command.Quantity, terms.MultiplierNanos, Liquidity.Maker)) return ReasonCode.NumericRange;
        if (state is TradingState.Halted or TradingState.Closed) return ReasonCode.MarketClosed;
        if (WouldMeetOwn(in command, instrument.Orders)) return ReasonCode.WouldMeetOwn;
        return WouldTake(in command, instrument) ? ReasonCode.WouldCross : ReasonCode.None;
    }

    private static bool HasNoExtras(in OrderCommand command) =>
        command.Contingency == Contingency.None && command.ListId == 0 && command.Replaces.IsNone && command.TriggerSource == TriggerSource.None &&
        IsUnset(command.TriggerPrice.Nanos) && IsUnset(command.TrailOffset.Nanos) && IsUnset(command.DisplayQuantity.Nanos) &&
        IsUnset(command.MinimumQuantity.Nanos) && IsUnset(command.ExpireTime.Nanos);

    private static bool IsUnset(long value) => value is 0 or long.MaxValue;

    private static bool WouldMeetOwn(in OrderCommand command, RestingOrders orders)
    {
        ReadOnlySpan<OwnOrder> against = orders.Of(command.Side.Opposite());
        return !against.IsEmpty && against[0].IsReachedBy(command.Price);
    }

    /// <summary>Walks the other side's levels at or through the price, looking for quantity that we did not take already.</summary>
    private static bool WouldTake(in OrderCommand command, VenueInstrument instrument)
    {
        Side against = command.Side.Opposite();
        Span<BookLevel> levels = stackalloc BookLevel[NearLevels];
        if (instrument.Ledger.IsEmpty) levels = levels[..1];
        int count = instrument.Book.CopyLevels(against, levels);
        if (HasAvailable(in command, instrument, levels[..count])) return true;
        bool isWalkedThrough = count < NearLevels || !IsThrough(in command, levels[^1].Price);
        return !isWalkedThrough && HasAvailableFar(in command, instrument);
    }

    /// <summary>So many levels at or through the price and not one with quantity left: it takes a book that stayed crossed for long.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasAvailableFar(in OrderCommand command, VenueInstrument instrument)
    {
        BookLevel[] levels = new BookLevel[instrument.Book.LevelCount(command.Side.Opposite())];
        instrument.Book.CopyLevels(command.Side.Opposite(), levels);
        return HasAvailable(in command, instrument, levels);
    }

    private static bool HasAvailable(in OrderCommand command, VenueInstrument instrument, ReadOnlySpan<BookLevel> levels)
    {
        foreach (BookLevel level in levels)
        {
            if (!IsThrough(in command, level.Price)) return false;
            Quantity left = level.Quantity;
            foreach (QueuedOrder order in instrument.Book.QueueAt(command.Side.Opposite(), level.Price))
                left -= Quantity.Min(order.Quantity, instrument.Ledger.TakenFrom(order.OrderId));
            if (left.IsPositive) return true;
        }
        return false;
    }

    private static bool IsThrough(in OrderCommand command, Price price) => command.Side == Side.Buy ? price <= command.Price : price >= command.Price;
}
