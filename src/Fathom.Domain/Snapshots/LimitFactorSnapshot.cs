using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>By how much limits are tighter than they were stated.</summary>
/// <param name="Instrument">In which; None: all, after losses.</param>
/// <param name="FactorNanos">So much of what was stated they are, units of 1e-9.</param>
public readonly record struct LimitFactorSnapshot(InstrumentId Instrument, long FactorNanos);
