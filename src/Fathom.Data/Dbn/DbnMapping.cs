namespace Fathom.Data.Dbn;

/// <summary>What one requested symbol was, over time.</summary>
/// <param name="Symbol">The text of the request ("raw_symbol" in the format, whatever its symbology).</param>
public sealed record DbnMapping(string Symbol, IReadOnlyList<DbnMappingInterval> Intervals);
