using System.CommandLine;
using System.Globalization;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.FeatureTables;
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
        Command command = new("features", "Write the feature vector of a data set as a table, as a backtest would see it") { config, outFile, set, CommandRun.JsonOption };
        return command.Runs(run =>
        {
            BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.Load(run.Get(config), run.Get(set) ?? []), needsStrategy: false);
            foreach (string warning in settings.Warnings) run.Screen.WriteWarning(warning);
            return Write(run, settings, run.Get(outFile)!);
        });
    }

    private static int Write(CommandRun run, BacktestSettings settings, string path)
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
        return ExitCode.Done;
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
