using System.CommandLine;
using System.Text;
using Fathom.Host.Configuration;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;
using Fathom.Simulation.Generator;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom demo</c>: the first minute. Needs no data, no account, no library beyond the SDK.</summary>
public static class DemoCommand
{
    private const string Folder = "runs/demo";
    private const string MarketFile = Folder + "/market.dbn";

    public static Command Create()
    {
        Command command = new("demo", "The first minute: make a market, run a strategy on it, show what it was worth") { CommandRun.JsonOption };
        return command.Runs(Run);
    }

    private static int Run(CommandRun run)
    {
        IAnsiConsole console = run.Screen.Out;
        GeneratorOptions options = new() { Preset = "demo" };
        using (RunFolder.Create(Folder))
        {
            if (!run.Screen.IsJson) console.MarkupLine($"[grey]Making a synthetic market of two million order-book messages (seed {options.Seed}): {MarketFile}[/]");
            GeneratedMarket.Write(options, MarketFile, run.Screen, run.Stop);
        }

        if (!run.Screen.IsJson) console.MarkupLine("[grey]Running a two-sided quoter through it, one millisecond away from the venue[/]");
        RunConfiguration configuration = ConfigurationLayers.FromText("demo", Quickstart(), [$"data.file={MarketFile}"]);
        int exitCode = BacktestCommand.Run(run, "demo", BacktestSettings.Bind(configuration), Folder);
        if (!run.Screen.IsJson) WriteNext(console);
        return exitCode;
    }

    /// <summary>The sample that the README starts with: what the demo does and what the sample says cannot drift apart.</summary>
    private static string Quickstart()
    {
        using Stream stream = typeof(DemoCommand).Assembly.GetManifestResourceStream("quickstart.toml")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static void WriteNext(IAnsiConsole console)
    {
        (string Why, string Command)[] next =
        [
            ("the order book at the end", $"./fathom book {MarketFile}"),
            ("the same run from a configuration", $"./fathom backtest samples/quickstart.toml --set data.file={MarketFile}"),
            ("your first changed parameter", $"./fathom backtest samples/quickstart.toml --set data.file={MarketFile} --set strategy.params.half_spread=2"),
            ("your own Databento file", "./fathom data info YOURS.dbn.zst"),
        ];
        console.Write(Text.NewLine);
        console.MarkupLine("[bold]What to type next[/]");
        foreach ((string why, string command) in next)
        {
            console.MarkupLine($"[grey]{why}[/]");
            console.Profile.Out.Writer.WriteLine($"  {command}");      // never broken: it is there to be copied
        }
    }
}
