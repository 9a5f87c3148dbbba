using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>What the slow venue charges, how long its answers travel and what it calls itself.</summary>
/// <param name="BySymbol">Fees of the instruments that have their own; null = none has.</param>
public sealed record SlowTerms(Duration Response, SlowFees Fees, ushort Source, IReadOnlyDictionary<string, SlowFees>? BySymbol = null);
