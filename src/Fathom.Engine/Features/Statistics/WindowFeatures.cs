using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Statistics.StatisticsFeatures;

namespace Fathom.Engine.Features.Statistics;

/// <summary>What the values of a window come to.</summary>
internal static class WindowFeatures
{
    private const string VarianceWarmUp = "a window of a count: from value window on; of a time: while it holds more than ddof values";

    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "mean",
            Family = FeatureFamily.Statistics,
            Summary = "The mean of the values of a window.",
            Formula = "Σx / n",
            Source = "Definition; the sum is compensated.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 1, "values")],
            Outputs = [new("", "of its input", "between the smallest and the largest of the values")],
            WarmUp = WarmUpOfWindow,
            WarmUpSamples = SamplesOf,
            Create = static arguments => new Mean(arguments.Window("window")),
        },
        new()
        {
            Name = "sum",
            Family = FeatureFamily.Statistics,
            Summary = "The sum of the values of a window.",
            Formula = "Σx",
            Source = "Definition; the sum is compensated.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 1, "values")],
            Outputs = [new("", "of its input", "any")],
            WarmUp = WarmUpOfWindow,
            WarmUpSamples = SamplesOf,
            Create = static arguments => new Sum(arguments.Window("window")),
        },
        new()
        {
            Name = "variance",
            Family = FeatureFamily.Statistics,
            Summary = "The variance of the values of a window about their mean.",
            Formula = "Σ(x − mean)² / (n − ddof); exactly 0 where all are equal",
            Source = "Welford (1962); Chan, Golub, LeVeque (1983).",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 2, "values"), Ddof],
            Outputs = [new("", "of its input, squared", "0 or more") { Min = 0 }],
            WarmUp = VarianceWarmUp,
            Create = static arguments => new Variance(arguments.Window("window"), arguments.Count("ddof")),
        },
        new()
        {
            Name = "zscore",
            Family = FeatureFamily.Statistics,
            Summary = "How many standard deviations the last value is from the mean of a window, itself included.",
            Formula = "(x − mean) / √(Σ(x − mean)² / (n − ddof)); 0 where all are equal",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 2, "values"), Ddof],
            Outputs = [new("", "1", "−√n to √n")],
            WarmUp = VarianceWarmUp,
            Create = static arguments => new ZScore(arguments.Window("window"), arguments.Count("ddof")),
        },
        new()
        {
            Name = "minimum",
            Family = FeatureFamily.Statistics,
            Summary = "The smallest of the values of a window.",
            Formula = "min x",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 1, "values")],
            Outputs = [new("", "of its input", "one of the values")],
            WarmUp = WarmUpOfWindow,
            WarmUpSamples = SamplesOf,
            Create = static arguments => new Minimum(arguments.Window("window")),
        },
        new()
        {
            Name = "maximum",
            Family = FeatureFamily.Statistics,
            Summary = "The largest of the values of a window.",
            Formula = "max x",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 1, "values")],
            Outputs = [new("", "of its input", "one of the values")],
            WarmUp = WarmUpOfWindow,
            WarmUpSamples = SamplesOf,
            Create = static arguments => new Maximum(arguments.Window("window")),
        },
        new()
        {
            Name = "range_position",
            Family = FeatureFamily.Statistics,
            Summary = "Where the last value stands between the smallest and the largest of a window, itself included.",
            Formula = "(x − min) / (max − min); 0.5 where all are equal",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 1, "values")],
            Outputs = [new("", "1", "0 to 1") { Min = 0, Max = 1 }],
            WarmUp = WarmUpOfWindow,
            WarmUpSamples = SamplesOf,
            Create = static arguments => new RangePosition(arguments.Window("window")),
        },
        new()
        {
            Name = "quantile",
            Family = FeatureFamily.Statistics,
            Summary = "The value below which a share q of the values of a window lies.",
            Formula = "of x[0] ≤ … ≤ x[n−1] the one at place p = (n − 1) q: x[⌊p⌋] + (p − ⌊p⌋)(x[⌊p⌋+1] − x[⌊p⌋])",
            Source = "Hyndman, Fan (1996), definition 7; the default of R and NumPy.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("100", min: 1, "values"), new("q", FeatureParameterKind.Number, "0.5", "0 the smallest, 0.5 the median, 1 the largest") { Min = 0, Max = 1 }],
            Outputs = [new("", "of its input", "between the smallest and the largest of the values")],
            WarmUp = WarmUpOfWindow,
            WarmUpSamples = SamplesOf,
            Create = static arguments => new Quantile(arguments.Window("window"), arguments.Number("q")),
        },
    ];
}
