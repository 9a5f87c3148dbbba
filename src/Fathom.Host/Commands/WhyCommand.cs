using System.CommandLine;
using Fathom.Host.Why;

namespace Fathom.Host.Commands;

/// <summary><c>fathom why ORDER|TIME --run DIR</c>.</summary>
internal static class WhyCommand
{
    private static readonly Argument<string> What = new("ORDER|TIME")
    {
        Description = "an order: its client_order_id in orders.csv, or its last letters. Or a moment: RFC 3339 with a zone, or nanoseconds since 1970; then the last decision that was not later",
    };

    private static readonly Option<string> Run = new("--run") { Description = "folder of the run (--out) or of its recording (--record)", HelpName = "DIR", Required = true };
    private static readonly Option<string?> Strategy = new("--strategy") { Description = "of a moment: only decisions of this strategy", HelpName = "NAME" };
    private static readonly Option<string?> Instrument = new("--instrument") { Description = "of a moment: only decisions about this instrument", HelpName = "SYMBOL" };
    private static readonly Option<int> Levels = new("--levels") { Description = "levels to show of each side of the book", DefaultValueFactory = _ => WhyQuestion.LevelsUsual, HelpName = "N" };

    public static Command Create()
    {
        Command command = new("why", "Explain an order or a moment of a run by running it again: the book, what was wanted, each rule of risk with its numbers, what left and what did not")
        {
            What, Run, Strategy, Instrument, Levels, CommandRun.JsonOption,
        };
        return command.Runs(Explain);
    }

    private static int Explain(CommandRun run)
    {
        WhyQuestion question = WhyQuestion.Parse(run.Get(What), run.Get(Strategy), run.Get(Instrument), run.Get(Levels));
        try
        {
            Explanation explanation = WhySession.Run(question, run.Get(Run)!, run.Screen, run.Stop);
            if (run.Screen.IsJson) run.Screen.WriteJson(json => WhyJson.Write(json, explanation));
            else WhyScreen.Write(run.Screen.Out, explanation);
            return ExitCode.Done;
        }
        catch (ReplayDiffersException difference)
        {
            run.Screen.WriteError(difference.Message);
            return ExitCode.Failed;
        }
    }
}
