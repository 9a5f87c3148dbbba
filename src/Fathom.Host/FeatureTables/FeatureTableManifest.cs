using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fathom.Data.Files;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;

namespace Fathom.Host.FeatureTables;

/// <summary>What a table is: of which data, by which definitions, made by which program. Names of files are without their folders, so that it is the same on every machine.</summary>
internal sealed record FeatureTableManifest(BacktestSettings Settings, FeatureTableColumns Columns, FeatureTableRows Rows, IReadOnlyList<RunInput> Inputs, RunInput Table)
{
    /// <summary>What can change a feature; the rest of a configuration is about trading.</summary>
    private static readonly string[] s_sections = ["data.", "features.", "session.", "series.", "instrument.", "venue.feed_latency"];

    /// <summary>Version and, where it is known, the commit: "0.1.0+9fceb02…".</summary>
    private static string Program { get; } = typeof(FeatureTableManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public void WriteTo(string path)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json);      // formulas are to be read
        using OutputFile file = OutputFile.Create(path);
        file.Write(bytes.WrittenSpan);
        file.Write("\n"u8);
        file.Complete();
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("fathom", Program);
        json.WriteStartObject("table");
        WriteFile(json, Table);
        json.WriteEndObject();
        json.WriteString("rows_at", Settings.Table.RowsText);
        json.WriteNumber("rows", Rows.Count);
        json.WriteString("first", Rows.First.ToString());
        json.WriteString("last", Rows.Last.ToString());
        json.WriteString("data_end", Rows.DataEnd.ToString());
        json.WriteStartArray("inputs");
        foreach (RunInput input in Inputs)
        {
            json.WriteStartObject();
            json.WriteString("role", input.Role);
            WriteFile(json, input);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("instruments");
        foreach ((string symbol, long rows) in Rows.Instruments)
        {
            json.WriteStartObject();
            json.WriteString("symbol", symbol);
            json.WriteNumber("rows", rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("configuration");
        foreach (string line in Encoding.UTF8.GetString(Settings.Engine.Configuration.Span).Split('\n').Where(line => s_sections.Any(section => line.StartsWith(section, StringComparison.Ordinal)))) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteStartArray("columns");
        int at = FeatureTableColumns.Leading;
        foreach (FeatureTableColumn column in Columns.All) WriteColumn(json, column, Rows.Missing[at++]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, RunInput file)
    {
        json.WriteString("file", Path.GetFileName(file.File));
        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("hash", file.Hash);
    }

    private static void WriteColumn(Utf8JsonWriter json, FeatureTableColumn column, long missing)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString(column.Name.StartsWith(FeatureLabel.Prefix, StringComparison.Ordinal) ? "label" : "feature", column.Feature);
        json.WriteStartObject("arguments");
        foreach ((string name, string text) in column.Arguments) json.WriteString(name, text);
        json.WriteEndObject();
        if (column.On.Length > 0) json.WriteString("on", column.On);
        if (column.Instrument.Length > 0) json.WriteString("instrument", column.Instrument);
        if (column.With.Length > 0) json.WriteString("with", column.With);
        json.WriteString("formula", column.Formula);
        json.WriteString("unit", column.Unit);
        json.WriteNumber("missing", missing);
        json.WriteEndObject();
    }
}
