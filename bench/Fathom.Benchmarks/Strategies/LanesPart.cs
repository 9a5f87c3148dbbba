using System.Globalization;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Benchmarks.Strategies;

/// <summary>
/// What do twenty quoters with different parameters cost as lanes over one reading, against twenty runs one after the other, on one thread? Engine, portfolio and venue of each,
/// without files. A message counts once per quoter. The checksum is that of all twenty fingerprints: both must come to the same.
/// </summary>
internal static class LanesPart
{
    private const int LaneCount = 20;

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        List<(double Wall, double Processor, long Allocated)> apart = [], together = [];
        string checksum = Apart(file), same = Together(file, LaneCount, out double lanesMegabytes, isWeighed: true);
        Invariant.Require(checksum == same, "a lane comes to what it comes to alone");
        _ = Together(file, 1, out double oneMegabytes, isWeighed: true);
        for (int i = 0; i < repetitions; i++)
        {
            apart.Add(Timed(() => Apart(file), checksum));
            together.Add(Timed(() => Together(file, LaneCount, out _), checksum));
        }
        double wall = BenchResult.Median(apart.Select(time => time.Wall)), processor = BenchResult.Median(apart.Select(time => time.Processor));
        BenchResult Result(string what, List<(double Wall, double Processor, long Allocated)> times, Dictionary<string, double> ratios)
        {
            ratios["wall_of_apart"] = BenchResult.Median(times.Select(time => time.Wall)) / wall;
            ratios["cpu_of_apart"] = BenchResult.Median(times.Select(time => time.Processor)) / processor;
            double work = (double)count * LaneCount;
            return new BenchResult("bench-1", what, work / BenchResult.Median(times.Select(time => time.Wall)), work / times.Min(time => time.Wall), times.Min(time => time.Allocated) / work, ratios, checksum);
        }
        return
        [
            Result("20 quoters one by one", apart, []),
            Result("20 quoters as lanes", together, new() { ["megabytes_per_lane"] = (lanesMegabytes - oneMegabytes) / (LaneCount - 1) }),
        ];
    }

    private static (double Wall, double Processor, long Allocated) Timed(Func<string> pass, string checksum)
    {
        (string found, double wall, double processor, long allocated) = StrategyBench.Time(pass);
        Invariant.Require(found == checksum, "the same again");
        return (wall, processor, allocated);
    }

    private static string Apart(string file)
    {
        Xxh3 hash = new();
        for (int lane = 0; lane < LaneCount; lane++)
        {
            BacktestSettings settings = Settings(file, lane);
            using IMarketSource source = Open(settings);
            using SimulatedVenue venue = new(settings.Latency, settings.Fees);
            using TradingEngine engine = new(settings.Engine, venue);
            BacktestDriver.Run(source, engine, venue);
            Add(hash, engine);
        }
        return hash.Finish().ToString();
    }

    private static string Together(string file, int lanes, out double megabytes, bool isWeighed = false)
    {
        BacktestSettings[] settings = [.. Enumerable.Range(0, lanes).Select(lane => Settings(file, lane))];
        using IMarketSource source = Open(settings[0]);
        using VenueTape tape = new();
        using EngineLanes engines = new(settings[0].Engine.TradeWindow);
        SimulatedVenue[] venues = [.. settings.Select(one => new SimulatedVenue(one.Latency, one.Fees, 0, tape))];
        for (int lane = 0; lane < lanes; lane++) engines.Add(settings[lane].Engine, venues[lane]);
        new LaneDriver(source, engines, tape, venues).Run();
        megabytes = isWeighed ? GC.GetTotalMemory(forceFullCollection: true) / 1e6 : 0;
        Xxh3 hash = new();
        for (int lane = 0; lane < lanes; lane++) Add(hash, engines[lane]);
        return hash.Finish().ToString();
    }

    private static void Add(Xxh3 hash, TradingEngine engine) => hash.Append(System.Text.Encoding.UTF8.GetBytes(engine.Fingerprint.ToString()));

    private static BacktestSettings Settings(string file, int lane)
    {
        using Stream stream = typeof(LanesPart).Assembly.GetManifestResourceStream("bench.toml")!;
        using StreamReader reader = new(stream);
        string halfSpread = (1 + lane % 5 * 0.5).ToString(CultureInfo.InvariantCulture), skew = (lane / 5 * 0.5).ToString(CultureInfo.InvariantCulture);
        return BacktestSettings.Bind(ConfigurationLayers.FromText("bench", reader.ReadToEnd(), [$"data.file={file}", $"strategy.params.half_spread={halfSpread}", $"strategy.params.skew={skew}"]));
    }

    private static IMarketSource Open(BacktestSettings settings) => MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));
}
