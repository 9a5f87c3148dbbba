using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Indicators.IndicatorFeatures;

namespace Fathom.Engine.Features.Indicators;

/// <summary>Moving averages that can be asked for by name.</summary>
internal static class AverageFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "sma",
            Family = FeatureFamily.Indicators,
            Summary = "Simple moving average: the mean of the last values.",
            Formula = "(x[t] + … + x[t−n+1]) / n",
            Source = "TA-Lib SMA.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 1, "values in the mean")],
            Outputs = [new("", "of its input", "between the smallest and the largest of the values")],
            WarmUp = "from value period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new SimpleMovingAverage(arguments.Count("period")),
        },
        new()
        {
            Name = "ema",
            Family = FeatureFamily.Indicators,
            Summary = "Exponential moving average, begun with the mean of the first values.",
            Formula = "e + 2/(n+1) × (x − e); first e: (x[1] + … + x[n]) / n",
            Source = "TA-Lib EMA.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 1, "values in the first mean; the weight of a new value is 2 / (period + 1)")],
            Outputs = [new("", "of its input", "between the smallest and the largest value")],
            WarmUp = "from value period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new ExponentialMovingAverage(arguments.Count("period")),
        },
        new()
        {
            Name = "wma",
            Family = FeatureFamily.Indicators,
            Summary = "Weighted moving average: the newer, the heavier.",
            Formula = "(n x[t] + (n−1) x[t−1] + … + x[t−n+1]) / (n(n+1)/2)",
            Source = "TA-Lib WMA.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 1, "values in the mean")],
            Outputs = [new("", "of its input", "between the smallest and the largest of the values")],
            WarmUp = "from value period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new WeightedMovingAverage(arguments.Count("period")),
        },
        new()
        {
            Name = "dema",
            Family = FeatureFamily.Indicators,
            Summary = "Double exponential moving average, which lags less.",
            Formula = "2 e1 − e2; e1 = ema(x), e2 = ema(e1)",
            Source = "Mulloy (1994); TA-Lib DEMA.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 1, "of both averages")],
            Outputs = [new("", "of its input", "any")],
            WarmUp = "from value 2 × period − 1 on",
            WarmUpSamples = static arguments => 2 * arguments.Count("period") - 1,
            Create = static arguments => new DoubleExponentialMovingAverage(arguments.Count("period")),
        },
        new()
        {
            Name = "tema",
            Family = FeatureFamily.Indicators,
            Summary = "Triple exponential moving average, which lags still less.",
            Formula = "3 e1 − 3 e2 + e3; e1 = ema(x), e2 = ema(e1), e3 = ema(e2)",
            Source = "Mulloy (1994); TA-Lib TEMA.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 1, "of the three averages")],
            Outputs = [new("", "of its input", "any")],
            WarmUp = "from value 3 × period − 2 on",
            WarmUpSamples = static arguments => 3 * arguments.Count("period") - 2,
            Create = static arguments => new TripleExponentialMovingAverage(arguments.Count("period")),
        },
        new()
        {
            Name = "hma",
            Family = FeatureFamily.Indicators,
            Summary = "Hull's moving average: weighted averages put together so that they hardly lag.",
            Formula = "wma(2 wma(x, ⌊n/2⌋) − wma(x, n), ⌊√n⌋)",
            Source = "Hull (2005); TA-Lib has none.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 2, "values in the longest mean")],
            Outputs = [new("", "of its input", "any")],
            WarmUp = "from value period + ⌊√period⌋ − 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + HullMovingAverage.RootOf(arguments.Count("period")) - 1,
            Create = static arguments => new HullMovingAverage(arguments.Count("period")),
        },
        new()
        {
            Name = "kama",
            Family = FeatureFamily.Indicators,
            Summary = "Kaufman's adaptive moving average: quick in a trend, slow in noise.",
            Formula = """
                k + (e × (f − s) + s)² × (x − k); e = |x[t] − x[t−n]| / Σ |x[i] − x[i−1]| of the last n changes, 1 where nothing moved
                f = 2/(fast+1), s = 2/(slow+1); begun from x[n]
                """,
            Source = "Kaufman (1995); TA-Lib KAMA, whose fast and slow are 2 and 30.",
            Takes = FeatureTakes.Values,
            Parameters =
            [
                Period("10", min: 2, "changes that efficiency is judged by"),
                Period("fast", "2", min: 1, "length of the average in a trend"),
                Period("slow", "30", min: 1, "length of the average in noise"),
            ],
            Outputs = [new("", "of its input", "between the smallest and the largest value")],
            WarmUp = "from value period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new KaufmanMovingAverage(arguments.Count("period"), arguments.Count("fast"), arguments.Count("slow")),
        },
    ];
}
