namespace Fathom.Host.Verify;

/// <summary>What came of comparing features with the second witness.</summary>
/// <param name="Data">The user's file and what was taken of it; null where there was none.</param>
/// <param name="RoundTripMicros">The median time that a question takes through the pipe and back.</param>
internal sealed record VerifyReport(IReadOnlyList<FeatureVerdict> Verdicts, int Seeds, string? Data, double RoundTripMicros, double Seconds)
{
    public int Failed => Verdicts.Count(verdict => !verdict.Passed);
}
