using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>An order of the tape.</summary>
internal sealed class TapeOrder
{
    public required ulong Id { get; init; }
    public Side Side { get; set; }
    public long Price { get; set; }
    public long Quantity { get; set; }

    /// <summary>Grows with every arrival at the tail of a queue.</summary>
    public long Rank { get; set; }

    /// <summary>What our orders have taken from it.</summary>
    public long Taken { get; set; }
}
