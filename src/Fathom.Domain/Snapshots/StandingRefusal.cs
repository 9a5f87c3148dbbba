using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>A limit that has been reached: an order that it concerns is refused, however small, unless it only makes a position smaller.</summary>
/// <param name="Owner">Whose orders; null: of all.</param>
/// <param name="Instrument">None: in any.</param>
/// <param name="Side">None: either.</param>
/// <param name="Limit">What is allowed: quantities and money in units of 1e-9, orders in a window; 0 of the kill switch and of who may only reduce.</param>
/// <param name="Found">What there is, in the same unit.</param>
public readonly record struct StandingRefusal(ReasonCode Reason, int? Owner, InstrumentId Instrument, Side Side, Int128 Limit, Int128 Found);
