namespace Fathom.Host.Runs;

/// <summary>A file that a run read, as it was then.</summary>
/// <param name="Role">What it was read for: data, definitions, series.NAME, context.STRATEGY, carry_over. Each once in a run.</param>
/// <param name="File">Full path.</param>
/// <param name="Bytes">Length; 0 of what was no plain file and so could not be read twice.</param>
/// <param name="Hash">XXH3-128 of the whole file, 32 hexadecimal digits; empty of what was no plain file.</param>
public sealed record RunInput(string Role, string File, long Bytes, string Hash);
