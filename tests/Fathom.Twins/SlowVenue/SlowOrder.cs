using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>An order of ours at the slow venue.</summary>
internal sealed class SlowOrder
{
    /// <summary>As it was submitted; a replacement changes what is stated below.</summary>
    public required OrderCommand Command { get; init; }
    public required InstrumentId Instrument { get; init; }
    public required Side Side { get; init; }

    public ulong VenueOrderId { get; set; }
    public SlowPhase Phase { get; set; }
    public long Price { get; set; }

    /// <summary>What may be filled now.</summary>
    public long Leaves { get; set; }

    /// <summary>What may be filled when the parent has filled more.</summary>
    public long Inactive { get; set; }
    public long Cumulative { get; set; }
    public SlowList? List { get; set; }

    /// <summary>When its time is up; <see cref="long.MaxValue"/> = never.</summary>
    public long Expiry { get; set; } = long.MaxValue;

    public long? Trigger { get; set; }
    public long? FirstTrigger { get; set; }
    public long? Offset { get; set; }
    public long? BestWatched { get; set; }
    public bool IsTriggered { get; set; }

    /// <summary>The event that is being judged has met its trigger.</summary>
    public bool IsMet { get; set; }

    /// <summary>Tape orders at our price with a smaller rank stand ahead of us.</summary>
    public long Place { get; set; }

    /// <summary>Of our own orders at one price the one with the smaller turn trades first.</summary>
    public long Turn { get; set; }

    public bool IsLive => Phase is not (SlowPhase.New or SlowPhase.Over);
    public bool IsPriced => Command.Type is OrderType.Limit or OrderType.StopLimit;
    public bool CanRest => IsPriced && Command.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill);
    public bool IsUntriggered => Command.Type is OrderType.Stop or OrderType.StopLimit or OrderType.Trailing && !IsTriggered;
    public bool IsReduceOnly => Command.Flags.HasFlag(OrderFlags.ReduceOnly);
    public bool WatchesBook => Command.TriggerSource == TriggerSource.BidAsk;
    public bool IsParent => List is not null && List.Parent == this;

    /// <summary>True when a tape order stands behind us: at a worse price, or at ours and later.</summary>
    public bool IsBefore(TapeOrder other) =>
        other.Side == Side && (IsBetterThan(other.Price) || (other.Price == Price && other.Rank >= Place));

    public bool IsBetterThan(long price) => Side == Side.Buy ? Price > price : Price < price;

    public bool IsReachedBy(TapeOrder other) => other.Side == Side.Opposite() && SlowTapeBook.IsThrough(other.Side, other.Price, Price);

    public bool MeetsTrigger(long price) => Trigger is { } trigger && (Side == Side.Buy ? price >= trigger : price <= trigger);

    /// <summary>The trail follows a price that is better than all that were watched before; the trigger only ever gets better.</summary>
    public void Watch(long price, long tick)
    {
        if (BestWatched is { } best && (Side == Side.Sell ? price <= best : price >= best)) return;
        BestWatched = price;
        Trigger = Better(Trigger, Trail(tick));
    }

    public void SetTriggerAnew(long tick)
    {
        if (Offset is null) Trigger = FirstTrigger;
        else Trigger = BestWatched is null ? FirstTrigger : Better(FirstTrigger, Trail(tick));
    }

    private long Trail(long tick)
    {
        decimal exact = Side == Side.Sell ? (decimal)BestWatched!.Value - Offset!.Value : (decimal)BestWatched!.Value + Offset!.Value;
        decimal ticks = exact / tick;
        decimal rounded = (Side == Side.Sell ? Math.Floor(ticks) : Math.Ceiling(ticks)) * tick;
        return (long)Math.Clamp(rounded, -(decimal)(long.MaxValue - 1), long.MaxValue - 1);
    }

    private long Better(long? left, long right) => left is null ? right : Side == Side.Sell ? Math.Max(left.Value, right) : Math.Min(left.Value, right);
}
