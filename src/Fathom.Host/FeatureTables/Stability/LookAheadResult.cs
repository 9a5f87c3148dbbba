namespace Fathom.Host.FeatureTables.Stability;

/// <summary>What came of computing the features again on data that ends earlier.</summary>
/// <param name="Moments">At which it was made to end.</param>
/// <param name="Rows">That were compared, over all moments.</param>
/// <param name="Difference">The first; null: every number was the same, bit by bit.</param>
internal sealed record LookAheadResult(IReadOnlyList<string> Moments, long Rows, LookAheadDifference? Difference);
