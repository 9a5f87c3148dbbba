using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>One resting order.</summary>
internal sealed class PlainOrder
{
    public required ulong Id { get; init; }
    public required Side Side { get; init; }
    public required long Price { get; init; }
    public long Quantity { get; set; }
    public uint Arrival { get; set; }
}
