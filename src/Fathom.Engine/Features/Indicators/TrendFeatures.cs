using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Indicators.IndicatorFeatures;

namespace Fathom.Engine.Features.Indicators;

/// <summary>Indicators of ranges and trends that can be asked for by name.</summary>
internal static class TrendFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "true_range",
            Family = FeatureFamily.Indicators,
            Summary = "Wilder's true range: a bar's range with the gap before it.",
            Formula = "max(high − low, |high − c|, |low − c|), c the close before",
            Source = "Wilder (1978); TA-Lib TRANGE.",
            Takes = FeatureTakes.Bars,
            Outputs = [new("", "price", "0 or more") { Min = 0 }],
            WarmUp = "from bar 2 on",
            WarmUpSamples = static _ => 2,
            Create = static _ => new TrueRange(),
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
        new()
        {
            Name = "adx",
            Family = FeatureFamily.Indicators,
            Summary = "Wilder's average directional index and directional indicators.",
            Formula = """
                up = high − high before, down = low before − low; the larger, if above 0, counts as plus or minus movement
                sums of movements and true ranges over n − 1 bars, then s − s/n + new; plus_di, minus_di = 100 × movement / range (at most 100)
                adx = Wilder's average of 100 × |plus_di − minus_di| / (plus_di + minus_di); 0/0 counts as 0 in its first mean, and as nothing later
                """,
            Source = "Wilder (1978); TA-Lib ADX, PLUS_DI and MINUS_DI.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("14", min: 2, "of all the averages")],
            Outputs =
            [
                new("adx", "1", "0 to 100") { Min = 0, Max = 100 },
                new("plus_di", "1", "0 to 100") { Min = 0, Max = 100 },
                new("minus_di", "1", "0 to 100") { Min = 0, Max = 100 },
            ],
            WarmUp = "from bar 2 × period on; plus_di and minus_di from bar period + 1 on",
            WarmUpSamples = static arguments => 2 * arguments.Count("period"),
            Create = static arguments => new AverageDirectionalIndex(arguments.Count("period")),
        },
        new()
        {
            Name = "psar",
            Family = FeatureFamily.Indicators,
            Summary = "Wilder's parabolic stop and reverse: the stop that was valid in the bar.",
            Formula = """
                stop + a × (extreme − stop), out of the ranges of the last two bars; a grows by step with each new extreme, up to max
                a bar that reaches it turns the direction: the stop is the old extreme, out of the last two ranges, and a is step again
                """,
            Source = "Wilder (1978); TA-Lib SAR, with its start.",
            Takes = FeatureTakes.Bars,
            Parameters =
            [
                new("step", FeatureParameterKind.Number, "0.02", "first acceleration, and its growth") { Min = 0.0001, Max = 1 },
                new("max", FeatureParameterKind.Number, "0.2", "largest acceleration") { Min = 0.0001, Max = 1 },
            ],
            Outputs = [new("", "price", "any")],
            WarmUp = "from bar 2 on",
            WarmUpSamples = static _ => 2,
            Create = static arguments => new ParabolicSar(arguments.Number("step"), arguments.Number("max")),
        },
        new()
        {
            Name = "aroon",
            Family = FeatureFamily.Indicators,
            Summary = "Aroon: how long ago the extremes of the last bars were.",
            Formula = "up = 100 × (n − bars since the highest high) / n of the last n + 1 bars, of equal ones the newest; down: of the lowest low; oscillator = up − down",
            Source = "Chande (1995); TA-Lib AROON and AROONOSC.",
            Takes = FeatureTakes.Bars,
            Parameters = [Period("25", min: 2, "bars before this one")],
            Outputs =
            [
                new("up", "1", "0 to 100") { Min = 0, Max = 100 },
                new("down", "1", "0 to 100") { Min = 0, Max = 100 },
                new("oscillator", "1", "−100 to 100") { Min = -100, Max = 100 },
            ],
            WarmUp = "from bar period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new Aroon(arguments.Count("period")),
        },
        new()
        {
            Name = "supertrend",
            Family = FeatureFamily.Indicators,
            Summary = "Supertrend: a stop of average true ranges that follows the trend.",
            Formula = """
                upper, lower = (high + low) / 2 ± k × atr(n); upper only falls and lower only rises until the close before was beyond it
                direction turns when the close reaches the band that is followed; value = lower while rising (1), upper while falling (−1)
                """,
            Source = "As commonly computed; the start is that of Skender's Stock Indicators. TA-Lib has none; its ATR.",
            Takes = FeatureTakes.Bars,
            Parameters =
            [
                Period("10", min: 1, "of the average true range"),
                new("multiplier", FeatureParameterKind.Number, "3", "average true ranges from middle to band") { Min = 0.01, Max = 100 },
            ],
            Outputs =
            [
                new("value", "price", "any"),
                new("direction", "1", "−1 or 1") { Min = -1, Max = 1 },
            ],
            WarmUp = "from bar period + 1 on",
            WarmUpSamples = static arguments => arguments.Count("period") + 1,
            Create = static arguments => new Supertrend(arguments.Count("period"), arguments.Number("multiplier")),
        },
        new()
        {
            Name = "ichimoku",
            Family = FeatureFamily.Indicators,
            Summary = "Ichimoku lines as a chart shows them at this bar; nothing of a later bar is in them.",
            Formula = """
                conversion, base = (highest high + lowest low) / 2 of the last so many bars
                leading_a = (conversion + base) / 2, leading_b = (highest + lowest) / 2 of the last leading bars, each as of displacement bars ago
                lagging = close of this bar, which a chart draws displacement bars back
                """,
            Source = "Hosoda (1969); TA-Lib has none.",
            Takes = FeatureTakes.Bars,
            Parameters =
            [
                Period("conversion", "9", min: 1, "bars of the conversion line"),
                Period("base", "26", min: 1, "bars of the base line"),
                Period("leading", "52", min: 1, "bars of leading line b"),
                Period("displacement", "26", min: 1, "bars that the leading lines are ahead and the lagging line is back"),
            ],
            Outputs =
            [
                new("conversion", "price", "any"),
                new("base", "price", "any"),
                new("leading_a", "price", "any"),
                new("leading_b", "price", "any"),
                new("lagging", "price", "any"),
            ],
            WarmUp = "from bar max(conversion, base, leading) + displacement on",
            WarmUpSamples = static arguments => Math.Max(arguments.Count("conversion"), Math.Max(arguments.Count("base"), arguments.Count("leading"))) + arguments.Count("displacement"),
            Create = static arguments => new Ichimoku(arguments.Count("conversion"), arguments.Count("base"), arguments.Count("leading"), arguments.Count("displacement")),
        },
    ];
}
