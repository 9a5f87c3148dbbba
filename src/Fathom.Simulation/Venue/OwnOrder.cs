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

    /// <summary>None of a market order.</summary>
    public Price Price { get; set; }
    public bool IsMarket { get; set; }
    public TimeInForce TimeInForce { get; set; }
    public bool IsPostOnly { get; set; }
    public Quantity Leaves { get; set; }
    public Quantity Cumulative { get; set; }

    /// <summary>Tape orders at our price whose arrival is smaller stand ahead of us.</summary>
    public long Place { get; set; }

    /// <summary>Tape quantity ahead when the event's first print was judged; below zero while no print was.</summary>
    public long AheadBeforePrints { get; set; }

    /// <summary>Quantity printed at our price in this event so far.</summary>
    public long PrintedAtPrice { get; set; }

    /// <summary>Tape orders ahead, counted when all arrivals are about to be given anew.</summary>
    public int OrdersAhead { get; set; }

    /// <summary>What it does not take at once ends. Other orders rest.</summary>
    public bool IsImmediate => IsMarket || TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    /// <summary>With this whole quantity nothing would be left of it.</summary>
    public bool IsDoneBy(Quantity quantity) => quantity.Nanos <= Cumulative.Nanos;

    /// <summary>A replacement by this price and whole quantity leaves it where it stands in its queue.</summary>
    public bool KeepsPlace(Price price, Quantity quantity) => price == Price && quantity.Nanos - Cumulative.Nanos <= Leaves.Nanos;

    /// <summary>True when <paramref name="price"/> of our own side is worse than ours: it would trade after us.</summary>
    public bool IsBetterThan(Price price) => Side == Side.Buy ? Price > price : Price < price;

    /// <summary>True when a price of the other side meets ours.</summary>
    public bool IsReachedBy(Price price) => Side == Side.Buy ? price <= Price : price >= Price;
}
