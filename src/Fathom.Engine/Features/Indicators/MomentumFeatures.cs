using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Indicators.IndicatorFeatures;

namespace Fathom.Engine.Features.Indicators;

/// <summary>Indicators of speed and of volume that can be asked for by name.</summary>
internal static class MomentumFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
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
            Name = "stochastic",
            Family = FeatureFamily.Indicators,
            Summary = "Slow stochastic oscillator: where the close stands in the range of the last bars.",
            Formula = "k = sma(100 × (close − L) / (H − L), smooth), H and L of the last n bars, 0 where H = L; d = sma(k, signal)",
            Source = "Lane (1984); TA-Lib STOCH with simple averages.",
            Takes = FeatureTakes.Bars,
            Parameters =
            [
                Period("14", min: 1, "bars of the range"),
                Period("smooth", "3", min: 1, "values that k is the mean of"),
                Period("signal", "3", min: 1, "values that d is the mean of"),
            ],
            Outputs =
            [
                new("k", "1", "0 to 100") { Min = 0, Max = 100 },
                new("d", "1", "0 to 100") { Min = 0, Max = 100 },
            ],
            WarmUp = "from bar period + smooth + signal − 2 on; k from bar period + smooth − 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + arguments.Count("smooth") + arguments.Count("signal") - 2,
            Create = static arguments => new StochasticOscillator(arguments.Count("period"), arguments.Count("smooth"), arguments.Count("signal")),
        },
        new()
        {
            Name = "stochastic_rsi",
            Family = FeatureFamily.Indicators,
            Summary = "Where the relative strength index stands in its own range.",
            Formula = "k = 100 × (r − L) / (H − L), r = rsi(x), H and L its extremes of the last n, 0 where H − L < 1e-6; d = sma(k, signal)",
            Source = "Chande and Kroll (1993); TA-Lib STOCHRSI, which has no such least range.",
            Takes = FeatureTakes.Values,
            Parameters =
            [
                Period("rsi_period", "14", min: 2, "of the relative strength index"),
                Period("14", min: 1, "indices of the range"),
                Period("signal", "3", min: 1, "values that d is the mean of"),
            ],
            Outputs =
            [
                new("k", "1", "0 to 100") { Min = 0, Max = 100 },
                new("d", "1", "0 to 100") { Min = 0, Max = 100 },
            ],
            Bound = 1e-5,      // k divides by the range of an index that is known to 1e-13, and the smallest range is 1e-6
            WarmUp = "from value rsi_period + period + signal − 1 on; k from value rsi_period + period on",
            WarmUpSamples = static arguments => arguments.Count("rsi_period") + arguments.Count("period") + arguments.Count("signal") - 1,
            Create = static arguments => new StochasticRelativeStrengthIndex(arguments.Count("rsi_period"), arguments.Count("period"), arguments.Count("signal")),
        },
        new()
        {
            Name = "macd",
            Family = FeatureFamily.Indicators,
            Summary = "Moving average convergence/divergence: a fast average less a slow one.",
            Formula = """
                line = ema(x, fast) − ema(x, slow), the fast one begun with the mean of the newest values of the slow one's first mean
                signal = ema(line, signal); histogram = line − signal
                """,
            Source = "Appel (1979); TA-Lib MACD.",
            Takes = FeatureTakes.Values,
            Parameters =
            [
                Period("fast", "12", min: 1, "of the fast average"),
                Period("slow", "26", min: 1, "of the slow average; they change places if it is the smaller"),
                Period("signal", "9", min: 1, "of the average of the line"),
            ],
            Outputs =
            [
                new("line", "of its input", "any"),
                new("signal", "of its input", "any"),
                new("histogram", "of its input", "any"),
            ],
            Bound = 1e-5,      // a difference of averages keeps their rounding, however small it is itself: of values beside 1e9 some 1e-6
            WarmUp = "from value max(fast, slow) + signal − 1 on; line from value max(fast, slow) on",
            WarmUpSamples = static arguments => Math.Max(arguments.Count("fast"), arguments.Count("slow")) + arguments.Count("signal") - 1,
            Create = static arguments => new Macd(arguments.Count("fast"), arguments.Count("slow"), arguments.Count("signal")),
        },
        new()
        {
            Name = "cci",
            Family = FeatureFamily.Indicators,
            Summary = "Commodity channel index: distance from the mean price in mean deviations.",
            Formula = "(p − mean) / (0.015 × Σ |p[i] − mean| / n), p = (high + low + close) / 3 of the last n bars; 0 where the mean deviation is below 1e-12 × p",
            Source = "Lambert (1980); TA-Lib CCI, whose least deviation is 1e-14.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("20", min: 2, "bars")],
            Outputs = [new("", "1", "any")],
            WarmUp = "from bar period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new CommodityChannelIndex(arguments.Count("period")),
        },
        new()
        {
            Name = "roc",
            Family = FeatureFamily.Indicators,
            Summary = "Rate of change in percent.",
            Formula = "100 × (x[t] / x[t−n] − 1); 0 where x[t−n] = 0",
            Source = "TA-Lib ROC.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("10", min: 1, "values back")],
            Outputs = [new("", "percent", "any")],
            WarmUp = "from value period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new RateOfChange(arguments.Count("period")),
        },
        new()
        {
            Name = "williams_r",
            Family = FeatureFamily.Indicators,
            Summary = "Williams' %R: how far the close is below the highest high.",
            Formula = "−100 × (H − close) / (H − L), H and L of the last n bars; 0 where H = L",
            Source = "Williams (1973); TA-Lib WILLR.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("14", min: 2, "bars")],
            Outputs = [new("", "1", "−100 to 0") { Min = -100, Max = 0 }],
            WarmUp = "from bar period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new WilliamsPercentRange(arguments.Count("period")),
        },
        new()
        {
            Name = "obv",
            Family = FeatureFamily.Indicators,
            Summary = "On-balance volume: volume of rising closes less that of falling ones.",
            Formula = "volume[1] + Σ ±volume[t], + where close rose, − where it fell",
            Source = "Granville (1963); TA-Lib OBV.",
            Takes = FeatureTakes.Bars,
            Outputs = [new("", "quantity", "any")],
            WarmUp = "from bar 1 on",
            WarmUpSamples = static _ => 1,
            Create = static _ => new OnBalanceVolume(),
        },
        new()
        {
            Name = "mfi",
            Family = FeatureFamily.Indicators,
            Summary = "Money flow index: share of flow in bars whose price rose.",
            Formula = "100 × positive / (positive + negative) flow of the last n bars; flow = p × volume, p = (high + low + close) / 3, by the sign of p − p before; 0 where all flow < 1",
            Source = "Quong and Soudack (1989); TA-Lib MFI.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("14", min: 2, "bars")],
            Outputs = [new("", "1", "0 to 100") { Min = 0, Max = 100 }],
            WarmUp = "from bar period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new MoneyFlowIndex(arguments.Count("period")),
        },
    ];
}
