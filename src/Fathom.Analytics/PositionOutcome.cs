using Fathom.Domain.Values;

namespace Fathom.Analytics;

/// <summary>A position at the end of the run, as the engine's portfolio has it.</summary>
/// <param name="Strategy">Its number; the largest number for orders that are not ours.</param>
/// <param name="Currency">Of the money.</param>
/// <param name="Quantity">Signed: above zero is long.</param>
/// <param name="Realized">Before fees.</param>
/// <param name="Unrealized">At the last mark.</param>
/// <param name="Fees">Above zero was paid.</param>
public readonly record struct PositionOutcome(
    ushort Strategy, InstrumentId Instrument, CurrencyCode Currency, Quantity Quantity, decimal Realized, decimal Unrealized, decimal Fees);
