using System.Globalization;
using System.Net;
using System.Text;
using Fathom.Domain.Messages;
using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>What came of schedules as one HTML page that needs nothing else: figures, the faults that struck, and of one schedule the diagram and the history.</summary>
internal static class TorturePage
{
    private const int HistoryMax = 400;

    private const string Style = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--mute:#656d76;--line:#d0d7de;--good:#1a7f37;--bad:#cf222e}
        @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--mute:#8b949e;--line:#3d444d;--good:#3fb950;--bad:#f85149}}
        body{font:14px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;background:var(--bg);color:var(--fg);max-width:1180px;margin:24px auto;padding:0 20px}
        h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}p{margin:4px 0 12px}
        .mute{color:var(--mute)}.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{border-bottom:1px solid var(--line);padding:3px 18px 3px 0;text-align:left;vertical-align:top}td.n,th.n{text-align:right}
        .side{display:flex;gap:56px;flex-wrap:wrap}code,pre{font:12.5px ui-monospace,"DejaVu Sans Mono",Menlo,monospace}pre{border:1px solid var(--line);border-radius:6px;padding:10px;white-space:pre-wrap;overflow-wrap:anywhere}
        .wide{overflow-x:auto}
        """;

    public static string Make(TortureReport report)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Torture: {Text(report.Title)}</title>\n<style>{Style}</style></head>\n<body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Torture: {Text(report.Title)}</h1>\n");
        AppendVerdict(page, report);
        AppendCounts(page, report);
        if (report is { Shown: { } shown, Trace: { } trace }) AppendRun(page, report, shown, trace);
        page.Append("</body></html>\n");
        return page.ToString();
    }

    private static void AppendVerdict(StringBuilder page, TortureReport report)
    {
        string speed = $"{TortureScreen.Count(report.Result.Schedules)} schedule{(report.Result.Schedules == 1 ? "" : "s")}, {TortureScreen.Count((long)report.SchedulesPerMinute)} a minute";
        if (report.Result.First is null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p><span class=\"good\">all laws held</span> <span class=\"mute\">{speed}</span></p>\n");
            return;
        }
        string laws = string.Join(", ", report.Result.FailuresByLaw.Select(law => $"{law.Key} {TortureScreen.Count(law.Value)}"));
        page.Append(CultureInfo.InvariantCulture, $"<p><span class=\"bad\">{TortureScreen.Count(report.Result.Failures)} broke a law: {Text(laws)}</span> <span class=\"mute\">{speed}</span></p>\n");
    }

    private static void AppendCounts(StringBuilder page, TortureReport report)
    {
        TortureCounts counts = report.Result.Counts;
        page.Append("<h2>What happened</h2>\n<div class=\"side\">\n");
        AppendTable(page, "faults struck", FaultNames.All.Select(kind => (FaultNames.Of(kind).Replace('_', ' '), counts.Faults(kind))));
        AppendTable(page, "orders",
        [
            ("events of the runs", counts.Steps), ("inputs of the engine", counts.Inputs), ("submissions, cancels, replacements", counts.Commands), ("reports", counts.Reports), ("fills", counts.Fills),
            ("times an order was unknown", counts.Unknowns), ("questions about one order", counts.Queries), ("questions about all", counts.Snapshots), ("reconciliations", counts.Reconciliations), ("engines rebuilt by replay", counts.Replays),
            ("changes of a state of risk", counts.StateChanges), ("wants made smaller", counts.Adjustments), ("orders of liquidations", counts.LiquidationOrders), ("orders of exits", counts.ExitOrders), ("kill switches turned off again", counts.Rearms),
        ]);
        AppendTable(page, "refused", counts.Refusals.Keys.Select(reason => (MessageWords.Spoken(reason), counts.Refusals[reason]))
            .Concat(Enum.GetValues<KillCause>().Select(cause => ($"kill switch: {MessageWords.Spoken(cause)}", counts.Kills(cause)))));
        AppendTable(page, "anomalies and differences", Enum.GetValues<AnomalyKind>().Select(kind => (MessageWords.Spoken(kind), counts.Anomalies(kind)))
            .Concat(Enum.GetValues<DifferenceKind>().Select(kind => ($"difference: {MessageWords.Spoken(kind)}", counts.Differences(kind)))));
        page.Append("</div>\n");
    }

    private static void AppendTable(StringBuilder page, string title, IEnumerable<(string Name, long Count)> rows)
    {
        if (!rows.Any(row => row.Count > 0)) return;
        page.Append(CultureInfo.InvariantCulture, $"<table><tr><th>{Text(title)}</th><th class=\"n\"></th></tr>");
        foreach ((string name, long count) in rows.Where(row => row.Count > 0)) page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td><td class=\"n\">{TortureScreen.Count(count)}</td></tr>");
        page.Append("</table>\n");
    }

    private static void AppendRun(StringBuilder page, TortureReport report, TortureOutcome shown, TraceRecorder trace)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>Seed {shown.Seed}</h2>\n");
        if (shown.Law is { } law)
            page.Append(CultureInfo.InvariantCulture, $"<p><span class=\"bad\">{Text(law)}</span> broken at event {TortureScreen.Count(shown.Step)}, {shown.Time}<br>{Text(shown.Detail)}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<pre>{Text(report.Again!)}</pre>\n");
        page.Append("<table><tr><th class=\"n\">event</th><th>time</th><th>fault</th><th class=\"n\">amount</th></tr>");
        foreach ((long step, Domain.Values.Timestamp time, Fault fault) in trace.Struck)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{step}</td><td>{time}</td><td>{Text(TraceRecorder.WordsOf(fault))}</td><td class=\"n\">{fault.Amount}</td></tr>");
        page.Append("</table>\n<h2>Who told whom what</h2>\n<div class=\"wide\">");
        page.Append(trace.Draw($"seed {shown.Seed}"));
        page.Append("</div>\n<h2>What the engine published</h2>\n<div class=\"wide\">");
        AppendHistory(page, trace);
        page.Append("</div>\n");
    }

    private static void AppendHistory(StringBuilder page, TraceRecorder trace)
    {
        int skipped = Math.Max(0, trace.History.Count - HistoryMax);
        if (skipped > 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"mute\">The last {HistoryMax} of {TortureScreen.Count(trace.History.Count)}.</p>\n");
        page.Append("<table><tr><th>time</th><th>event</th><th>status</th><th>reason</th></tr>");
        foreach (HistoryLine line in trace.History.Skip(skipped))
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{line.Time}</td><td>{Text(line.Event)}</td><td>{Text(line.Change)}</td><td>{Text(line.Why)}</td></tr>\n");
        page.Append("</table>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
