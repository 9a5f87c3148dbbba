using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Simulation.Generator;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom data generate</c>: writes a synthetic market as a DBN file and says what it made.</summary>
public static class DataGenerateCommand
{
    private static readonly Option<string> PresetOption = new("--preset")
    {
        Description = "kind of market: " + string.Join("; ", GeneratorPreset.All.Select(preset => $"{preset.Name} ({preset.Summary})")),
        DefaultValueFactory = _ => "demo",
    };

    private static readonly Option<long?> EventsOption = new("--events") { Description = "market-by-order messages after the opening snapshots; the preset's otherwise" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "same seed, same bytes", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> InstrumentsOption = new("--instruments") { Description = "number of instruments; the preset's otherwise" };
    private static readonly Option<string> OutOption = new("--out") { Description = "file to write, .dbn or .dbn.zst", Required = true };

    public static Command Create()
    {
        Command command = new("generate", "Make a market data file: a synthetic market, order by order")
        {
            PresetOption, EventsOption, SeedOption, InstrumentsOption, OutOption, CommandRun.JsonOption,
        };
        return command.Runs(Generate);
    }

    private static int Generate(CommandRun run)
    {
        string path = run.Get(OutOption)!;
        if (!path.EndsWith(".dbn", StringComparison.Ordinal) && !path.EndsWith(".dbn.zst", StringComparison.Ordinal))
            throw new InputException("--out", $"'{path}'", "a name that ends with .dbn or .dbn.zst", "The ending says whether the file is compressed.");
        GeneratorOptions options = new()
        {
            Preset = run.Get(PresetOption)!,
            Events = run.Get(EventsOption),
            Seed = run.Get(SeedOption),
            Instruments = run.Get(InstrumentsOption),
        };
        options.Check();

        long start = Stopwatch.GetTimestamp();
        GeneratorSummary summary = GeneratedMarket.Write(options, path, run.Screen, run.Stop);
        Show(run.Screen, summary, path, Stopwatch.GetElapsedTime(start));
        return ExitCode.Done;
    }

    private static void Show(Screen screen, GeneratorSummary summary, string path, TimeSpan elapsed)
    {
        long bytes = new FileInfo(path).Length;
        if (screen.IsJson) screen.WriteJson(json => WriteJson(json, summary, path, bytes, elapsed));
        else screen.Out.Write(Table(summary, path, bytes, elapsed));
    }

    private static Table Table(GeneratorSummary summary, string path, long bytes, TimeSpan elapsed)
    {
        Table table = new Table { Title = new TableTitle($"[bold]{path.EscapeMarkup()}[/]"), Border = TableBorder.Rounded, ShowHeaders = false };
        table.AddColumn("what").AddColumn(new TableColumn("how much").RightAligned()).AddColumn("note");
        Row(table, "preset", summary.Preset, $"seed {summary.Seed}");
        Row(table, "instruments", $"{summary.Instruments:N0}", "");
        Row(table, "messages", $"{summary.Messages:N0}", $"{summary.Messages - summary.FlowMessages:N0} of the snapshots");
        Row(table, "venue events", $"{summary.VenueEvents:N0}", "after the snapshots");
        Row(table, "market time", Clock(summary.Seconds), $"{summary.MessagesPerSecond:N0} messages a second");
        Row(table, "adds", Percent(summary.AddShare), "of the messages after the snapshots");
        Row(table, "cancels", Percent(summary.CancelShare), "");
        Row(table, "modifies", Percent(summary.ModifyShare), "");
        Row(table, "trades", Percent(summary.TradeShare), $"{summary.Trades:N0}");
        Row(table, "fills", Percent(summary.FillShare), "");
        Row(table, "spread", $"{summary.SpreadMean:F2} ticks", $"median {summary.SpreadMedian}; one tick {Percent(summary.SpreadOneShare)}, at most two {Percent(summary.SpreadTwoShare)}");
        Row(table, "depth at the touch", $"{summary.TouchQuantity:N1}", $"in {summary.TouchOrders:N1} orders, one side");
        Row(table, "depth of ten levels", $"{summary.TenLevelsQuantity:N0}", "one side");
        Row(table, "live orders", $"{summary.LiveOrders:N0}", "at the end");
        Row(table, "volatility", $"{summary.VolatilityTicks:F2} ticks", $"a second; {Percent(summary.VolatilityAnnualized)} a year of 252 days of 23 hours; median over instruments");
        Row(table, "file", $"{bytes / 1e6:N1} MB", $"{elapsed.TotalSeconds:F2} s, {summary.Messages / elapsed.TotalSeconds / 1e6:F1} million messages a second");
        return table;
    }

    private static void Row(Table table, string what, string value, string note) =>
        table.AddRow(new Markup($"[grey]{what}[/]"), new Markup($"[bold]{value.EscapeMarkup()}[/]"), new Markup($"[grey]{note.EscapeMarkup()}[/]"));

    private static string Percent(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string Clock(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        return $"{(long)time.TotalHours}:{time:mm\\:ss}";
    }

    private static void WriteJson(Utf8JsonWriter json, GeneratorSummary summary, string path, long bytes, TimeSpan elapsed)
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteNumber("bytes", bytes);
        json.WriteString("preset", summary.Preset);
        json.WriteNumber("seed", summary.Seed);
        json.WriteNumber("instruments", summary.Instruments);
        json.WriteNumber("messages", summary.Messages);
        json.WriteNumber("snapshot_messages", summary.Messages - summary.FlowMessages);
        json.WriteNumber("venue_events", summary.VenueEvents);
        json.WriteNumber("market_seconds", summary.Seconds);
        json.WriteNumberOrNull("messages_per_second", summary.MessagesPerSecond);
        json.WriteStartObject("share");
        json.WriteNumber("A", summary.AddShare);
        json.WriteNumber("C", summary.CancelShare);
        json.WriteNumber("M", summary.ModifyShare);
        json.WriteNumber("T", summary.TradeShare);
        json.WriteNumber("F", summary.FillShare);
        json.WriteEndObject();
        json.WriteNumber("trades", summary.Trades);
        json.WriteNumber("spread_ticks_mean", summary.SpreadMean);
        json.WriteNumber("spread_ticks_median", summary.SpreadMedian);
        json.WriteNumber("touch_quantity_mean", summary.TouchQuantity);
        json.WriteNumber("touch_orders_mean", summary.TouchOrders);
        json.WriteNumber("ten_levels_quantity_mean", summary.TenLevelsQuantity);
        json.WriteNumber("live_orders", summary.LiveOrders);
        json.WriteNumberOrNull("volatility_ticks_per_second", summary.VolatilityTicks);
        json.WriteNumberOrNull("volatility_annualized", summary.VolatilityAnnualized);
        json.WriteNumber("elapsed_seconds", elapsed.TotalSeconds);
        json.WriteEndObject();
    }
}
