using System.Runtime.InteropServices;
using Fathom.Benchmarks.Strategies;
using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Segments;
using Fathom.Engine.Loop;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Journal.Recordings;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Benchmarks.Orders;

/// <summary>
/// What does it cost to record a run? The run of <c>samples/bench.toml</c>: engine, portfolio and venue, without files of its own, so that the recording has the largest share that it can have.
/// Unrecorded, recorded as the program does it, without what the engine publishes, and not packed, one after the other in each repetition. Ratios are to the unrecorded run: of wall time, of the processors' time
/// of the whole process, and of the engine's thread alone, which is what a run costs where the writer has a processor of its own; that one hardly depends on what else the machine does.
/// The checksum is the fingerprint: who watches a run does not change it.
/// </summary>
internal static class RecordPart
{
    private sealed record Way(string What, bool IsRecorded, bool HasOutputs = true, bool IsPacked = true)
    {
        public List<(double Wall, double Processor, double Thread, long Allocated)> Times { get; } = [];

        /// <summary>Of the recording's folder, in bytes.</summary>
        public long Bytes { get; set; }
    }

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        Way[] ways = [new("not recorded", false), new("recorded", true), new("recorded, inputs only", true, HasOutputs: false), new("recorded, plain", true, IsPacked: false)];
        string checksum = Pass(file, ways[0], out _);
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            foreach (Way way in ways)
            {
                double thread = 0;
                (string found, double wall, double processor, long allocated) = StrategyBench.Time(() => Pass(file, way, out thread));
                Invariant.Require(found == checksum, "who records a run does not change it");
                way.Times.Add((wall, processor, thread, allocated));
                if (way.IsRecorded) way.Bytes = Take(FolderOf(file));
            }
        }
        return [.. ways.Select(way => Result(way, ways[0], count, checksum))];
    }

    private static BenchResult Result(Way way, Way plain, long count, string checksum)
    {
        double wall = BenchResult.Median(way.Times.Select(time => time.Wall));
        // Neighbours in time share what else the machine does: the ratio is taken run by run.
        Dictionary<string, double> ratios = new()
        {
            ["wall_of_unrecorded"] = BenchResult.Median(way.Times.Zip(plain.Times, (recorded, unrecorded) => recorded.Wall / unrecorded.Wall)),
            ["engine_cpu_of_unrecorded"] = BenchResult.Median(way.Times.Zip(plain.Times, (recorded, unrecorded) => recorded.Thread / unrecorded.Thread)),
            ["cpu_of_unrecorded"] = BenchResult.Median(way.Times.Zip(plain.Times, (recorded, unrecorded) => recorded.Processor / unrecorded.Processor)),
        };
        if (way.IsRecorded) ratios["bytes_per_message"] = (double)way.Bytes / count;
        return new BenchResult("bench-1", way.What, count / wall, count / way.Times.Min(time => time.Wall), (double)way.Times.Min(time => time.Allocated) / count, ratios, checksum);
    }

    private static string Pass(string file, Way way, out double threadSeconds)
    {
        double start = ThreadSeconds();
        BacktestSettings settings = Settings(file);
        string folder = FolderOf(file);
        using IMarketSource source = MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));
        using SimulatedVenue venue = new(settings.Latency, settings.Fees);
        using RecordingWriter? recording = way.IsRecorded ? new RecordingWriter(folder, new Fingerprint(settings.Engine.Configuration.Span).JournalId, settings.AsUsed, way.IsPacked ? new MessagePacking() : null) : null;
        using TradingEngine engine = new(settings.Engine, venue, recording is not null && way.HasOutputs ? [recording.Outputs] : []);
        BacktestDriver.Run(source, engine, venue, inputs: recording?.Inputs);
        recording?.Complete(engine.Fingerprint.Value, []);
        threadSeconds = ThreadSeconds() - start;
        return engine.Fingerprint.ToString();
    }

    /// <summary>Removes a recording, outside of the time that is measured.</summary>
    /// <returns>How long its files were, in bytes.</returns>
    private static long Take(string folder)
    {
        long bytes = Directory.GetFiles(folder).Sum(path => new FileInfo(path).Length);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private static string FolderOf(string file) => Path.Combine(Path.GetDirectoryName(file)!, "recording");

    /// <summary>The processor's time that this thread has had.</summary>
    private static double ThreadSeconds()
    {
        const int ThisThread = 3;      // CLOCK_THREAD_CPUTIME_ID
        Invariant.Require(GetTime(ThisThread, out TimeSpec time) == 0, "Linux tells a thread its time");
        return time.Seconds + time.Nanos * 1e-9;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanos;
    }

    private static BacktestSettings Settings(string file)
    {
        using Stream stream = typeof(RecordPart).Assembly.GetManifestResourceStream("bench.toml")!;
        using StreamReader reader = new(stream);
        return BacktestSettings.Bind(ConfigurationLayers.FromText("bench", reader.ReadToEnd(), [$"data.file={file}"]));
    }
}
