using System.Diagnostics;
using System.Globalization;
using Fathom.Benchmarks.Host;
using Fathom.Data;
using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Pipeline;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Benchmarks.Features;

/// <summary>What does the vector of <c>samples/features.toml</c> add to the backtest of <c>samples/bench.toml</c> when a strategy reads all of it after every venue event? The same run with the same reader and no vector is the baseline.</summary>
internal static class VectorPart
{
    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        IReadOnlyList<FeatureSpec> vector = Vector();
        List<double> without = [], with = [];
        string[] checksums = [Pass(file, [], out Reader plainReader, out _, out _), Pass(file, vector, out _, out _, out _)];      // warm-up
        Invariant.Require(checksums[0].Split(';')[0] == checksums[1].Split(';')[0], "who reads features changes no trade");
        long allocatedWithout = long.MaxValue, allocated = long.MaxValue;
        for (int i = 0; i < repetitions; i++)
        {
            Invariant.Require(Pass(file, [], out _, out double seconds, out long bytes) == checksums[0], "a run does the same again");
            without.Add(seconds);
            allocatedWithout = Math.Min(allocatedWithout, bytes);
            Invariant.Require(Pass(file, vector, out _, out seconds, out bytes) == checksums[1], "a run does the same again");
            with.Add(seconds);
            allocated = Math.Min(allocated, bytes);
        }
        double plain = BenchResult.Median(without), full = BenchResult.Median(with);
        Dictionary<string, double> ratios = new()
        {
            ["time_of_no_vector"] = full / plain,
            ["added_ns_an_event"] = (full - plain) / plainReader.Events * 1e9,
            ["features"] = vector.Count,
            ["of_3_55_million"] = count / full / 3.55e6,
        };
        return
        [
            new BenchResult("bench-1", "backtest, no vector", count / plain, count / without.Min(), (double)allocatedWithout / count, new Dictionary<string, double>(), checksums[0]),
            new BenchResult("bench-1", $"backtest, a vector of {vector.Count} features read at every event", count / full, count / with.Min(), (double)allocated / count, ratios, checksums[1]),
        ];
    }

    private static IReadOnlyList<FeatureSpec> Vector()
    {
        using Stream stream = typeof(VectorPart).Assembly.GetManifestResourceStream("features.toml")!;
        using StreamReader reader = new(stream);
        return FeatureBinding.Bind(ConfigurationLayers.FromText("features", reader.ReadToEnd(), []).Root.Section("features"));
    }

    private static string Pass(string file, IReadOnlyList<FeatureSpec> vector, out Reader reader, out double seconds, out long allocated)
    {
        BacktestSettings settings = BacktestBench.Settings(file);
        using IMarketSource source = BacktestBench.Open(settings);
        using SimulatedVenue venue = new(settings.Latency, settings.Fees);
        reader = new Reader();
        using TradingEngine engine = new(settings.Engine with { Features = vector, Strategies = [.. settings.Engine.Strategies, new NamedStrategy("reader", reader)] }, venue);
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        BacktestDriver.Run(source, engine, venue);
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return string.Create(CultureInfo.InvariantCulture, $"{engine.Summarize().FillCount} fills, {engine.Account.Equity}; {engine.Fingerprint} {reader.Sum:R}");
    }

    private sealed class Reader : Strategy
    {
        private FeatureVector? _vector;

        public double Sum { get; private set; }

        public long Events { get; private set; }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            Events++;
            _vector ??= context.Vector(book.Instrument);
            foreach (double value in _vector.Values)
                if (double.IsFinite(value)) Sum += value;
        }
    }
}
