using Fathom.Domain;
using Fathom.Engine.Features.Catalog;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>What a feature is computed from, as it was read from its text.</summary>
/// <param name="Column">Of the feature that it follows.</param>
internal readonly record struct FeatureSource(FeatureSourceKind Kind, BarSpec Bars = default, FeatureField Field = FeatureField.Close, int Column = -1)
{
    private const string BarsPrefix = "bars.";

    private static readonly (string Text, FeatureField Field)[] s_fields =
        [("open", FeatureField.Open), ("high", FeatureField.High), ("low", FeatureField.Low), ("close", FeatureField.Close), ("volume", FeatureField.Volume), ("typical", FeatureField.Typical)];

    /// <param name="columns">Names of the columns so far.</param>
    /// <exception cref="InputException">The text is no source that the feature takes.</exception>
    public static FeatureSource Read(FeatureTakes takes, FeatureSpec spec, IReadOnlyList<string> columns)
    {
        string on = spec.On;
        if (takes == FeatureTakes.Tape)
        {
            return on.Length == 0
                ? new FeatureSource(FeatureSourceKind.Tape)
                : throw new InputException(spec.Subject, $"on = \"{on}\"", $"none: {spec.Name} is computed from the order book and the trades, which {on} does not carry", "Leave it out, or take a feature of bars.");
        }
        if (on.StartsWith(BarsPrefix, StringComparison.Ordinal)) return ReadBars(takes, spec, on);
        if (takes == FeatureTakes.Bars) throw Wrong(spec, "bars, for example \"bars.1m\"", []);
        if (on == "mid") return new FeatureSource(FeatureSourceKind.Mid);
        if (on == "trades") return new FeatureSource(FeatureSourceKind.Trades);
        for (int i = 0; i < columns.Count; i++)
            if (columns[i] == on) return new FeatureSource(FeatureSourceKind.Feature, Column: i);
        throw Wrong(spec, "\"bars.\" and an interval (\"bars.1m\", \"bars.500t.high\"), \"mid\", \"trades\", or the name of a feature before it", ["mid", "trades", .. columns]);
    }

    private static FeatureSource ReadBars(FeatureTakes takes, FeatureSpec spec, string on)
    {
        string text = on[BarsPrefix.Length..];
        if (BarSpec.TryParse(text, out BarSpec bars)) return new FeatureSource(FeatureSourceKind.Bars, bars);
        int dot = text.LastIndexOf('.');
        if (takes != FeatureTakes.Bars && dot > 0 && BarSpec.TryParse(text.AsSpan(0, dot), out bars))
        {
            foreach ((string name, FeatureField field) in s_fields)
                if (text.AsSpan(dot + 1).SequenceEqual(name)) return new FeatureSource(FeatureSourceKind.Bars, bars, field);
        }
        string fields = takes == FeatureTakes.Bars ? "" : ", and one of open, high, low, close, volume, typical behind a point";
        throw new InputException(spec.Subject, $"on = \"{on}\"", $"bars.: a number with a unit (ns, us, ms, s, m, h, up to 1d; t for ticks, v for volume, $ for notional), quote: before it for bars of quotes{fields}", "For example \"bars.1m\", \"bars.500t\", \"bars.quote:1s\".");
    }

    private static InputException Wrong(FeatureSpec spec, string expected, IReadOnlyList<string> known)
    {
        string? nearest = NearestName.Find(spec.On, known);
        string fix = nearest is null ? "State on, or a default for all in [features]." : $"Did you mean \"{nearest}\"?";
        return new InputException(spec.Subject, spec.On.Length == 0 ? $"{spec.Name} without on" : $"on = \"{spec.On}\"", expected, fix);
    }
}
