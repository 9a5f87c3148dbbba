using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>What the slow venue charges, how long its answers travel and what it calls itself.</summary>
public sealed record SlowTerms(Duration Response, decimal MakerBps, decimal PerContract, ushort Source);
