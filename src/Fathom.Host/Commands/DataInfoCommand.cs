using System.CommandLine;
using System.Text.Json;
using Fathom.Data.Dbn;
using Fathom.Data.Inspection;
using Fathom.Domain.Values;
using Fathom.Host.Terminal;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom data info FILE</c>: what is in a market data file.</summary>
internal static class DataInfoCommand
{
    private const int InstrumentsShown = 20;
    private const int BarWidth = 30;

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "a DBN file, plain or zstd" };
        Option<bool> fragment = new("--fragment") { Description = "the file is records without a header (.frag files are taken so)" };
        Option<int?> version = new("--dbn-version") { Description = "DBN version of a fragment; otherwise inferred from record lengths" };
        Option<bool> truncated = new("--allow-truncated") { Description = "read the whole records of a file that ends inside one" };
        Command command = new("info", "Show what is in a market data file") { file, fragment, version, truncated, CommandRun.JsonOption };
        return command.Runs(run => Show(run, run.Get(file), new DbnReadOptions
        {
            IsFragment = run.Get(fragment),
            Version = run.Get(version),
            AllowTruncated = run.Get(truncated),
        }));
    }

    private static int Show(CommandRun run, string path, DbnReadOptions options)
    {
        FileSummary summary = Read(run, path, options);
        if (run.Screen.IsJson) run.Screen.WriteJson(json => Write(json, summary));
        else Write(run.Screen.Out, path, summary);
        return ExitCode.Done;
    }

    private static FileSummary Read(CommandRun run, string path, DbnReadOptions options)
    {
        using FileInspector inspector = FileInspector.Open(path, options);
        using Terminal.Progress progress = run.Screen.StartProgress("Reading");
        return inspector.Read(progress.Update, run.Stop);
    }

    private static void Write(Utf8JsonWriter json, FileSummary summary)
    {
        DbnHeader header = summary.Header;
        json.WriteStartObject();
        json.WriteString("format", "dbn");
        json.WriteNumber("version", header.Version);
        json.WriteString("schema", DbnNames.Of(header.Schema));
        json.WriteString("dataset", header.Dataset);
        json.WriteNumber("records", summary.Records);
        json.WriteStartObject("by_type");
        foreach ((DbnRecordType type, long count) in summary.ByType) json.WriteNumber(DbnNames.Of(type), count);
        json.WriteEndObject();
        json.WriteStartObject("by_action");
        foreach ((char action, long count) in summary.ByAction) json.WriteNumber(action.ToString(), count);
        json.WriteEndObject();
        json.WriteStartArray("instruments");
        foreach (InstrumentSummary instrument in summary.Instruments)
        {
            json.WriteStartObject();
            json.WriteNumber("id", instrument.Number);
            json.WriteString("symbol", instrument.Symbol);
            json.WriteNumber("publisher", instrument.Publisher);
            json.WriteNumber("records", instrument.Records);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteTime(json, "first", summary.First);
        WriteTime(json, "last", summary.Last);
        json.WriteString("content_hash", summary.ContentHash);
        json.WriteNumber("stored_bytes", summary.StoredBytes);
        json.WriteNumber("bytes", summary.Bytes);
        json.WriteString("stype_in", DbnNames.Of(header.SymbologyIn));
        json.WriteString("stype_out", DbnNames.Of(header.SymbologyOut));
        json.WriteBoolean("ts_out", header.HasSendTimes);
        json.WriteBoolean("fragment", summary.IsFragment);
        json.WriteBoolean("truncated", summary.IsTruncated);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, Timestamp time)
    {
        if (time.IsNone) json.WriteNull(name);
        else json.WriteString(name, time.ToString());
    }

    private static void Write(IAnsiConsole console, string path, FileSummary summary)
    {
        console.Write(Facts(path, summary));
        if (summary.ByType.Count > 0) console.Write(Shares("type", summary.ByType.Select(entry => (DbnNames.Of(entry.Type), entry.Count)), summary.Records, Color.Teal));
        if (summary.ByAction.Count > 0)
            console.Write(Shares("action", summary.ByAction.Select(entry => (ActionName(entry.Action), entry.Count)), summary.ByAction.Sum(entry => entry.Count), Color.Orange3));
        if (summary.Instruments.Count > 0) console.Write(Instruments(summary));
    }

    private static Grid Facts(string path, FileSummary summary)
    {
        DbnHeader header = summary.Header;
        Grid facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        void Row(string name, string value) => facts.AddRow($"[grey]{name}[/]", value.EscapeMarkup());
        facts.AddRow(new Markup($"[bold]{Path.GetFileName(path).EscapeMarkup()}[/]"), new Markup(""));
        Row("format", $"DBN version {header.Version}{(summary.IsFragment ? ", a fragment without header" : "")}{(header.HasSendTimes ? ", with send times" : "")}");
        if (header.Dataset.Length > 0) Row("dataset", header.Dataset);
        Row("schema", DbnNames.Of(header.Schema));
        Row("records", $"{summary.Records:N0}");
        if (!summary.First.IsNone) Row("span", $"{summary.First} to {summary.Last}  ({Span(summary.First, summary.Last)})");
        Row("size", summary.StoredBytes == summary.Bytes ? $"{summary.Bytes:N0} bytes" : $"{summary.StoredBytes:N0} bytes, {summary.Bytes:N0} uncompressed");
        Row("content", summary.ContentHash);
        if (summary.IsTruncated) facts.AddRow("[grey]note[/]", "[yellow]the file ends inside a record; only whole ones are counted[/]");
        return facts;
    }

    private static Table Shares(string what, IEnumerable<(string Name, long Count)> entries, long total, Color color)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(what).AddColumn(new TableColumn("records").RightAligned())
            .AddColumn(new TableColumn("share").RightAligned()).AddColumn("");
        foreach ((string name, long count) in entries)
        {
            double share = (double)count / total;
            table.AddRow(new Text(name), new Text($"{count:N0}"), new Text($"{share:P1}"), new Text(Bar(share), new Style(color)));
        }
        return table;
    }

    private static Table Instruments(FileSummary summary)
    {
        InstrumentSummary[] shown = [.. summary.Instruments.OrderByDescending(instrument => instrument.Records).Take(InstrumentsShown)];
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("id").RightAligned()).AddColumn("symbol")
            .AddColumn(new TableColumn("publisher").RightAligned()).AddColumn(new TableColumn("records").RightAligned()).AddColumn(new TableColumn("share").RightAligned()).AddColumn("");
        foreach (InstrumentSummary instrument in shown)
        {
            double share = (double)instrument.Records / summary.Records;
            table.AddRow(new Text($"{instrument.Number}"), new Text(instrument.Symbol), new Text($"{instrument.Publisher}"), new Text($"{instrument.Records:N0}"),
                new Text($"{share:P1}"), new Text(Bar(share), new Style(Color.SteelBlue)));
        }
        if (summary.Instruments.Count > shown.Length) table.Caption($"and {summary.Instruments.Count - shown.Length:N0} more; --json lists all");
        return table;
    }

    private static string Bar(double share)
    {
        int eighths = Math.Clamp((int)Math.Round(share * BarWidth * 8), share > 0 ? 1 : 0, BarWidth * 8);
        string rest = eighths % 8 == 0 ? "" : ((char)('▏' - eighths % 8 + 1)).ToString();
        return new string('█', eighths / 8) + rest;
    }

    private static string Span(Timestamp first, Timestamp last)
    {
        TimeSpan span = TimeSpan.FromTicks(Math.Max(0, (last - first).Nanos) / 100);
        return span.TotalDays >= 1 ? $"{span.TotalDays:0.0} days" : span.TotalMinutes >= 1 ? span.ToString(@"h\:mm\:ss") : $"{span.TotalSeconds:0.###} s";
    }

    private static string ActionName(char action) => action switch
    {
        'A' => "A add",
        'C' => "C cancel",
        'M' => "M modify",
        'R' => "R clear",
        'T' => "T trade",
        'F' => "F fill",
        'N' => "N none",
        _ => $"{action} unknown",
    };
}
