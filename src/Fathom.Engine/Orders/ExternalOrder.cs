using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>A live order of the account that was placed by other means: adopted under its own name, the venue's.</summary>
public sealed class ExternalOrder
{
    /// <summary>Of the venue that has it, as its reports state it.</summary>
    public required ushort Source { get; init; }
    public required ulong VenueOrderId { get; init; }

    /// <summary>Its client order id, where it has one that we did not give; else None.</summary>
    public required ClientOrderId ClientOrderId { get; init; }
    public required InstrumentId Instrument { get; init; }
    public required Side Side { get; init; }
    public Price Price { get; internal set; }
    public Quantity Leaves { get; internal set; }

    /// <summary>Number of the newest report that it has taken.</summary>
    internal long LastSequence { get; set; }

    /// <summary>When a cancel of ours is to be sent again; None while it is not to end.</summary>
    internal Timestamp CancelDue { get; set; } = Timestamp.None;

    /// <summary>It is to end by our will.</summary>
    internal bool IsEndWanted { get; set; }
}
