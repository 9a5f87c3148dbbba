using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;
using Fathom.Market.Books.Bars;

namespace Fathom.Host.FeatureTables;

/// <summary>Binds <c>[features.table]</c> and <c>[[features.label]]</c>. A backtest reads them too, so that one configuration serves both; they change nothing of it.</summary>
internal static class FeatureTableBinding
{
    private const string BarsPrefix = "bars.", EventsWord = "events";
    private const decimal DistanceMax = 1_000_000;

    private static readonly string[] s_kinds = ["forward_return", "triple_barrier"];
    private static readonly Duration s_horizonMax = new(31L * 86_400 * Timestamp.NanosPerSecond);

    /// <exception cref="InputException">A moment or a label that there is not.</exception>
    public static FeatureTableOptions Bind(ConfigSection features)
    {
        ConfigSection table = features.Section("table");
        FeatureTableOptions options = table.StringOrNull("rows", affectsResult: false) is { } rows ? Rows(table, rows) : Default(features);
        List<FeatureLabel> labels = [];
        foreach (ConfigSection section in features.Tables("label"))
        {
            FeatureLabel label = BindLabel(section);
            if (labels.Any(other => other.Column == label.Column)) throw section.Refuse("as", $"another name than '{label.Column[FeatureLabel.Prefix.Length..]}', which is taken", "State as = \"…\" with another name for one of them.");
            labels.Add(label);
        }
        return options with { Labels = labels };
    }

    private static FeatureTableOptions Rows(ConfigSection table, string text)
    {
        if (text == EventsWord) return new() { Rows = FeatureRows.Events, RowsText = text };
        if (text.StartsWith(BarsPrefix, StringComparison.Ordinal) && BarSpec.TryParse(text.AsSpan(BarsPrefix.Length), out BarSpec bars)) return new() { Rows = FeatureRows.Bars, RowsText = text, Bars = bars };
        if (Duration.TryParse(text, out Duration interval) && interval > Duration.Zero) return new() { Rows = FeatureRows.Grid, RowsText = text, Interval = interval };
        throw table.Refuse("rows", "\"bars.\" and an interval (a row at each close: \"bars.1m\", \"bars.500t\", \"bars.quote:1s\"), \"events\" (a row after each event of the book), or a time (a row each \"1s\")", "For example rows = \"bars.1m\".");
    }

    /// <summary>The bars that features take unless they say otherwise.</summary>
    private static FeatureTableOptions Default(ConfigSection features)
    {
        string on = features.StringOrNull("on") ?? "";
        if (on.StartsWith(BarsPrefix, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> text = on.AsSpan(BarsPrefix.Length);
            int point = text.LastIndexOf('.');
            if (BarSpec.TryParse(text, out BarSpec bars) || (point > 0 && BarSpec.TryParse(text[..point], out bars)))
                return new() { Rows = FeatureRows.Bars, RowsText = $"{BarsPrefix}{bars}", Bars = bars };
        }
        return new() { Rows = FeatureRows.None, RowsText = "" };
    }

    private static FeatureLabel BindLabel(ConfigSection section)
    {
        string kind = section.Word("name", s_kinds, affectsResult: false);
        Duration horizon = section.Duration("horizon", min: new Duration(1), max: s_horizonMax, affectsResult: false);
        string column = FeatureLabel.Prefix + (section.StringOrNull("as", affectsResult: false) ?? $"{kind}_{horizon}");
        if (kind == s_kinds[0]) return new FeatureLabel(FeatureLabelKind.ForwardReturn, column, horizon);
        decimal? upBps = Distance(section, "up_bps"), downBps = Distance(section, "down_bps"), up = Distance(section, "up"), down = Distance(section, "down");
        string width = section.StringOrNull("column", affectsResult: false) ?? "";
        if (width.Length == 0)
        {
            if (up is not null || down is not null) throw section.Refuse(up is not null ? "up" : "down", "up_bps and down_bps, or column beside it: of what it is a multiple", "State column = \"…\" with the name of a feature's column, or write up_bps and down_bps.");
            return Barriers(section, column, horizon, "up_bps", upBps, downBps, "");
        }
        if (upBps is not null || downBps is not null) throw section.Refuse(upBps is not null ? "up_bps" : "down_bps", $"up and down, in multiples of {width}, or no column", "Leave one of them out.");
        return Barriers(section, column, horizon, "up", up, down, width);
    }

    /// <summary>One of the two is both.</summary>
    private static FeatureLabel Barriers(ConfigSection section, string column, Duration horizon, string key, decimal? up, decimal? down, string width)
    {
        if (up is null && down is null)
            throw section.Refuse(key, "the distance of the barriers from the mid", width.Length == 0 ? "Write up_bps = 10 (and down_bps where it is another), or column = \"…\" with up = 2: multiples of a feature." : "Write up = 2 (and down where it is another).");
        return new FeatureLabel(FeatureLabelKind.TripleBarrier, column, horizon, (double)(up ?? down)!.Value, (double)(down ?? up)!.Value, width);
    }

    private static decimal? Distance(ConfigSection section, string key) => section.DecimalOrNull(key, min: 0.000001m, max: DistanceMax, affectsResult: false);
}
