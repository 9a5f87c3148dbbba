using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>A command and when it reaches the venue.</summary>
public sealed record SlowCommand(Timestamp Arrival, OrderCommand Command);
