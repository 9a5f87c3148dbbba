using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>An order of ours at the slow venue.</summary>
internal sealed class SlowOrder
{
    /// <summary>As it was submitted; a replacement changes price and quantities only.</summary>
    public required OrderCommand Command { get; init; }
    public required ulong VenueOrderId { get; init; }
    public required InstrumentId Instrument { get; init; }
    public required Side Side { get; init; }
    public required long Price { get; set; }
    public required long Leaves { get; set; }
    public long Cumulative { get; set; }

    /// <summary>Tape orders at our price with a smaller rank stand ahead of us.</summary>
    public long Place { get; set; }

    /// <summary>Of our own orders at one price the one with the smaller turn trades first.</summary>
    public long Turn { get; set; }

    public bool CanRest => Command.Type == OrderType.Limit && Command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel;

    /// <summary>True when a tape order stands behind us: at a worse price, or at ours and later.</summary>
    public bool IsBefore(TapeOrder other) =>
        other.Side == Side && (IsBetterThan(other.Price) || (other.Price == Price && other.Rank >= Place));

    public bool IsBetterThan(long price) => Side == Side.Buy ? Price > price : Price < price;

    public bool IsReachedBy(TapeOrder other) => other.Side == Side.Opposite() && SlowTapeBook.IsThrough(other.Side, other.Price, Price);
}
