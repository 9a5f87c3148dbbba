using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>Something that the venue, or somebody else of the account, does without our asking.</summary>
/// <param name="After">Index of the tape message after which it happens.</param>
/// <param name="Time">Venue time.</param>
public sealed record SlowAct(int After, Timestamp Time, SlowActKind Kind)
{
    /// <summary>The order that the venue cancels.</summary>
    public ClientOrderId ClientOrderId { get; init; }

    /// <summary>The order that others cancel.</summary>
    public ulong VenueOrderId { get; init; }

    /// <summary>The execution that is taken back or corrected.</summary>
    public ExecutionId Execution { get; init; }

    /// <summary>Where others place an order, like <see cref="Side"/>.</summary>
    public InstrumentId Instrument { get; init; } = InstrumentId.None;
    public Side Side { get; init; }

    /// <summary>Of an order that others place or a correction, like <see cref="Quantity"/>.</summary>
    public Price Price { get; init; }
    public Quantity Quantity { get; init; }
}
