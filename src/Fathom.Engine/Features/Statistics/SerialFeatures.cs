using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Statistics.StatisticsFeatures;

namespace Fathom.Engine.Features.Statistics;

/// <summary>How the values of a series follow on each other.</summary>
internal static class SerialFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "return",
            Family = FeatureFamily.Statistics,
            Summary = "The log return of a value since the one before.",
            Formula = "ln(x[t] / x[t−1])",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Outputs = [new("", "1", "any")],
            WarmUp = "from value 2 on; values of zero or less are passed over",
            Create = static _ => new LogReturn(),
        },
        new()
        {
            Name = "momentum",
            Family = FeatureFamily.Statistics,
            Summary = "How much a value changed over a horizon, as a share of what it was.",
            Formula = "simple: x / x' − 1; log: ln(x / x'); x' is the value so many before, or the last one that had come by now − horizon",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters =
            [
                new("horizon", FeatureParameterKind.Window, "10", "how far back: values, or a time, of which the last 131,072 values are kept"),
                new("kind", FeatureParameterKind.Word, "simple", "simple, or log, for which a value of zero or less is passed over") { Words = ["simple", "log"] },
            ],
            Outputs = [new("", "1", "any")],
            WarmUp = "a horizon of a count: from value horizon + 1 on; of a time: once a value is that old; never where x' is 0",
            Create = static arguments => new Momentum(arguments.Window("horizon"), arguments.Word("kind") == "log"),
        },
        new()
        {
            Name = "slope",
            Family = FeatureFamily.Statistics,
            Summary = "The slope of the line of least squares through the last values, per value.",
            Formula = "Σ(i − mean i)(x − mean x) / Σ(i − mean i)², i = 0 … n − 1",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [CountWindow("20", min: 2, "values")],
            Outputs = [new("", "of its input", "any")],
            WarmUp = "from value window on",
            WarmUpSamples = static arguments => arguments.Count("window"),
            Create = static arguments => new Slope(arguments.Count("window")),
        },
        new()
        {
            Name = "autocorrelation",
            Family = FeatureFamily.Statistics,
            Summary = "The autocorrelation of the last values at a lag.",
            Formula = "Σ(t > lag) d[t] d[t−lag] / Σd², d = x − mean of the window; 0 where all are equal",
            Source = "Box, Jenkins (1970); the standard, biased form.",
            Takes = FeatureTakes.Values,
            Parameters = [new("lag", FeatureParameterKind.Count, "1", "values between the two that are compared"), CountWindow("100", min: 2, "values, more than lag")],
            Outputs = [new("", "1", "−1 to 1") { Min = -1, Max = 1 }],
            WarmUp = "from value window on",
            WarmUpSamples = static arguments => arguments.Count("window"),
            Check = static arguments => arguments.Count("window") > arguments.Count("lag") ? null : "Make window larger than lag.",
            Create = static arguments => new Autocorrelation(arguments.Count("lag"), arguments.Count("window")),
        },
        new()
        {
            Name = "half_life",
            Family = FeatureFamily.Statistics,
            Summary = "After how many values half of a deviation is gone, were the last values an AR(1).",
            Formula = "x[t] − x[t−1] = a + b x[t−1] by least squares\nvalues = −ln 2 / ln(1 + b), b kept within −1 + 1e-6 and −1e-6\ncoefficient = b; 0 where nothing moved",
            Source = "Ornstein-Uhlenbeck process in discrete time.",
            Takes = FeatureTakes.Values,
            Parameters = [CountWindow("100", min: 3, "values")],
            Outputs = [new("values", "1", "0.05 to 693,147: as good as never") { Min = 0.05, Max = 693_148 }, new("coefficient", "1", "below 0 where deviations fade")],
            WarmUp = "from value window on",
            WarmUpSamples = static arguments => arguments.Count("window"),
            Create = static arguments => new HalfLife(arguments.Count("window")),
        },
    ];
}
