using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Analytics.Series;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;

namespace Fathom.Host.Runs;

/// <summary>What compares the lanes of a run: <c>lanes.json</c>, <c>lanes.csv</c> and the page <c>report.html</c>. Money is text, exact, in <c>currency</c>.</summary>
public static class LanesFiles
{
    /// <summary>Holds a folder for each lane.</summary>
    public const string Folder = "lanes";

    public const string Json = "lanes.json", Csv = "lanes.csv";

    private static readonly string[] Columns =
    [
        "fingerprint", "pnl", "realized_pnl", "unrealized_pnl", "fees", "equity_end", "max_drawdown", "sharpe", "orders", "fills", "traded_quantity", "position_max", "refused",
        "rejected", "halted",
    ];

    /// <param name="shared">Of any lane: what they share is read from it.</param>
    /// <exception cref="InputException">A file cannot be made there.</exception>
    public static void Write(string folder, BacktestSettings shared, IReadOnlyList<LaneResult> lanes)
    {
        WriteText(Path.Combine(folder, Json), Text(shared, lanes));
        WriteCsv(Path.Combine(folder, Csv), lanes);
        WriteReport(Path.Combine(folder, RunFolder.Report), shared, lanes);
    }

    /// <summary>Removes what an earlier run of lanes left in a run's folder: the comparison, and the lanes that are not kept.</summary>
    /// <param name="inputs">Files that the run reads: they stay.</param>
    /// <param name="kept">Lanes of this run.</param>
    public static void RemoveStale(string folder, IReadOnlyList<string> inputs, params IReadOnlyCollection<string> kept)
    {
        RunFolder.RemoveFile(Path.Combine(folder, Json), inputs);
        RunFolder.RemoveFile(Path.Combine(folder, Csv), inputs);
        string lanes = Path.Combine(folder, Folder);
        if (!Directory.Exists(lanes)) return;
        foreach (string lane in Directory.GetDirectories(lanes))
            if (!kept.Contains(Path.GetFileName(lane))) RunFolder.RemoveRun(lane, inputs);
        if (!Directory.EnumerateFileSystemEntries(lanes).Any()) Directory.Delete(lanes);
    }

    /// <summary>Keys that differ, in the order in which the lanes name them.</summary>
    public static IReadOnlyList<string> KeysOf(IReadOnlyList<LaneResult> lanes) => [.. lanes.SelectMany(lane => lane.Lane.Values.Select(value => value.Key)).Distinct()];

    /// <summary>The value of a key in a lane; empty where the lane leaves it as it is.</summary>
    public static string ValueOf(LaneResult lane, string key) => lane.Lane.Values.LastOrDefault(value => value.Key == key).Value ?? "";

    /// <summary>What a lane earned; null where several currencies have no stated rate.</summary>
    public static decimal? ProfitOf(LaneResult lane) => lane.Result.Run.Totals is { } totals ? totals.Equity - totals.Start : null;

    /// <summary>As the one JSON object that <c>--json</c> prints and <c>lanes.json</c> holds.</summary>
    public static void WriteJson(Utf8JsonWriter json, BacktestSettings shared, IReadOnlyList<LaneResult> lanes) => WriteJson(json, shared, lanes, hasSeries: false);

    private static string Text(BacktestSettings shared, IReadOnlyList<LaneResult> lanes)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true })) WriteJson(json, shared, lanes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    private static void WriteJson(Utf8JsonWriter json, BacktestSettings shared, IReadOnlyList<LaneResult> lanes, bool hasSeries)
    {
        RunSummary run = lanes[0].Result.Run;
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("title", $"{Path.GetFileNameWithoutExtension(shared.ConfigurationFile)}: {lanes.Count.ToString(CultureInfo.InvariantCulture)} lanes");
        json.WriteString("data", shared.Market.Title);
        json.WriteString("first", run.First.ToString());
        json.WriteString("last", run.Last.ToString());
        json.WriteNumber("events", run.MarketDataCount);
        json.WriteNumberOrNull("seconds", lanes[0].Result.Seconds);
        json.WriteNumberOrNull("peak_memory_mb", lanes[^1].Result.PeakMemoryMegabytes);
        json.WriteString("currency", run.Currency.ToString());
        json.WriteStartArray("keys");
        foreach (string key in KeysOf(lanes)) json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteStartArray("lanes");
        foreach (LaneResult lane in lanes) WriteLane(json, lane, hasSeries);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLane(Utf8JsonWriter json, LaneResult lane, bool hasSeries)
    {
        RunSummary run = lane.Result.Run;
        json.WriteStartObject();
        json.WriteString("name", lane.Lane.Name);
        json.WriteString("folder", $"{Folder}/{lane.Lane.Name}");
        json.WriteStartObject("values");
        foreach ((string key, string value) in lane.Lane.Values) json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteString("fingerprint", lane.Result.Fingerprint);
        WriteMoney(json, "pnl", ProfitOf(lane));
        WriteMoney(json, "realized_pnl", run.Totals?.Realized);
        WriteMoney(json, "unrealized_pnl", run.Totals?.Unrealized);
        WriteMoney(json, "fees", run.Totals?.Fees);
        WriteMoney(json, "equity_start", run.Totals?.Start);
        WriteMoney(json, "equity_end", run.Totals?.Equity);
        json.WriteNumberOrNull("max_drawdown", run.DrawdownMax ?? double.NaN);
        json.WriteNumberOrNull("sharpe", lane.Result.Sharpe);
        json.WriteNumber("orders", run.OrderCount);
        json.WriteNumber("fills", run.FillCount);
        json.WriteString("traded_quantity", lane.Result.Traded.ToString());
        json.WriteNumberOrNull("position_max", lane.PositionMax);
        json.WriteNumber("refused", run.RefusedCount);
        json.WriteNumber("rejected", run.RejectedCount);
        json.WriteBoolean("halted", !lane.Result.HasEnded);
        if (hasSeries) WriteSeries(json, lane.Equity);
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, IReadOnlyList<SeriesPoint> points)
    {
        json.WriteStartArray("t");
        foreach (SeriesPoint point in points) json.WriteNumberValue(ReportNumbers.Milliseconds(point.Time));
        json.WriteEndArray();
        json.WriteStartArray("v");
        foreach (SeriesPoint point in points) json.WriteNumberOrNull(point.Low);
        json.WriteEndArray();
        json.Flush();
    }

    private static void WriteCsv(string path, IReadOnlyList<LaneResult> lanes)
    {
        IReadOnlyList<string> keys = KeysOf(lanes);
        using CsvFile file = CsvFile.Create(path, ["lane", .. keys, .. Columns]);
        foreach (LaneResult lane in lanes)
        {
            RunSummary run = lane.Result.Run;
            file.Add(lane.Lane.Name);
            foreach (string key in keys) file.Add(ValueOf(lane, key));
            file.Add(lane.Result.Fingerprint);
            foreach (decimal? money in (decimal?[])[ProfitOf(lane), run.Totals?.Realized, run.Totals?.Unrealized, run.Totals?.Fees, run.Totals?.Equity])
                file.Add(money is { } known ? ReportNumbers.Money(known) : "");
            file.Add(Number(run.DrawdownMax ?? double.NaN));
            file.Add(Number(lane.Result.Sharpe));
            file.Add(run.OrderCount);
            file.Add(run.FillCount);
            file.Add(lane.Result.Traded.ToString());
            file.Add(Number(lane.PositionMax));
            file.Add(run.RefusedCount);
            file.Add(run.RejectedCount);
            file.Add(lane.Result.HasEnded ? "" : "halted");
            file.EndRow();
        }
        file.Complete();
    }

    private static void WriteReport(string path, BacktestSettings shared, IReadOnlyList<LaneResult> lanes)
    {
        using OutputFile file = OutputFile.Create(path);
        using MemoryStream page = new();
        ReportWriter.Write(page, ReportTemplate.Read(ReportTemplate.Lanes), json => WriteJson(json, shared, lanes, hasSeries: true));
        file.Write(page.GetBuffer().AsSpan(0, (int)page.Length));
        file.Complete();
    }

    private static void WriteText(string path, string text)
    {
        using OutputFile file = OutputFile.Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Complete();
    }

    private static string Number(double number) => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void WriteMoney(Utf8JsonWriter json, string name, decimal? amount)
    {
        if (amount is { } known) json.WriteString(name, ReportNumbers.Money(known));
        else json.WriteNull(name);
    }
}
