using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Twins.SlowVenue;

/// <summary>What the slow venue charges, how long its answers travel and what it calls itself.</summary>
/// <param name="BySymbol">Fees of the instruments that have their own; null = none has.</param>
/// <param name="Hours">Null = every day of UTC.</param>
public sealed record SlowTerms(
    Duration Response, SlowFees Fees, ushort Source, IReadOnlyDictionary<string, SlowFees>? BySymbol = null, VenueFeatures Features = VenueFeatures.All, SessionHours? Hours = null);
