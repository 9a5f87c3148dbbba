using System.Diagnostics;
using Fathom.Benchmarks.Strategies;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Snapshots;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Benchmarks.Orders;

/// <summary>What does a reader cost that asks for a thousand snapshots a second, beside a backtest of the quoter of <c>samples/bench.toml</c> with its venue? The same run without a reader, and
/// without an exchange at all, in turns; all come to the same fingerprint. And what does one snapshot take by itself?</summary>
internal static class SnapshotPart
{
    private const int PerSecond = 1_000, Singles = 20_000;

    /// <param name="Processor">Seconds of all threads, the reader's too.</param>
    /// <param name="Allocated">Bytes, by the engine's thread.</param>
    private readonly record struct Pass(double Wall, double Processor, long Allocated);

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        List<Pass> plain = [], unasked = [], asked = [];
        int snapshots = 0;
        string checksum = Run(file, null, null);
        for (int i = 0; i < repetitions; i++)
        {
            plain.Add(Timed(() => Run(file, null, null), checksum));
            unasked.Add(Timed(() => Run(file, new SnapshotExchange(), null), checksum));
            SnapshotExchange exchange = new();
            Thread reader = new(() => snapshots += Read(exchange)) { IsBackground = true };
            reader.Start();
            asked.Add(Timed(() => Run(file, exchange, null), checksum));
            reader.Join();
        }
        BenchResult Of(string what, List<Pass> passes, Dictionary<string, double> ratios)
        {
            double wall = BenchResult.Median(passes.Select(pass => pass.Wall));
            ratios["time_of_plain"] = wall / BenchResult.Median(plain.Select(pass => pass.Wall));
            ratios["cpu_of_plain"] = BenchResult.Median(passes.Select(pass => pass.Processor)) / BenchResult.Median(plain.Select(pass => pass.Processor));
            return new BenchResult("bench-1", what, count / wall, count / passes.Min(pass => pass.Wall), (double)passes.Min(pass => pass.Allocated) / count, ratios, checksum);
        }
        return
        [
            Of("quoter", plain, []),
            Of("quoter, nobody asks", unasked, []),
            Of("quoter, 1,000 snapshots/s", asked, new() { ["snapshots_per_second"] = snapshots / asked.Sum(pass => pass.Wall) }),
            One(file, repetitions),
        ];
    }

    /// <summary>Snapshots of the run's last state, one after the other; a message is a snapshot.</summary>
    private static BenchResult One(string file, int repetitions)
    {
        List<double> seconds = [];
        long bytes = long.MaxValue, orders = 0;
        Run(file, null, engine =>
        {
            for (int i = 0; i <= repetitions; i++)      // the first warms up
            {
                long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
                orders = 0;
                for (int single = 0; single < Singles; single++) orders += engine.TakeSnapshot().Orders.Length;
                if (i > 0) seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        });
        double median = BenchResult.Median(seconds);
        return new BenchResult("bench-1", "one snapshot", Singles / median, Singles / seconds.Min(), (double)bytes / Singles,
            new Dictionary<string, double> { ["percent_of_a_second"] = 100.0 * PerSecond * median / Singles }, $"{orders}");
    }

    private static Pass Timed(Func<string> run, string checksum)
    {
        (string found, double wall, double processor, long bytes) = StrategyBench.Time(run);
        Invariant.Require(found == checksum, "who reads does not change the run");
        return new Pass(wall, processor, bytes);
    }

    /// <summary>Asks every thousandth of a second until the run is over.</summary>
    /// <returns>Snapshots seen.</returns>
    private static int Read(SnapshotExchange exchange)
    {
        EngineSnapshot? newest = null;
        int seen = 0;
        long start = Stopwatch.GetTimestamp();
        for (long due = 1; !exchange.IsClosed; due++)
        {
            exchange.Request();
            TimeSpan wait = TimeSpan.FromSeconds((double)due / PerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) Thread.Sleep(wait);
            if (ReferenceEquals(exchange.Newest, newest)) continue;
            newest = exchange.Newest;
            seen++;
        }
        return seen;
    }

    private static string Run(string file, SnapshotExchange? readers, Action<TradingEngine>? look)
    {
        using Stream stream = typeof(SnapshotPart).Assembly.GetManifestResourceStream("bench.toml")!;
        using StreamReader reader = new(stream);
        BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.FromText("bench", reader.ReadToEnd(), [$"data.file={file}"]));
        using IMarketSource source = MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));
        using SimulatedVenue venue = new(settings.Latency, settings.Fees);
        using TradingEngine engine = new(settings.Engine, venue);
        BacktestDriver.Run(source, engine, venue, readers: readers);
        look?.Invoke(engine);
        return engine.Fingerprint.ToString();
    }
}
