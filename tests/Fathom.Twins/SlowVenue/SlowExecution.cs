using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>A fill as it was reported, and what has become of it.</summary>
internal sealed class SlowExecution
{
    public required OrderReport Report { get; init; }

    /// <summary>By what it is known now.</summary>
    public required ExecutionId Id { get; set; }
    public required long Price { get; set; }

    /// <summary>Zero once it was taken back.</summary>
    public required long Quantity { get; set; }
    public required long Fee { get; set; }
}
