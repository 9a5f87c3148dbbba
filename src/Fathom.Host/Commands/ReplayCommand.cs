using System.CommandLine;
using Fathom.Host.Replays;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom replay DIR</c>.</summary>
public static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "a recording: what 'fathom backtest CONFIG --record DIR' wrote" };
        Option<string?> outFolder = new("--out") { Description = "folder for the run's files, which are those of the recorded run [default: none are written]", HelpName = "DIR" };
        Command command = new("replay", "Run a recording again and compare every event with what was recorded; exit code 1 and the first difference when one is another")
        {
            folder, outFolder, CommandRun.JsonOption,
        };
        return command.Runs(run =>
        {
            ReplayResult result = ReplaySession.Run(run.Get(folder), run.Get(outFolder), run.Screen, run.Stop);
            if (run.Screen.IsJson) run.Screen.WriteJson(json => ReplayScreen.WriteJson(json, result));
            else Show(run, run.Get(folder), run.Get(outFolder), result);
            return result.Difference is null ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static void Show(CommandRun run, string folder, string? outFolder, ReplayResult result)
    {
        ReplayScreen.Write(run.Screen.Out, folder, result);
        if (outFolder is not null && result.Difference is null) run.Screen.Out.MarkupLine($"[grey]files[/]        {outFolder.EscapeMarkup()}");
    }
}
