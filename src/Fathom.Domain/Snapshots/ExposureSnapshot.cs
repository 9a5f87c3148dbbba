using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>What an owner, or the account, holds of an instrument and what its live orders may still make of it, each at its worst.</summary>
/// <param name="Owner">Null: the account.</param>
/// <param name="Held">Signed, all position sides together.</param>
/// <param name="Buying">What live orders may buy.</param>
/// <param name="Selling">What live orders may sell.</param>
/// <param name="ReducingByBuying">What orders may buy that the venue lets do nothing but make a short position smaller: together at most to nothing.</param>
/// <param name="ReducingBySelling">As <paramref name="ReducingByBuying"/>, of a long position.</param>
/// <param name="NotionalNanos">What is held is worth at the mark, without sign, in units of 1e-9; 0 without a mark.</param>
/// <param name="Currency">Of the notional.</param>
public readonly record struct ExposureSnapshot(
    int? Owner, InstrumentId Instrument, Volume Held, Volume Buying, Volume Selling, Volume ReducingByBuying, Volume ReducingBySelling,
    Int128 NotionalNanos, CurrencyCode Currency);
