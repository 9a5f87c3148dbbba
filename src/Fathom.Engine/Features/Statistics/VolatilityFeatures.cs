using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Statistics.StatisticsFeatures;

namespace Fathom.Engine.Features.Statistics;

/// <summary>How much a series moves.</summary>
internal static class VolatilityFeatures
{
    private const double LambdaMax = 0.999999;

    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "volatility",
            Family = FeatureFamily.Statistics,
            Summary = "The standard deviation of the log returns of a window, per value.",
            Formula = "√(Σ(r − mean)² / (n − ddof)) × √periods, r = ln(x[t] / x[t−1])",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 2, "returns"), Ddof, new("periods", FeatureParameterKind.Number, "1", "values in what it is stated for: 1 a single value, 252 a year of daily closes") { Min = 1e-9, Max = 1e9 }],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "a window of a count: from value window + 1 on; of a time: while more than ddof returns ended in it; values of zero or less do not count",
            Create = static arguments => new Volatility(arguments.Window("window"), arguments.Count("ddof"), arguments.Number("periods")),
        },
        new()
        {
            Name = "realized_variance",
            Family = FeatureFamily.Statistics,
            Summary = "The sum of the squared log returns of a window.",
            Formula = "Σr², r = ln(x[t] / x[t−1])",
            Source = "Andersen, Bollerslev, Diebold, Labys (2003).",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 1, "returns")],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "a window of a count: from value window + 1 on; of a time: while a return ended in it; values of zero or less do not count",
            Create = static arguments => new RealizedVariance(arguments.Window("window")),
        },
        new()
        {
            Name = "bipower_variance",
            Family = FeatureFamily.Statistics,
            Summary = "The realized variance of a window without its jumps.",
            Formula = "π/2 × Σ|r[i]| |r[i−1]| over neighbours in the window, r = ln(x[t] / x[t−1])",
            Source = "Barndorff-Nielsen, Shephard (2004).",
            Takes = FeatureTakes.Values,
            Parameters = [Window("20", min: 2, "returns")],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "a window of a count: from value window + 1 on; of a time: while two returns ended in it; values of zero or less do not count",
            Create = static arguments => new BipowerVariance(arguments.Window("window")),
        },
        new()
        {
            Name = "parkinson",
            Family = FeatureFamily.Statistics,
            Summary = "The volatility of bars by their ranges, per bar.",
            Formula = "√(mean of ln(high / low)² / (4 ln 2))",
            Source = "Parkinson (1980).",
            Takes = FeatureTakes.Bars,
            Parameters = [CountWindow("20", min: 1, "bars")],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "from bar window on; bars with a price of zero or less do not count",
            WarmUpSamples = static arguments => arguments.Count("window"),
            Create = static arguments => new Parkinson(arguments.Count("window")),
        },
        new()
        {
            Name = "garman_klass",
            Family = FeatureFamily.Statistics,
            Summary = "The volatility of bars by their ranges and what they moved, per bar.",
            Formula = "√(mean of ½ ln(high / low)² − (2 ln 2 − 1) ln(close / open)²); 0 where the mean is below",
            Source = "Garman, Klass (1980).",
            Takes = FeatureTakes.Bars,
            Parameters = [CountWindow("20", min: 1, "bars")],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "from bar window on; bars with a price of zero or less do not count",
            WarmUpSamples = static arguments => arguments.Count("window"),
            Create = static arguments => new GarmanKlass(arguments.Count("window")),
        },
        new()
        {
            Name = "rogers_satchell",
            Family = FeatureFamily.Statistics,
            Summary = "The volatility of bars by their ranges whatever their drift, per bar.",
            Formula = "√(mean of ln(high / close) ln(high / open) + ln(low / close) ln(low / open)); 0 where the mean is below",
            Source = "Rogers, Satchell (1991).",
            Takes = FeatureTakes.Bars,
            Parameters = [CountWindow("20", min: 1, "bars")],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "from bar window on; bars with a price of zero or less do not count",
            WarmUpSamples = static arguments => arguments.Count("window"),
            Create = static arguments => new RogersSatchell(arguments.Count("window")),
        },
        new()
        {
            Name = "yang_zhang",
            Family = FeatureFamily.Statistics,
            Summary = "The volatility of bars that counts gaps between them, whatever their drift, per bar.",
            Formula = "√(Var(ln(open / close before)) + k Var(ln(close / open)) + (1 − k) × mean of Rogers and Satchell), ddof 1, k = 0.34 / (1.34 + (n + 1) / (n − 1))",
            Source = "Yang, Zhang (2000).",
            Takes = FeatureTakes.Bars,
            Parameters = [CountWindow("20", min: 2, "bars with one before")],
            Outputs = [new("", "1", "0 or more") { Min = 0 }],
            WarmUp = "from bar window + 1 on; bars with a price of zero or less do not count",
            WarmUpSamples = static arguments => arguments.Count("window") + 1,
            Create = static arguments => new YangZhang(arguments.Count("window")),
        },
        new()
        {
            Name = "ewma_mean",
            Family = FeatureFamily.Statistics,
            Summary = "The exponentially weighted mean of values.",
            Formula = "m = λ m + (1 − λ) x, begun with the first x; λ = 2^(−1 / half_life) where half_life is above 0",
            Source = "Definition.",
            Takes = FeatureTakes.Values,
            Parameters = [Lambda, HalfLife],
            Outputs = [new("", "of its input", "between the smallest and the largest of the values")],
            WarmUp = "from the first value on",
            WarmUpSamples = static _ => 1,
            Create = static arguments => new EwmaMean(LambdaOf(arguments)),
        },
        new()
        {
            Name = "ewma_variance",
            Family = FeatureFamily.Statistics,
            Summary = "The exponentially weighted variance about zero of log returns, or of the values themselves.",
            Formula = "v = λ v + (1 − λ) r², begun with the first r²; λ = 2^(−1 / half_life) where half_life is above 0",
            Source = "J.P. Morgan (1996), RiskMetrics.",
            Takes = FeatureTakes.Values,
            Parameters = [Lambda, HalfLife, Of],
            Outputs = [new("", "1, or of its input, squared", "0 or more") { Min = 0 }],
            WarmUp = "of returns: from value 2 on; of levels: from the first",
            Create = static arguments => new EwmaVariance(LambdaOf(arguments), FormOf(arguments)),
        },
        new()
        {
            Name = "ewma_variance_time",
            Family = FeatureFamily.Statistics,
            Summary = "The exponentially weighted variance about zero of log returns, or of values, that come at any times.",
            Formula = "Σ w r² / Σ w, w = e^(−age / tau)",
            Source = "Definition; both sums are kept, so that the start is unbiased.",
            Takes = FeatureTakes.Values,
            Parameters = [new("tau", FeatureParameterKind.Duration, "1m", "time in which a weight falls to 1/e"), Of],
            Outputs = [new("", "1, or of its input, squared", "0 or more") { Min = 0 }],
            WarmUp = "of returns: from value 2 on; of levels: from the first",
            Create = static arguments => new EwmaVarianceTime(arguments.Duration("tau"), FormOf(arguments)),
        },
    ];

    // Properties, for the list above is made first.
    private static FeatureParameter Lambda => new("lambda", FeatureParameterKind.Number, "0.94", "weight of the past, unless half_life is above 0") { Min = 0, Max = LambdaMax };

    private static FeatureParameter HalfLife => new("half_life", FeatureParameterKind.Number, "0", "values in which a weight halves; 0: lambda counts") { Min = 0, Max = 500_000 };

    private static double LambdaOf(FeatureArguments arguments)
    {
        double halfLife = arguments.Number("half_life");
        return halfLife > 0 ? EwmaMean.LambdaOf(halfLife) : arguments.Number("lambda");
    }
}
