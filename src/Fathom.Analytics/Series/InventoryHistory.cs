using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>What a strategy held of an instrument after each of its fills.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="Quantity">Signed, in units.</param>
public sealed record InventoryHistory(ushort Strategy, InstrumentId Instrument, ThinnedSeries Quantity);
