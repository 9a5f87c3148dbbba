using System.Text;
using System.Text.Json;

namespace Fathom.Analytics.Reports;

/// <summary>Puts a run's data into the report's page: one HTML file that needs nothing else.</summary>
public static class ReportWriter
{
    /// <param name="stream">Is written to and stays open. UTF-8.</param>
    /// <param name="template">The page, with <see cref="ReportTemplate.Marker"/> in it once.</param>
    /// <exception cref="ArgumentException">The marker is not there once.</exception>
    /// <exception cref="JsonException">The summary is no JSON.</exception>
    public static void Write(Stream stream, string template, ReportFacts facts, RunAnalysis analysis) => Write(stream, template, json => ReportJson.Write(json, facts, analysis));

    /// <param name="stream">Is written to and stays open. UTF-8.</param>
    /// <param name="template">A page, with <see cref="ReportTemplate.Marker"/> in it once.</param>
    /// <param name="data">Writes the page's data, one JSON value.</param>
    /// <exception cref="ArgumentException">The marker is not there once.</exception>
    public static void Write(Stream stream, string template, Action<Utf8JsonWriter> data)
    {
        int at = template.IndexOf(ReportTemplate.Marker, StringComparison.Ordinal);
        if (at < 0 || at != template.LastIndexOf(ReportTemplate.Marker, StringComparison.Ordinal))
            throw new ArgumentException($"A report's page has the mark {ReportTemplate.Marker} in it once.", nameof(template));

        stream.Write(Encoding.UTF8.GetBytes(template[..at]));
        // The writer's own escaping leaves no '<' in any text, so nothing in the data can end the script element.
        using (Utf8JsonWriter json = new(stream)) data(json);
        stream.Write(Encoding.UTF8.GetBytes(template[(at + ReportTemplate.Marker.Length)..]));
    }
}
