using System.Globalization;
using System.Net;
using System.Text;

namespace Fathom.Host.FeatureTables.Stability;

/// <summary>A stability report as one HTML page that needs nothing else.</summary>
internal static class StabilityPage
{
    /// <summary>More than these are in the JSON file only.</summary>
    private const int InstrumentsMax = 12, MapMax = 120;

    /// <summary>From which on a number is marked: usage, not law.</summary>
    private const double DriftLarge = 0.25, MissingLarge = 0.5;

    private const string Style = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--mute:#656d76;--line:#d0d7de;--good:#1a7f37;--bad:#cf222e;--warn:#9a6700;--ink:#0969da;--soft:#0969da33;--minus:#cf222e;--empty:#eaeef2}
        @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--mute:#8b949e;--line:#3d444d;--good:#3fb950;--bad:#f85149;--warn:#d29922;--ink:#4493f8;--soft:#4493f844;--minus:#f85149;--empty:#212830}}
        body{font:14px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;background:var(--bg);color:var(--fg);max-width:1180px;margin:24px auto;padding:0 20px}
        h1{font-size:22px;margin:0 0 4px}h2{font-size:18px;margin:36px 0 8px;border-bottom:1px solid var(--line)}h3{font-size:14px;margin:24px 0 6px}p{margin:4px 0 12px}
        .mute{color:var(--mute)}.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}.warn{color:var(--warn);font-weight:600}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13px}td,th{border-bottom:1px solid var(--line);padding:3px 10px 3px 0;text-align:left;white-space:nowrap}td.n,th.n{text-align:right}
        th{font-weight:600;color:var(--mute)}.wide{overflow-x:auto}
        .column{display:grid;grid-template-columns:210px 1fr 1fr 1fr;gap:4px 18px;padding:8px 0;border-bottom:1px solid var(--line);align-items:start}
        .head{color:var(--mute);font-size:12px}.column b{overflow-wrap:anywhere}
        svg.picture{width:100%;height:84px;display:block}svg.map{display:block}svg text{font:11px ui-monospace,"DejaVu Sans Mono",Menlo,monospace;fill:var(--fg)}svg text.number{font-size:8px;fill:var(--mute)}
        .bar,.plus{fill:var(--ink)}.minus{fill:var(--minus)}.unknown{fill:var(--empty)}.band{fill:var(--soft)}.axis{stroke:var(--line)}.curve{fill:none;stroke:var(--ink);stroke-width:1.3;vector-effect:non-scaling-stroke}.range{stroke:var(--soft);stroke-width:1.2}
        .ends{display:flex;justify-content:space-between;color:var(--mute);font-size:11px}.nothing{height:84px;display:flex;align-items:center;color:var(--mute)}
        @media(max-width:800px){.column{grid-template-columns:1fr}}
        """;

    /// <param name="table">Name of the table's file.</param>
    public static string Make(StabilityReport report, string table, FeatureTableRows rows, string rowsAt)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Stability: {Text(table)}</title>\n<style>{Style}</style></head>\n<body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Stability: {Text(table)}</h1>\n<p class=\"mute\">{Count(rows.Count)} rows at {Text(rowsAt)}, {Moment(rows.First.ToString())} to {Moment(rows.Last.ToString())} UTC</p>\n");
        AppendLookAhead(page, report.LookAhead);
        page.Append("<p class=\"mute\">Drift compares the first half of the rows with the second: D is the Kolmogorov–Smirnov distance (0 to 1), p its probability if rows were independent of each other, which they seldom are: "
            + "go by D. PSI is the population stability index by the deciles of the first half: below 0.1 hardly any, above 0.25 much. Levels such as prices drift by nature.</p>\n");
        foreach (InstrumentStability instrument in report.Instruments.Take(InstrumentsMax)) AppendInstrument(page, instrument);
        if (report.Instruments.Count > InstrumentsMax) page.Append(CultureInfo.InvariantCulture, $"<p class=\"mute\">{report.Instruments.Count - InstrumentsMax} more instruments are in the JSON file.</p>\n");
        page.Append("</body></html>\n");
        return page.ToString();
    }

    private static void AppendLookAhead(StringBuilder page, LookAheadResult result)
    {
        if (result.Difference is { } difference)
            page.Append(CultureInfo.InvariantCulture, $"<p><span class=\"bad\">A feature looks ahead, or does not repeat:</span> {Text(difference.ToString())}</p>\n");
        else if (result.Rows == 0)
            page.Append("<p><span class=\"warn\">Look-ahead was not judged:</span> there were too few rows to cut.</p>\n");
        else
            page.Append(CultureInfo.InvariantCulture, $"<p><span class=\"good\">No feature looks ahead:</span> computed again on data that ends at {result.Moments.Count} earlier moments, {Count(result.Rows)} rows are the same, bit by bit.</p>\n");
    }

    private static void AppendInstrument(StringBuilder page, InstrumentStability instrument)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(instrument.Symbol)} <span class=\"mute\">{Count(instrument.Times.Count)} rows</span></h2>\n");
        AppendTable(page, instrument);
        AppendCorrelations(page, instrument);
        page.Append("<h3>Columns</h3>\n<div class=\"column head\"><span></span><span>how often which values</span><span>over time</span><span>autocorrelation by lag, −1 to 1; band: 95 % of independent values</span></div>\n");
        string first = Moment(instrument.Times[0]), last = Moment(instrument.Times[^1]);
        for (int i = 0; i < instrument.Columns.Count; i++)
        {
            ColumnStability column = instrument.Columns[i];
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"column\"><div><b>{Text(column.Name)}</b><br><span class=\"mute\">{Remarks(column)}</span></div><div>");
            StabilityPictures.AppendHistogram(page, instrument.Values[i]);
            page.Append("</div><div>");
            StabilityPictures.AppendLine(page, instrument.Values[i], first, last);
            page.Append("</div><div>");
            StabilityPictures.AppendAutocorrelation(page, column);
            page.Append("</div></div>\n");
        }
    }

    private static void AppendTable(StringBuilder page, InstrumentStability instrument)
    {
        page.Append("<div class=\"wide\"><table><tr><th>column</th><th class=\"n\">missing</th><th class=\"n\">mean</th><th class=\"n\">deviation</th><th class=\"n\">min</th><th class=\"n\">5 %</th><th class=\"n\">median</th><th class=\"n\">95 %</th><th class=\"n\">max</th><th class=\"n\">D</th><th class=\"n\">p</th><th class=\"n\">PSI</th></tr>\n");
        foreach (ColumnStability column in instrument.Columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(column.Name)}</td>{Number(Percent(column.MissingShare), column.MissingShare > MissingLarge)}");
            foreach (double value in (double[])[column.Mean, column.Deviation, column.Quantiles[0], column.Quantiles[2], column.Quantiles[4], column.Quantiles[6], column.Quantiles[8]])
                page.Append(Number(StabilityPictures.Short(value), false));
            page.Append(Number(Decimals(column.DriftDistance), false)).Append(Number(column.DriftProbability < 0.001 ? "&lt; 0.001" : Decimals(column.DriftProbability), false)).Append(Number(Decimals(column.StabilityIndex), column.StabilityIndex > DriftLarge)).Append("</tr>\n");
        }
        page.Append("</table></div>\n");
    }

    private static void AppendCorrelations(StringBuilder page, InstrumentStability instrument)
    {
        page.Append("<h3>Correlations</h3>\n");
        if (instrument.Clusters.Count == 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"mute\">No two columns have a correlation of more than {StabilityReport.ClusterThreshold} or less than −{StabilityReport.ClusterThreshold}.</p>\n");
        else
            page.Append(CultureInfo.InvariantCulture, $"<p>Columns that say much the same (linked by correlations beyond ±{StabilityReport.ClusterThreshold}): {string.Join("; ", instrument.Clusters.Select(cluster => string.Join(", ", cluster.Select(column => Text(instrument.Columns[column].Name)))))}</p>\n");
        if (instrument.Columns.Count > MapMax)
        {
            page.Append("<p class=\"mute\">There are too many columns for a picture; the JSON file has the numbers.</p>\n");
            return;
        }
        page.Append("<div class=\"wide\">");
        StabilityPictures.AppendHeatMap(page, instrument);
        page.Append("</div>\n<p class=\"mute\">Blue: together; red: opposite; grey: not known.</p>\n");
    }

    private static string Remarks(ColumnStability column)
    {
        if (column.Known == 0) return "<span class=\"bad\">never known</span>";
        List<string> remarks = [];
        if (column.IsConstant) remarks.Add("<span class=\"bad\">constant</span>");
        if (column.MissingShare > 0) remarks.Add(column.MissingShare > MissingLarge ? $"<span class=\"warn\">{Percent(column.MissingShare)} missing</span>" : $"{Percent(column.MissingShare)} missing");
        if (column.StabilityIndex > DriftLarge) remarks.Add("<span class=\"warn\">drifts</span>");
        return string.Join(", ", remarks);
    }

    private static string Number(string text, bool isMarked) => $"<td class=\"n\">{(isMarked ? $"<span class=\"warn\">{text}</span>" : text)}</td>";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    private static string Decimals(double value) => double.IsNaN(value) ? "" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>To the second.</summary>
    private static string Moment(string time) => time.Length > 19 ? time[..19].Replace('T', ' ') : time;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
