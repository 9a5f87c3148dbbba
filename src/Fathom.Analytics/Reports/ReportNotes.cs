using System.Text.Json;
using Fathom.Analytics.Notes;
using Fathom.Domain.Messages;

namespace Fathom.Analytics.Reports;

/// <summary>What strategies wrote, for a report. Of a run in which none did there is nothing.</summary>
internal static class ReportNotes
{
    public static void Write(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        if (analysis.Plots.Count > 0) WritePlots(json, facts, analysis);
        if (analysis.AnnotationCount > 0) WriteAnnotations(json, facts, analysis);
        if (analysis.LogCount > 0) WriteLog(json, facts, analysis);
    }

    /// <summary>Curves of one name are one chart.</summary>
    private static void WritePlots(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartArray("plots");
        foreach (IGrouping<string, PlotHistory> plots in analysis.Plots.GroupBy(plot => plot.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", plots.Key);
            json.WriteStartArray("curves");
            foreach (PlotHistory plot in plots) ReportSeries.WriteSeries(json, analysis.StrategyName(plot.Strategy), "", plot.Points, facts.PlotsFile);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartObject("annotations");
        json.WriteStartArray("rows");
        foreach (AnnotationMark mark in analysis.Annotations)
        {
            json.WriteStartObject();
            json.WriteString("time", mark.Time.ToString());
            json.WriteNumber("t", ReportNumbers.Milliseconds(mark.Time));
            json.WriteString("strategy", analysis.StrategyName(mark.Strategy));
            json.WriteString("instrument", analysis.Symbol(mark.Instrument));
            json.WriteNumberOrNull("price", mark.Mid.IsNone ? double.NaN : mark.Mid.ToDouble());
            json.WriteString("text", mark.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("total", analysis.AnnotationCount);
        json.WriteString("file", facts.AnnotationsFile);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteLog(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartObject("log");
        json.WriteStartArray("rows");
        foreach (LogRecord record in analysis.Log)
        {
            json.WriteStartObject();
            json.WriteString("time", record.Time.ToString());
            json.WriteString("level", Words.Of(record.Level));
            json.WriteString("strategy", analysis.StrategyName(record.Strategy));
            json.WriteString("message", record.Message);
            json.WriteStartArray("fields");
            foreach (LogField field in record.Fields)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                json.WriteString("value", field.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteNumber("left_out", record.FieldsLeftOut);
            json.WriteNumber("input", record.Input);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("total", analysis.LogCount);
        json.WriteString("file", facts.LogFile);
        json.WriteEndObject();
        json.Flush();
    }
}
