using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>Where a position would be liquidated.</summary>
/// <param name="Price">The mark at which it is.</param>
/// <param name="Distance">From the mark, as a fraction of it.</param>
public readonly record struct LiquidationSnapshot(InstrumentId Instrument, Price Price, double Distance);
