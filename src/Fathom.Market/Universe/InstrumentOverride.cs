using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>What the user states about an instrument; it wins over definitions and defaults, and what is stated is no longer assumed.</summary>
/// <param name="Symbol">The venue's symbol, or its number as text where no symbol is known.</param>
/// <param name="Tick">Smallest price step, above zero.</param>
/// <param name="Lot">Smallest quantity step, above zero.</param>
/// <param name="Multiplier">Money per point of price and unit of quantity, above zero.</param>
public sealed record InstrumentOverride(
    string Symbol,
    Price? Tick = null,
    Quantity? Lot = null,
    decimal? Multiplier = null,
    InstrumentKind? Kind = null,
    CurrencyCode? Currency = null);
