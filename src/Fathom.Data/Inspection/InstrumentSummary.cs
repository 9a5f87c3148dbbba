namespace Fathom.Data.Inspection;

/// <summary>An instrument in a file.</summary>
/// <param name="Number">The venue's number.</param>
/// <param name="Symbol">From a definition, else from the mapping that holds at its first record; the number as text where there is neither.</param>
/// <param name="Records">How many of the file's records are about it.</param>
public sealed record InstrumentSummary(ushort Publisher, uint Number, string Symbol, long Records);
