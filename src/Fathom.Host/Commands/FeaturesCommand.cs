using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.FeatureTables;
using Fathom.Host.FeatureTables.Stability;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom features CONFIG --out FILE</c>.</summary>
public static class FeaturesCommand
{
    public static Command Create()
    {
        Argument<string> config = new("CONFIG") { Description = "a configuration file (TOML) with a feature vector" };
        Option<string> outFile = new("--out") { Description = "the table: a file whose name ends with .csv or .parquet", HelpName = "FILE", Required = true };
        Option<string[]> set = new("--set") { Description = "change a value: --set features.table.rows=1s (may be repeated)", HelpName = "key=value" };
        Option<bool> validate = new("--validate") { Description = "judge the columns too: what is missing, drifts or repeats another, and whether any looks ahead; a page and JSON beside the table" };
        Command command = new("features", "Write the feature vector of a data set as a table, as a backtest would see it") { config, outFile, set, validate, CommandRun.JsonOption };
        return command.Runs(run =>
        {
            BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.Load(run.Get(config), run.Get(set) ?? []), needsStrategy: false);
            foreach (string warning in settings.Warnings) run.Screen.WriteWarning(warning);
            return Write(run, settings, run.Get(outFile)!, run.Get(validate));
        });
    }

    private static int Write(CommandRun run, BacktestSettings settings, string path, bool isValidated)
    {
        FeatureTableColumns columns = FeatureTableColumns.Of(settings.Engine.Features, settings.Table.Labels);
        if (settings.Table.Rows == FeatureRows.None)
            throw new InputException("features.table.rows", "nothing", "when a row is taken", "Write a section [features.table] with rows = \"bars.1m\" (a row at each close of a bar), \"1s\" (a row each second) or \"events\" (a row after each event of the book); bars in features.on would be the default.");
        using FeatureTableFile file = FeatureTableFile.Create(path, settings.InputFiles);
        using InputHashes hashes = InputHashes.Start(settings.DataFiles);
        FeatureTableRows rows = FeatureTableRun.Write(settings, columns, file.Rows, "Features", run.Screen, run.Stop);
        file.Complete(columns);
        IReadOnlyList<RunInput> inputs = hashes.Finish(settings.DataFiles);
        FeatureTableManifest manifest = new(settings, columns, rows, inputs, InputHashes.Of("table", file.Path, run.Stop));
        manifest.WriteTo(file.Manifest);
        if (run.Screen.IsJson) run.Screen.WriteJson(manifest.Write);
        else Show(run.Screen.Out, file, columns, rows);
        return isValidated ? Validate(run, settings, file, columns, rows) : ExitCode.Done;
    }

    private static int Validate(CommandRun run, BacktestSettings settings, FeatureTableFile file, FeatureTableColumns columns, FeatureTableRows rows)
    {
        LookAheadResult lookAhead = LookAheadProbe.Run(settings, columns, file.Csv, rows, file.Scratch, run.Screen, run.Stop);
        StabilityReport report = StabilityReport.Of(file.Csv, columns, rows, lookAhead);
        string table = Path.GetFileName(file.Path);
        Save(file.StabilityPage, Encoding.UTF8.GetBytes(StabilityPage.Make(report, table, rows, settings.Table.RowsText)));
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true })) StabilityJson.Write(json, report, table);
        Save(file.StabilityJson, bytes.WrittenSpan);
        if (!run.Screen.IsJson) run.Screen.Out.MarkupLine($"[grey]stability[/]    [bold]{file.StabilityPage.EscapeMarkup()}[/]: open it in a browser; {Path.GetFileName(file.StabilityJson).EscapeMarkup()}");
        if (lookAhead.Difference is not { } difference)
        {
            if (!run.Screen.IsJson) run.Screen.Out.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]look-ahead[/]   none: {lookAhead.Rows:#,##0} rows came out the same on data that ends at {lookAhead.Moments.Count} earlier moments"));
            return ExitCode.Done;
        }
        run.Screen.WriteError($"A feature looks ahead, or does not repeat: {difference}.");
        return ExitCode.Failed;
    }

    private static void Save(string path, ReadOnlySpan<byte> bytes)
    {
        using OutputFile file = OutputFile.Create(path);
        file.Write(bytes);
        file.Complete();
    }

    private static void Show(IAnsiConsole screen, FeatureTableFile file, FeatureTableColumns columns, FeatureTableRows rows)
    {
        string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
        screen.MarkupLine($"[grey]rows[/]         {Count(rows.Count)} from {rows.First} to {rows.Last}: {string.Join(", ", rows.Instruments.Select(instrument => $"{instrument.Symbol} {Count(instrument.Rows)}")).EscapeMarkup()}");
        screen.MarkupLine($"[grey]columns[/]      {columns.Features.Count} of features, {columns.LabelColumns.Count} of labels");
        string[] never = [.. columns.All.Where((_, i) => rows.Missing[i + FeatureTableColumns.Leading] == rows.Count).Select(column => column.Name)];
        if (never.Length > 0) screen.MarkupLine($"[grey]never known[/]  [yellow]{string.Join(", ", never).EscapeMarkup()}[/]");
        screen.MarkupLine($"[grey]files[/]        [bold]{file.Path.EscapeMarkup()}[/], {Path.GetFileName(file.Manifest).EscapeMarkup()}");
    }
}
