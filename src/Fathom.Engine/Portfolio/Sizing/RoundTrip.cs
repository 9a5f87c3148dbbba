using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>A trade from flat to flat: from the execution that opened a position to the one that closed it, or turned it, whatever was added and taken off between.</summary>
/// <param name="ProfitNanos">After fees, units of 1e-9 of the instrument's currency.</param>
/// <param name="StakeNanos">The largest cost of what was held, without sign, in the same units.</param>
public readonly record struct RoundTrip(InstrumentId Instrument, Int128 ProfitNanos, Int128 StakeNanos)
{
    /// <summary>Profit / stake; NaN where nothing was staked (a position bought at a price of zero).</summary>
    public double Return => StakeNanos > 0 ? (double)ProfitNanos / (double)StakeNanos : double.NaN;
}
