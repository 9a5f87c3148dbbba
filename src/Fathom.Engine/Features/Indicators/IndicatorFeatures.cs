using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The technical indicators that can be asked for by name. Where TA-Lib has one, its conventions are followed.</summary>
internal static class IndicatorFeatures
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
            Name = "rsi",
            Family = FeatureFamily.Indicators,
            Summary = "Wilder's relative strength index.",
            Formula = "100 × G / (G + L); G and L are Wilder's averages of gains and losses, begun with the mean of the first n; 0 where nothing moved",
            Source = "Wilder (1978); TA-Lib RSI.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("14", min: 2, "changes in the first averages")],
            Outputs = [new("", "1", "0 to 100") { Min = 0, Max = 100 }],
            WarmUp = "from value period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new RelativeStrengthIndex(arguments.Count("period")),
        },
        new()
        {
            Name = "atr",
            Family = FeatureFamily.Indicators,
            Summary = "Wilder's average true range.",
            Formula = "Wilder's average of max(high − low, |high − c|, |low − c|), c the close before; begun with the mean of the first n",
            Source = "Wilder (1978); TA-Lib ATR.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("14", min: 1, "ranges in the first average")],
            Outputs = [new("", "price", "0 or more") { Min = 0 }],
            WarmUp = "from bar period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new AverageTrueRange(arguments.Count("period")),
        },
    ];

    private static FeatureParameter Period(string initial, int min, string summary) => new("period", FeatureParameterKind.Count, initial, summary) { Min = min };
}
