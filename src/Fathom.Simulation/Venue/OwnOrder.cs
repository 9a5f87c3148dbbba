using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>An order of ours at the simulated venue. Pooled: valid until it is released.</summary>
internal sealed class OwnOrder
{
    /// <summary>The place behind every tape order at our price, whenever it came.</summary>
    public const long BehindAll = long.MaxValue;

    public ClientOrderId ClientOrderId { get; set; }
    public InstrumentId Instrument { get; set; }
    public ulong VenueOrderId { get; set; }
    public Side Side { get; set; }
    public OrderType Type { get; set; }

    /// <summary>None of an order that takes any price.</summary>
    public Price Price { get; set; }
    public TimeInForce TimeInForce { get; set; }
    public bool IsPostOnly { get; set; }
    public bool IsReduceOnly { get; set; }

    /// <summary>When it ends by itself; None = never.</summary>
    public Timestamp Expiry { get; set; }

    /// <summary>Its slot among those that expire; below zero when it is not there.</summary>
    public int ExpirySlot { get; set; } = -1;

    /// <summary>What may be filled now.</summary>
    public Quantity Leaves { get; set; }

    /// <summary>Of a child: what may be filled once its parent has filled more.</summary>
    public Quantity Inactive { get; set; }
    public Quantity Cumulative { get; set; }

    public OwnOrderState State { get; set; }

    /// <summary>The venue has accepted it and not let it go.</summary>
    public bool IsLive { get; set; }

    /// <summary>It is over and leaves at the end of the event or command.</summary>
    public bool IsEnded { get; set; }

    /// <summary>How it ended: a terminal status. Like <see cref="EndReason"/> of an order that <see cref="IsEnded"/>.</summary>
    public OrderStatus EndStatus { get; set; }
    public ReasonCode EndReason { get; set; }

    /// <summary>The whole quantity, what is filled included, as it was last reported while it lived or filled.</summary>
    public Quantity Whole { get; set; }

    /// <summary>The log keeps executions of it that are older than those of others.</summary>
    public bool HasOlderExecutions { get; set; }

    /// <summary>It stands in the book.</summary>
    public bool IsResting { get; set; }

    /// <summary>Null of an order by itself.</summary>
    public OwnList? List { get; set; }

    // ---- a stop's

    public TriggerSource TriggerSource { get; set; }

    /// <summary>None of a trailing stop that has seen no price yet.</summary>
    public Price TriggerPrice { get; set; }

    /// <summary>The trigger that the command stated; None where a trailing stop's did not.</summary>
    public Price TriggerStated { get; set; }

    /// <summary>None of an order that does not trail.</summary>
    public Price TrailOffset { get; set; }

    /// <summary>The best price for the order that it has watched; None before the first.</summary>
    public Price Extreme { get; set; }

    /// <summary>The event has met its trigger.</summary>
    public bool IsMet { get; set; }
    public bool IsTriggered { get; set; }

    // ---- its place in the book

    /// <summary>Tape orders at our price whose arrival is smaller stand ahead of us.</summary>
    public long Place { get; set; }

    /// <summary>Tape quantity ahead when the event's first print was judged; below zero while no print was.</summary>
    public long AheadBeforePrints { get; set; }

    /// <summary>Quantity printed at our price in this event so far.</summary>
    public long PrintedAtPrice { get; set; }

    /// <summary>Tape orders ahead, counted when all arrivals are about to be given anew.</summary>
    public int OrdersAhead { get; set; }

    /// <summary>It takes any price, perhaps after a trigger.</summary>
    public bool IsMarket => Type is OrderType.Market or OrderType.Stop or OrderType.Trailing;

    /// <summary>It has a trigger that has not been met.</summary>
    public bool IsStop => Type is OrderType.Stop or OrderType.StopLimit or OrderType.Trailing && !IsTriggered;

    /// <summary>What it does not take at once ends. Other orders rest.</summary>
    public bool IsImmediate => IsMarket || TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    /// <summary>What may be filled at most.</summary>
    public Quantity Total => Leaves + Inactive;

    /// <summary>Notes how it ended, and that nothing of it is left.</summary>
    public void End(OrderStatus status, ReasonCode reason)
    {
        Leaves = Inactive = Quantity.Zero;
        IsEnded = true;
        EndStatus = status;
        EndReason = reason;
    }

    /// <summary>The order as it stands, for those who ask. Of the header only the instrument is stated.</summary>
    public void Describe(out VenueOrder told)
    {
        told = default;
        told.Header.Instrument = Instrument;
        told.ClientOrderId = ClientOrderId;
        told.VenueOrderId = VenueOrderId;
        told.Price = Price;
        told.TriggerPrice = TriggerPrice;
        told.TrailOffset = TrailOffset;
        told.Quantity = Whole;
        told.Cumulative = Cumulative;
        told.Leaves = Total;
        told.ExpireTime = TimeInForce == TimeInForce.GoodTillDate ? Expiry : default;
        told.Status = IsEnded ? EndStatus : !Cumulative.IsZero ? OrderStatus.PartiallyFilled : IsTriggered ? OrderStatus.Triggered : OrderStatus.Open;
        told.Side = Side;
        told.Type = Type;
        told.TimeInForce = TimeInForce;
        told.Flags = (IsPostOnly ? OrderFlags.PostOnly : OrderFlags.None) | (IsReduceOnly ? OrderFlags.ReduceOnly : OrderFlags.None);
        told.TriggerSource = TriggerSource;
        told.Reason = IsEnded ? EndReason : ReasonCode.None;
    }

    /// <summary>With this whole quantity nothing would be left of it.</summary>
    public bool IsDoneBy(Quantity quantity) => quantity.Nanos <= Cumulative.Nanos;

    /// <summary>A replacement by this price and whole quantity leaves it where it stands in its queue.</summary>
    public bool KeepsPlace(Price price, Quantity quantity) => price == Price && quantity.Nanos - Cumulative.Nanos <= Leaves.Nanos;

    /// <summary>True when <paramref name="price"/> of our own side is worse than ours: it would trade after us.</summary>
    public bool IsBetterThan(Price price) => Side == Side.Buy ? Price > price : Price < price;

    /// <summary>True when a price of the other side meets ours.</summary>
    public bool IsReachedBy(Price price) => Side == Side.Buy ? price <= Price : price >= Price;

    /// <summary>True when a watched price meets the trigger.</summary>
    public bool IsMetBy(Price price) => !TriggerPrice.IsNone && (Side == Side.Buy ? price >= TriggerPrice : price <= TriggerPrice);

    /// <summary>Takes a watched price into account: where it is the best so far, the trigger follows, if that is better.</summary>
    public void Follow(Price price, Price tick)
    {
        if (!Extreme.IsNone && (Side == Side.Buy ? price >= Extreme : price <= Extreme)) return;
        Extreme = price;
        TriggerPrice = BetterTrigger(TriggerPrice, Trail(tick));
    }

    /// <summary>Sets the trigger anew from what was stated and seen.</summary>
    public void ResetTrail(Price tick) => TriggerPrice = Extreme.IsNone ? TriggerStated : BetterTrigger(TriggerStated, Trail(tick));

    /// <summary>The extreme less the offset, rounded to the tick away from the market; beyond all prices it stops at the last one.</summary>
    private Price Trail(Price tick)
    {
        Int128 trail = (Int128)Extreme.Nanos + (Side == Side.Buy ? TrailOffset.Nanos : -(Int128)TrailOffset.Nanos);
        Int128 over = trail % tick.Nanos;
        if (over != 0) trail += Side == Side.Buy ? (over > 0 ? tick.Nanos : 0) - over : (over < 0 ? -tick.Nanos : 0) - over;
        return new Price((long)Int128.Clamp(trail, -(long.MaxValue - 1), long.MaxValue - 1));
    }

    private Price BetterTrigger(Price left, Price right) => left.IsNone ? right : (Side == Side.Buy ? right < left : right > left) ? right : left;
}
