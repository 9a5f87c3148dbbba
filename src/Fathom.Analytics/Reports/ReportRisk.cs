using System.Text.Json;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>What risk did, for a report. Of a run in which it did nothing there is nothing.</summary>
internal static class ReportRisk
{
    public static void Write(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        RiskHistory risk = analysis.Risk;
        if (risk.EventCount + risk.ChangeCount == 0) return;
        json.WriteStartObject("risk");
        WriteBands(json, risk);
        WriteRows(json, "events", risk.Events, risk.EventCount, facts, analysis);
        WriteRows(json, "changes", risk.Changes, risk.ChangeCount, facts, analysis);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteBands(Utf8JsonWriter json, RiskHistory risk)
    {
        json.WriteStartArray("bands");
        foreach (RiskBand band in risk.Bands)
        {
            json.WriteStartObject();
            json.WriteNumber("from", ReportNumbers.Milliseconds(band.From));
            json.WriteNumber("to", ReportNumbers.Milliseconds(band.To));
            json.WriteString("state", Words.Of(band.State));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteRows(Utf8JsonWriter json, string name, IReadOnlyList<RiskEntry> entries, long total, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("rows");
        foreach (RiskEntry entry in entries) WriteRow(json, entry, analysis);
        json.WriteEndArray();
        json.WriteNumber("total", total);
        json.WriteString("file", facts.RiskFile);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, RiskEntry entry, RunAnalysis analysis)
    {
        json.WriteStartObject();
        json.WriteString("time", entry.Time.ToString());
        json.WriteNumber("t", ReportNumbers.Milliseconds(entry.Time));
        json.WriteString("kind", Words.Of(entry.Kind));
        json.WriteString("scope", Words.Of(entry.Scope));
        json.WriteString("strategy", entry.Strategy == RiskEntry.Account ? "" : analysis.StrategyName(entry.Strategy));
        json.WriteString("instrument", analysis.Symbol(entry.Instrument));
        json.WriteString("client_order_id", entry.Order.ToString());
        json.WriteString("want", Words.Of(entry.Want));
        json.WriteString("side", Words.Of(entry.Side));
        json.WriteString("from", entry.From);
        json.WriteString("to", entry.To);
        json.WriteString("measure", entry.Measure);
        json.WriteString("reason", Words.Of(entry.Reason));
        json.WriteString("threshold", entry.Threshold);
        json.WriteString("found", entry.Found);
        json.WriteString("asked", entry.Asked.ToString());
        json.WriteString("granted", entry.Granted.ToString());
        json.WriteString("asked_price", entry.AskedPrice.ToString());
        json.WriteString("granted_price", entry.GrantedPrice.ToString());
        json.WriteBoolean("flattens", entry.Flattens);
        json.WriteString("text", entry.Text);
        json.WriteNumber("input", entry.Input);
        json.WriteEndObject();
    }
}
