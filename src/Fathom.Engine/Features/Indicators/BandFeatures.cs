using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Indicators.IndicatorFeatures;

namespace Fathom.Engine.Features.Indicators;

/// <summary>Bands and channels that can be asked for by name, and what their width is made of.</summary>
internal static class BandFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "standard_deviation",
            Family = FeatureFamily.Indicators,
            Summary = "Population standard deviation of the last values.",
            Formula = "√(Σ (x[i] − mean)² / n); exactly 0 where all are the same",
            Source = "TA-Lib STDDEV, but a small variance is not taken for 0.",
            Takes = FeatureTakes.Values,
            Parameters = [Period("20", min: 2, "values")],
            Outputs = [new("", "of its input", "0 or more") { Min = 0 }],
            WarmUp = "from value period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new StandardDeviation(arguments.Count("period")),
        },
        new()
        {
            Name = "bollinger",
            Family = FeatureFamily.Indicators,
            Summary = "Bollinger bands, their relative width, and where the value stands between them.",
            Formula = """
                middle = sma(x, n); upper, lower = middle ± k × population standard deviation
                width = (upper − lower) / middle, not known where middle is below a millionth of that distance; percent_b = (x − lower) / (upper − lower), 0.5 where that divides by 0
                """,
            Source = "Bollinger (2001); TA-Lib BBANDS with a simple average.",
            Takes = FeatureTakes.Values,
            Parameters =
            [
                Period("20", min: 2, "values in mean and deviation"),
                new("deviations", FeatureParameterKind.Number, "2", "standard deviations from middle to band") { Min = 0, Max = 100 },
            ],
            Outputs =
            [
                new("upper", "of its input", "not below middle"),
                new("middle", "of its input", "between the smallest and the largest of the values"),
                new("lower", "of its input", "not above middle"),
                new("width", "1", "any; 0 or more of prices"),
                new("percent_b", "1", "any; 0 to 1 between the bands"),
            ],
            WarmUp = "from value period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new BollingerBands(arguments.Count("period"), arguments.Number("deviations")),
        },
        new()
        {
            Name = "donchian",
            Family = FeatureFamily.Indicators,
            Summary = "Donchian channel: highest high and lowest low of the last bars, the newest among them.",
            Formula = "upper = max high, lower = min low of the last n bars; middle = (upper + lower) / 2",
            Source = "Donchian (1960); TA-Lib MAX and MIN.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("20", min: 1, "bars")],
            Outputs =
            [
                new("upper", "price", "any"),
                new("middle", "price", "any"),
                new("lower", "price", "not above upper"),
            ],
            WarmUp = "from bar period on",
            WarmUpSamples = static arguments => arguments.Count("period"),
            Create = static arguments => new DonchianChannel(arguments.Count("period")),
        },
        new()
        {
            Name = "keltner",
            Family = FeatureFamily.Indicators,
            Summary = "Keltner channel: exponential average of closes with bands of average true ranges.",
            Formula = "middle = ema(close, n); upper, lower = middle ± k × atr(m)",
            Source = "Keltner (1960) as changed by Raschke; TA-Lib has none; its EMA and ATR.",
            Takes = FeatureTakes.Bars,
            Parameters =
            [
                Period("20", min: 1, "of the average"),
                new("multiplier", FeatureParameterKind.Number, "2", "average true ranges from middle to band") { Min = 0, Max = 100 },
                Period("atr_period", "10", min: 1, "of the average true range"),
            ],
            Outputs =
            [
                new("upper", "price", "not below middle"),
                new("middle", "price", "between the lowest and the highest close"),
                new("lower", "price", "not above middle"),
            ],
            WarmUp = "from bar max(period, atr_period + 1) on; middle from bar period on",
            WarmUpSamples = static arguments => Math.Max(arguments.Count("period"), arguments.Count("atr_period") + 1),
            Create = static arguments => new KeltnerChannel(arguments.Count("period"), arguments.Number("multiplier"), arguments.Count("atr_period")),
        },
        new()
        {
            Name = "vwap_bands",
            Family = FeatureFamily.Indicators,
            Summary = "The session's volume-weighted average price of bars, with bands of its deviation.",
            Formula = """
                p = (high + low + close) / 3; vwap = Σ volume × p / Σ volume over the session so far
                upper, lower = vwap ± k × √(Σ volume × (p − vwap)² / Σ volume)
                """,
            Source = "TA-Lib has none; the deviation is that of the population of traded units.",
            Takes = FeatureTakes.Bars,
            Parameters = [new("deviations", FeatureParameterKind.Number, "2", "deviations from average to band") { Min = 0, Max = 100 }],
            Outputs =
            [
                new("vwap", "price", "between the lowest and the highest typical price of the session"),
                new("upper", "price", "not below vwap"),
                new("lower", "price", "not above vwap"),
            ],
            WarmUp = "from the first bar of a session that has volume on",
            Create = static arguments => new VwapBands(arguments.Number("deviations")),
        },
    ];
}
