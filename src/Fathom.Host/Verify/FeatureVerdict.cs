using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>What came of comparing a feature with the second witness.</summary>
/// <param name="Runs">Series times arguments.</param>
/// <param name="Samples">Outputs that both knew and that were compared.</param>
/// <param name="Largest">The largest difference; null where all outputs are the same bits.</param>
/// <param name="Failure">Why it failed; null: it did not.</param>
public sealed record FeatureVerdict(FeatureInfo Info, int Runs, long Samples, FeatureDifference? Largest, string? Failure)
{
    public bool Passed => Failure is null;
}
