namespace Fathom.Benchmarks.Features;

/// <summary>What does a sample cost each feature, does it grow with the window, and what does a vector add to a backtest?</summary>
internal static class FeaturesBench
{
    private static readonly BenchParts Parts = new(("update", UpdatePart.Measure), ("window", WindowPart.Measure), ("vector", VectorPart.Measure));

    public static IEnumerable<string> PartNames => Parts.Names;

    /// <inheritdoc cref="BenchParts.Measure"/>
    public static List<BenchResult> Measure(string? only, long events, int repetitions) => Parts.Measure(only, events, repetitions);
}
