using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>The market of an instrument that traded, and our fills on it.</summary>
/// <param name="Quotes">Best bid (low) and best ask (high), in units of 1e-9.</param>
/// <param name="Buys">Fills, evenly fewer where there were too many.</param>
/// <param name="Sells">As the buys.</param>
public sealed record PriceHistory(InstrumentId Instrument, ThinnedSeries Quotes, IReadOnlyList<FillMark> Buys, IReadOnlyList<FillMark> Sells);
