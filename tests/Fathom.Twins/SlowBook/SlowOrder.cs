using Fathom.Domain.Values;

namespace Fathom.Twins.SlowBook;

/// <summary>One resting order.</summary>
public sealed class SlowOrder
{
    public required ulong Id { get; init; }
    public required Side Side { get; init; }
    public required long Price { get; init; }
    public long Quantity { get; set; }
    public uint Arrival { get; set; }
}
