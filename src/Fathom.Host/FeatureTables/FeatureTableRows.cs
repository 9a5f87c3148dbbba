using Fathom.Domain.Values;

namespace Fathom.Host.FeatureTables;

/// <summary>What was written.</summary>
/// <param name="First">Time of the first row.</param>
/// <param name="Last">Time of the last row.</param>
/// <param name="DataEnd">Time of the last input.</param>
/// <param name="Missing">Empty cells by column, time and instrument included.</param>
internal sealed record FeatureTableRows(long Count, Timestamp First, Timestamp Last, Timestamp DataEnd, IReadOnlyList<long> Missing, IReadOnlyList<(string Symbol, long Rows)> Instruments);
