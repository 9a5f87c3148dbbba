using System.Diagnostics;
using Fathom.Analytics;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;
using Fathom.Twins.SlowBook;

namespace Fathom.Benchmarks.Host;

/// <summary>
/// How many messages a second does a whole backtest take, and what does each part of it cost? The run of <c>samples/bench.toml</c> on a generated market in a plain file in
/// the page cache: a quoter, a venue with its own book, fingerprint on, one thread. The parts are measured by adding them one after the other; each line says how many cycles it adds.
/// The named baseline is what a textbook backtest cannot go below: two books of dictionary, sorted dictionary and linked list.
/// </summary>
internal static class BacktestBench
{
    private const int BufferLength = 64 << 10;

    private readonly record struct Stage(string What, Func<string> Pass, List<double> Seconds, List<long> Allocated);

    public static List<BenchResult> Measure(long events, int repetitions)
    {
        string folder = Directory.CreateTempSubdirectory("fathom-bench").FullName;
        try
        {
            string file = Path.Combine(folder, "bench-1.dbn");
            GeneratorOptions market = new() { Preset = "bench-1", Events = events, Seed = 1 };
            long count = GeneratedMarket.Write(market, file, Quiet(), CancellationToken.None).Messages;
            return Measure(file, Path.Combine(folder, "run"), count, repetitions);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<BenchResult> Measure(string file, string folder, long count, int repetitions)
    {
        Stage[] stages =
        [
            New("file to messages", () => Read(file, static _ => { })),
            New("+ hash", () => Hash(file)),
            New("+ engine with its book", () => Engine(file)),
            New("+ venue with its book", () => Run(file, isQuoting: false)),
            New("+ quoter and its orders", () => Run(file, isQuoting: true)),
            New("+ analysis and files", () => Session(file, folder)),
            New("two slow books", () => SlowBooks(file)),
        ];
        string[] checksums = new string[stages.Length];
        for (int i = 0; i < stages.Length; i++) checksums[i] = stages[i].Pass();      // warm-up
        Invariant.Require(checksums[^2] == checksums[^3], "who watches a run does not change it");
        for (int repetition = 0; repetition < repetitions; repetition++)
            for (int i = 0; i < stages.Length; i++) Invariant.Require(Time(stages[i]) == checksums[i], $"'{stages[i].What}' does the same again");
        return Summarize(stages, checksums, count);
    }

    private static List<BenchResult> Summarize(Stage[] stages, string[] checksums, long count)
    {
        double slow = BenchResult.Median(stages[^1].Seconds), before = 0;
        List<BenchResult> results = [];
        for (int i = 0; i < stages.Length; i++)
        {
            double seconds = BenchResult.Median(stages[i].Seconds);
            results.Add(new BenchResult("bench-1", stages[i].What, count / seconds, count / stages[i].Seconds.Min(), (double)stages[i].Allocated.Min() / count,
                new Dictionary<string, double> { ["slow_books"] = slow / seconds }, checksums[i])
            { AddedSeconds = i == stages.Length - 1 ? double.NaN : (seconds - before) / count });
            before = seconds;
        }
        return results;
    }

    private static Stage New(string what, Func<string> pass) => new(what, pass, [], []);

    private static string Time(in Stage stage)
    {
        GC.Collect();
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        string checksum = stage.Pass();
        stage.Seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        stage.Allocated.Add(GC.GetAllocatedBytesForCurrentThread() - allocated);
        return checksum;
    }

    // ---- the stages

    private static string Read(string file, Action<ReadOnlyMemory<byte>> take)
    {
        BacktestSettings settings = Settings(file);
        using IMarketSource source = Open(settings);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
        long bytes = 0;
        for (int length; (length = source.Read(buffer)) > 0; bytes += length) take(buffer.AsMemory(0, length));
        return $"{bytes}";
    }

    private static string Hash(string file)
    {
        Xxh3 hash = new();
        Read(file, block =>
        {
            ReadOnlySpan<byte> messages = block.Span;
            for (int length; !messages.IsEmpty; messages = messages[length..])
            {
                length = Messages.Header(messages).Length;
                hash.Append(messages[..length]);
            }
        });
        return hash.Finish().ToString();
    }

    private static string Engine(string file)
    {
        using TradingEngine engine = new(Settings(file).Engine with { Strategies = [Idle()] }, new NoVenue());
        Read(file, block =>
        {
            ReadOnlySpan<byte> messages = block.Span;
            for (int length; !messages.IsEmpty; messages = messages[length..])
            {
                length = Messages.Header(messages).Length;
                engine.Step(messages[..length]);
            }
        });
        return engine.Fingerprint.ToString();
    }

    private static string Run(string file, bool isQuoting)
    {
        BacktestSettings settings = Settings(file);
        using IMarketSource source = Open(settings);
        using SimulatedVenue venue = new(settings.Latency, settings.Fees);
        using TradingEngine engine = new(isQuoting ? settings.Engine : settings.Engine with { Strategies = [Idle()] }, venue);
        BacktestDriver.Run(source, engine, venue);
        return engine.Fingerprint.ToString();
    }

    private static string Session(string file, string folder) => BacktestSession.Run(Settings(file), folder, Quiet(), CancellationToken.None).Fingerprint;

    private static string SlowBooks(string file)
    {
        SlowBookSet first = new(), second = new();
        return Read(file, block =>
        {
            first.ApplyBatch(block.Span);
            second.ApplyBatch(block.Span);
        });
    }

    // ---- what they share

    internal static BacktestSettings Settings(string file)
    {
        using Stream stream = typeof(BacktestBench).Assembly.GetManifestResourceStream("bench.toml")!;
        using StreamReader reader = new(stream);
        return BacktestSettings.Bind(ConfigurationLayers.FromText("bench", reader.ReadToEnd(), [$"data.file={file}"]));
    }

    internal static IMarketSource Open(BacktestSettings settings) => MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));

    private static NamedStrategy Idle() => new("idle", new IdleStrategy());

    private static Screen Quiet() => new(TextWriter.Null, TextWriter.Null, isJson: true);

    private sealed class IdleStrategy : Fathom.Engine.Decisions.Strategy;

    private sealed class NoVenue : IVenue
    {
        public void Send(in OrderCommand command) { }
    }
}
