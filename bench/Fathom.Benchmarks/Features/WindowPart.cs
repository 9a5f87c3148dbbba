using Fathom.Engine.Features.Catalog;

namespace Fathom.Benchmarks.Features;

/// <summary>Does a sample cost more where the window is longer? The same feature over the last 10, 1,000 and 100,000 values.</summary>
internal static class WindowPart
{
    private static readonly string[] Names = ["mean", "sum", "variance", "minimum", "maximum", "quantile", "zscore"];
    private static readonly int[] Windows = [10, 1_000, 100_000];

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        FeatureSamples samples = new();
        List<BenchResult> results = [];
        foreach (string name in Names)
        {
            FeatureInfo info = FeatureCatalog.Find(name, name);
            double shortest = 0;
            foreach (int window in Windows)
            {
                FeatureArguments arguments = FeatureArguments.Read(info, name, new Dictionary<string, string> { ["window"] = $"{window}" });
                BenchResult result = UpdatePart.Measure($"{name} of {window:N0}", () => info.Create(arguments), samples, repetitions, warmUp: 2 * window + 1_000);
                double nanos = result.Ratios["ns"];
                if (window == Windows[0]) shortest = nanos;
                results.Add(result with { Ratios = new Dictionary<string, double> { ["ns"] = nanos, ["of_window_10"] = nanos / shortest } });
            }
        }
        return results;
    }
}
