using System.CommandLine;
using System.Text;
using System.Text.Json;
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

    private static readonly string[] Samples = ["quickstart.toml", "taker.toml"];

    public static Command Create()
    {
        Command command = new("demo", "The first minute: make a market, run a quoter and a taker through it, show what they were worth; writes to runs/demo") { CommandRun.JsonOption };
        return command.Runs(Run);
    }

    private static int Run(CommandRun run)
    {
        IAnsiConsole console = run.Screen.Out;
        GeneratorOptions options = new() { Preset = "demo" };
        using (RunFolder.Create(Folder))
        {
            Tell(run, $"Making a synthetic market of two million order-book messages (seed {options.Seed}): {MarketFile}");
            GeneratedMarket.Write(options, MarketFile, run.Screen, run.Stop);
        }

        Tell(run, "Running two strategies through it, one after the other, each one millisecond away from the venue");
        List<(string Name, BacktestResult Result)> results = [];
        foreach (string sample in Samples)
        {
            RunConfiguration configuration = ConfigurationLayers.FromText("demo", Text(sample), [$"data.file={MarketFile}"]);
            BacktestSettings settings = BacktestSettings.Bind(configuration);
            string name = settings.Engine.Strategies[0].Name;
            results.Add((name, BacktestCommand.Backtest(run, settings, $"{Folder}/{name}")));
        }
        if (run.Screen.IsJson) run.Screen.WriteJson(json => WriteJson(json, results));
        else WriteNext(console);
        return results.All(result => result.Result.HasEnded) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Tell(CommandRun run, string what)
    {
        if (!run.Screen.IsJson) run.Screen.Out.MarkupLine($"[grey]{what.EscapeMarkup()}[/]");
    }

    /// <summary>The samples that the README starts with: what the demo does and what they say cannot drift apart.</summary>
    private static string Text(string sample)
    {
        using Stream stream = typeof(DemoCommand).Assembly.GetManifestResourceStream(sample)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static void WriteJson(Utf8JsonWriter json, List<(string Name, BacktestResult Result)> results)
    {
        json.WriteStartObject();
        foreach ((string name, BacktestResult result) in results)
        {
            json.WritePropertyName(name);
            SummaryJson.Write(json, result);
        }
        json.WriteEndObject();
    }

    private static void WriteNext(IAnsiConsole console)
    {
        (string Why, string Command)[] next =
        [
            ("what the quoter was worth, as a page", $"open {Folder}/quoter/report.html in a browser"),
            ("the order book at the end", $"./fathom book {MarketFile}"),
            ("the quoter's run from a configuration", $"./fathom backtest samples/quickstart.toml --set data.file={MarketFile}"),
            ("your first changed parameter", $"./fathom backtest samples/quickstart.toml --set data.file={MarketFile} --set strategy.params.half_spread=2"),
            ("your own Databento file", "./fathom data info YOURS.dbn.zst"),
        ];
        console.Write(Spectre.Console.Text.NewLine);
        console.MarkupLine("[bold]What to type next[/]");
        foreach ((string why, string command) in next)
        {
            console.MarkupLine($"[grey]{why}[/]");
            console.Profile.Out.Writer.WriteLine($"  {command}");      // never broken: it is there to be copied
        }
    }
}
