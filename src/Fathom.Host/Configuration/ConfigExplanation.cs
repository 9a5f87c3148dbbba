using System.Text.Json;
using Fathom.Host.Configuration.Toml;
using Fathom.Host.Terminal;
using Spectre.Console;

namespace Fathom.Host.Configuration;

/// <summary>Answers <c>--explain-config</c>: every effective value and where it came from.</summary>
public static class ConfigExplanation
{
    /// <summary>Writes a table (aligned plain text when piped), or with <c>--json</c> an object with <c>config</c> and <c>values</c>.</summary>
    public static void Write(Screen screen, RunConfiguration configuration)
    {
        if (screen.IsJson) screen.WriteJson(json => WriteJson(json, configuration));
        else if (screen.Out.Profile.Capabilities.Ansi) screen.Out.Write(TableOf(configuration));
        else WritePlain(screen.Out.Profile.Out.Writer, configuration);
    }

    private static Table TableOf(RunConfiguration configuration)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("key", "value", "from");
        foreach (ConfigEntry entry in configuration.Entries)
        {
            Style style = entry.Origin.Layer == ValueLayer.Default ? new Style(decoration: Decoration.Dim) : Style.Plain;
            table.AddRow(new Text(entry.Path, style), new Text(ValueOf(entry), style), new Text(entry.Origin.ToString(), style));
        }
        return table;
    }

    /// <summary>One line each, never broken: long paths stay greppable.</summary>
    private static void WritePlain(TextWriter writer, RunConfiguration configuration)
    {
        List<ConfigEntry> entries = [.. configuration.Entries];
        int keyWidth = entries.Select(entry => entry.Path.Length).DefaultIfEmpty().Max();
        int valueWidth = Math.Min(40, entries.Select(entry => ValueOf(entry).Length).DefaultIfEmpty().Max());
        foreach (ConfigEntry entry in entries)
            writer.WriteLine($"{entry.Path.PadRight(keyWidth)}  {ValueOf(entry).PadRight(valueWidth)}  {entry.Origin}");
    }

    private static string ValueOf(ConfigEntry entry) => entry.Value?.ToString() ?? "(not set)";

    private static void WriteJson(Utf8JsonWriter json, RunConfiguration configuration)
    {
        json.WriteStartObject();
        json.WriteString("config", configuration.Name);
        json.WriteStartArray("values");
        foreach (ConfigEntry entry in configuration.Entries)
        {
            json.WriteStartObject();
            json.WriteString("key", entry.Path);
            json.WritePropertyName("value");
            WriteValue(json, entry.Value);
            json.WriteString("layer", entry.Origin.Layer.ToString().ToLowerInvariant());
            json.WriteString("from", entry.Origin.ToString());
            json.WriteBoolean("affects_result", entry.AffectsResult);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, TomlNode? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case TomlScalar { Kind: TomlKind.Boolean } scalar: json.WriteBooleanValue(scalar.Text == "true"); break;
            case TomlScalar { Kind: TomlKind.Integer or TomlKind.Float } scalar: json.WriteRawValue(scalar.Text); break;
            case TomlScalar scalar: json.WriteStringValue(scalar.Text); break;
            case TomlArray array:
                json.WriteStartArray();
                foreach (TomlNode item in array.Items) WriteValue(json, item);
                json.WriteEndArray();
                break;
        }
    }
}
