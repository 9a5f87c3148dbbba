using System.Diagnostics;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Benchmarks.Strategies;

/// <summary>Is a strategy from a source file as fast as a built-in one, and how long does it take until it runs? The library's quoter, and its own source as a user's file.</summary>
internal static class UserCodePart
{
    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        string folder = Path.GetDirectoryName(file)!, source = WriteSource(folder);
        string? cache = Environment.GetEnvironmentVariable("FATHOM_CACHE");
        Environment.SetEnvironmentVariable("FATHOM_CACHE", Path.Combine(folder, "cache"));      // not the user's
        try
        {
            return [.. Runs(file, source, count, repetitions), .. Starts(file, source, repetitions)];
        }
        finally
        {
            Environment.SetEnvironmentVariable("FATHOM_CACHE", cache);
        }
    }

    private static List<BenchResult> Runs(string file, string source, long count, int repetitions)
    {
        List<double> builtIn = [], user = [];
        string fills = Backtest(file, null);
        Invariant.Require(Backtest(file, source) == fills, "the same strategy makes the same fills");
        for (int i = 0; i < repetitions; i++)
        {
            builtIn.Add(StrategyBench.Time(() => Backtest(file, null)).Wall);
            user.Add(StrategyBench.Time(() => Backtest(file, source)).Wall);
        }
        double plain = BenchResult.Median(builtIn), own = BenchResult.Median(user);
        return
        [
            new BenchResult("bench-1", "quoter, built in", count / plain, count / builtIn.Min(), 0, new Dictionary<string, double>(), fills),
            new BenchResult("bench-1", "quoter, from a source file", count / own, count / user.Min(), 0, new Dictionary<string, double> { ["time_of_built_in"] = own / plain }, fills),
        ];
    }

    /// <summary>Whole programs that read their configuration and end.</summary>
    private static List<BenchResult> Starts(string file, string source, int repetitions)
    {
        string cache = Environment.GetEnvironmentVariable("FATHOM_CACHE")!;
        List<double> builtIn = [], first = [], cached = [];
        for (int i = 0; i < repetitions; i++)
        {
            builtIn.Add(Start(file, "strategy.name=quoter"));
            if (Directory.Exists(cache)) Directory.Delete(cache, recursive: true);
            first.Add(Start(file, $"strategy.file={source}"));
            cached.Add(Start(file, $"strategy.file={source}"));
        }
        double plain = BenchResult.Median(builtIn);
        BenchResult Of(string what, List<double> seconds) => new("start", what, 1 / BenchResult.Median(seconds), 1 / seconds.Min(), 0,
            new Dictionary<string, double> { ["seconds"] = BenchResult.Median(seconds), ["seconds_more"] = BenchResult.Median(seconds) - plain }, "");
        return [Of("built in", builtIn), Of("source file, first time", first), Of("source file, cached", cached)];
    }

    private static double Start(string file, string strategy)
    {
        string config = Path.Combine(Path.GetDirectoryName(file)!, "start.toml");
        File.WriteAllText(config, "");
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [typeof(BacktestSettings).Assembly.Location, "backtest", config, "--explain-config", "--json", "--set", $"data.file={file}", "--set", strategy])
        {
            RedirectStandardOutput = true,
        };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Invariant.Require(process.ExitCode == 0, "the program reads its configuration");
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <returns>How many orders and fills there were: fingerprints differ by the hash of the code.</returns>
    private static string Backtest(string file, string? source)
    {
        string strategy = source is null ? "name = \"quoter\"" : $"file = '{source}'";
        BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.FromText("bench", $"[[strategy]]\n{strategy}\n", [$"data.file={file}"]));
        using IMarketSource data = MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));
        using SimulatedVenue venue = new(settings.Latency, settings.Fees);
        using TradingEngine engine = new(settings.Engine, venue);
        BacktestDriver.Run(data, engine, venue);
        RunSummary run = engine.Summarize();
        return $"{run.OrderCount} orders, {run.CommandCount} commands, {run.FillCount} fills";
    }

    private static string WriteSource(string folder)
    {
        using Stream embedded = typeof(UserCodePart).Assembly.GetManifestResourceStream("Quoter.cs")!;
        using StreamReader reader = new(embedded);
        string path = Path.Combine(folder, "Quoter.cs");
        File.WriteAllText(path, reader.ReadToEnd().Replace("namespace Fathom.Strategies.Library;", "namespace Mine;", StringComparison.Ordinal));
        return path;
    }
}
