namespace Fathom.Data.Dbn;

/// <summary>What a requested symbol was in [start, end).</summary>
/// <param name="StartDate">UTC date as YYYYMMDD.</param>
/// <param name="EndDate">UTC date as YYYYMMDD, exclusive.</param>
/// <param name="Symbol">Text of the output symbology; a decimal number where that is the instrument id.</param>
public readonly record struct DbnMappingInterval(uint StartDate, uint EndDate, string Symbol);
