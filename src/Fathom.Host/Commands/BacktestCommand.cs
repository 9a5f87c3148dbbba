using System.CommandLine;
using System.Globalization;
using Fathom.Domain;
using Fathom.Engine.Decisions;
using Fathom.Host.Configuration;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom backtest CONFIG</c>.</summary>
public static class BacktestCommand
{
    public static Command Create()
    {
        Argument<string> config = new("CONFIG") { Description = "a configuration file (TOML)" };
        Option<string[]> set = new("--set") { Description = "change a value: --set venue.entry_latency=5ms (may be repeated)", HelpName = "key=value" };
        Option<string[]> vary = new("--vary") { Description = "compare values on one reading of the data: --vary strategy.params.half_spread=1,2,3 (may be repeated: every combination)", HelpName = "key=a,b,c" };
        Option<string> outFolder = new("--out") { Description = "folder for the run's files [default: runs/NAME]", HelpName = "DIR" };
        Option<string?> record = new("--record") { Description = "folder to record the run in, for 'fathom replay'", HelpName = "DIR" };
        Option<bool> explain = new("--explain-config") { Description = "print every effective value and where it came from; run nothing" };
        Command command = new("backtest", "Run strategies through market data against a simulated venue; write the run's files and its report") { config, set, vary, outFolder, record, explain, CommandRun.JsonOption };
        return command.Runs(run =>
        {
            IReadOnlyList<LaneConfiguration> lanes = LaneLayers.Load(run.Get(config), run.Get(set) ?? [], run.Get(vary) ?? []);
            string name = Path.GetFileNameWithoutExtension(run.Get(config));
            string folder = run.Get(outFolder) ?? Path.Combine("runs", name);
            if (lanes.Count > 0 && run.Get(record) is { } lanesFolder)
                throw new InputException($"--record {lanesFolder}", $"{lanes.Count} lanes", "a single run", "Leave --record out, or run the lane that you want to record by itself: with --set in place of --vary, or without [[lane]].");
            if (lanes.Count > 0 && !run.Get(explain)) return Compare(run, [.. lanes.Select(LaneSettings.Bind)], folder);
            RunConfiguration configuration = lanes.Count > 0 ? lanes[0].Configuration : ConfigurationLayers.Load(run.Get(config), run.Get(set) ?? []);
            BacktestSettings settings = BacktestSettings.Bind(configuration);
            foreach (string warning in settings.Warnings) run.Screen.WriteWarning(warning);
            if (run.Get(explain))
            {
                ConfigExplanation.Write(run.Screen, configuration);
                return ExitCode.Done;
            }
            if (run.Get(outFolder) is { Length: > 0 } named) settings = settings with { Title = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(named))}: {settings.Strategies}" };
            BacktestResult result = Backtest(run, settings, folder, run.Get(record));
            if (run.Screen.IsJson) run.Screen.WriteJson(json => SummaryJson.Write(json, result));
            return result.HasEnded ? ExitCode.Done : ExitCode.Failed;
        });
    }

    /// <summary>Runs it and, where people read, shows what it came to.</summary>
    /// <param name="recordingFolder">Where the run is recorded; null: nowhere.</param>
    internal static BacktestResult Backtest(CommandRun run, BacktestSettings settings, string folder, string? recordingFolder = null)
    {
        BacktestResult result = BacktestSession.Run(settings, folder, run.Screen, run.Stop, recordingFolder);
        if (run.Screen.IsJson) return result;
        SummaryScreen.Write(run.Screen.Out, $"{settings.Title} on {settings.Market.Title}", result);
        run.Screen.Out.MarkupLine($"[grey]files[/]        {folder.EscapeMarkup()}: summary.json, config.toml and CSV files of orders, fills, mark-outs, positions, equity");
        if (LogLine(result.Notes, folder) is { } log) run.Screen.Out.MarkupLine(log);
        if (recordingFolder is not null) run.Screen.Out.MarkupLine($"[grey]recording[/]    {recordingFolder.EscapeMarkup()}: fathom replay {recordingFolder.EscapeMarkup()}");
        run.Screen.Out.MarkupLine($"[grey]report[/]       [bold]{Path.Combine(folder, RunFolder.Report).EscapeMarkup()}[/]: open it in a browser");
        return result;
    }

    /// <summary>Where the log of the strategies is, and how much of it asks to be read; and how many notes are in no file. Null where there is neither.</summary>
    internal static string? LogLine(NoteCounts notes, string folder)
    {
        string leftOut = notes.LeftOut > 0 ? string.Create(CultureInfo.InvariantCulture, $"[yellow]{notes.LeftOut:#,##0} notes of strategies were left out[/]") : "";
        if (notes.Debugs + notes.Infos + notes.Warnings + notes.Errors == 0) return leftOut.Length > 0 ? $"[grey]notes[/]        {leftOut}" : null;
        string errors = Counted(notes.Errors, "error", "red"), warnings = Counted(notes.Warnings, "warning", "yellow");
        return $"[grey]log[/]          {errors}, {warnings}: {Path.Combine(folder, RunFolder.Log).EscapeMarkup()}{(leftOut.Length > 0 ? "; " : "")}{leftOut}";
    }

    private static string Counted(long count, string what, string colour)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {what}{(count == 1 ? "" : "s")}");
        return count == 0 ? text : $"[{colour}]{text}[/]";
    }

    /// <summary>Runs the lanes and, where people read, shows them side by side.</summary>
    private static int Compare(CommandRun run, IReadOnlyList<LaneSettings> lanes, string folder)
    {
        foreach (string warning in lanes.SelectMany(lane => lane.Settings.Warnings).Distinct()) run.Screen.WriteWarning(warning);
        IReadOnlyList<LaneResult> results = LaneSession.Run(lanes, folder, run.Screen, run.Stop);
        BacktestSettings shared = lanes[0].Settings;
        if (run.Screen.IsJson)
        {
            run.Screen.WriteJson(json => LanesFiles.WriteJson(json, shared, results));
        }
        else
        {
            LanesScreen.Write(run.Screen.Out, $"{Path.GetFileNameWithoutExtension(shared.ConfigurationFile)}: {lanes.Count} lanes on {shared.Market.Title}", results);
            run.Screen.Out.MarkupLine($"[grey]files[/]        {folder.EscapeMarkup()}: {LanesFiles.Json}, {LanesFiles.Csv}; each lane's own in {LanesFiles.Folder}/NAME");
            run.Screen.Out.MarkupLine($"[grey]report[/]       [bold]{Path.Combine(folder, RunFolder.Report).EscapeMarkup()}[/]: open it in a browser");
        }
        return results.All(lane => lane.Result.HasEnded) ? ExitCode.Done : ExitCode.Failed;
    }
}
