using System.Diagnostics;
using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Generator;
using Fathom.Twins.SlowBook;

namespace Fathom.Benchmarks.Market;

/// <summary>
/// How fast do messages in memory become order books? One generated stream per preset, applied over and over to the same warm books (each pass begins with
/// a snapshot, so that all passes do the same): book = as it is used; prefetch and direct = the two forms of its loop by themselves; slow twin = dictionary, sorted
/// dictionary, linked list. All must end in the same books before any time counts.
/// </summary>
internal static class BookBench
{
    private const int BatchLength = 64 << 10;
    private const ulong Fnv = 0x100000001B3;

    public static readonly string[] Presets = ["bench-1", "bench-100", "wide"];

    private readonly record struct Stage(string What, Action Pass, Func<ulong> Checksum, List<double> Seconds, List<long> Allocated);

    /// <summary>The figures of one preset.</summary>
    public static List<BenchResult> Measure(string preset, long events, int repetitions)
    {
        byte[] messages = Generate(preset, events, out long count);
        int[] batches = Batches(messages);
        using MarketState usual = new(), direct = new(new BookSet(0, int.MaxValue)), prefetching = new(new BookSet(0, 0));
        SlowBookSet twin = new();
        Stage[] stages =
        [
            FastStage("book", usual, messages, batches),
            FastStage("direct", direct, messages, batches),
            FastStage("prefetch", prefetching, messages, batches),
            new("slow twin", () => twin.ApplyBatch(messages), () => Checksum(twin), [], []),
        ];
        foreach (Stage stage in stages)      // warm-up: the second pass still moves windows that the first one left behind
        {
            stage.Pass();
            stage.Pass();
        }
        ulong checksum = stages[^1].Checksum();
        foreach (Stage stage in stages) Invariant.Require(stage.Checksum() == checksum, $"'{stage.What}' and the slow twin build the same books of {preset}");
        // Stages take turns within each repetition, so that a busy minute of the machine meets all of them.
        for (int i = 0; i < repetitions; i++)
            foreach (Stage stage in stages) Time(stage);
        foreach (Stage stage in stages) Invariant.Require(stage.Checksum() == checksum, $"'{stage.What}' builds the same books of {preset} again");
        return Summarize(preset, stages, count, checksum);
    }

    private static Stage FastStage(string what, MarketState market, byte[] messages, int[] batches) =>
        new(what, () => Apply(market, messages, batches), () => Checksum(market.Books), [], []);

    private static void Apply(MarketState market, ReadOnlySpan<byte> messages, int[] batches)
    {
        for (int i = 1; i < batches.Length; i++) market.ApplyBatch(messages[batches[i - 1]..batches[i]]);
    }

    /// <summary>Where batches of the size in which a file's messages come begin and end.</summary>
    private static int[] Batches(ReadOnlySpan<byte> messages)
    {
        List<int> bounds = [0];
        for (int at = 0; at < messages.Length;)
        {
            at += Messages.Header(messages[at..]).Length;
            if (at - bounds[^1] >= BatchLength || at == messages.Length) bounds.Add(at);
        }
        return [.. bounds];
    }

    private static void Time(in Stage stage)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        stage.Pass();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        stage.Allocated.Add(GC.GetAllocatedBytesForCurrentThread() - allocated);
        stage.Seconds.Add(time.TotalSeconds);
    }

    private static List<BenchResult> Summarize(string preset, Stage[] stages, long count, ulong checksum)
    {
        double twin = BenchResult.Median(stages[^1].Seconds);
        return [.. stages.Select(stage => new BenchResult(preset, stage.What, count / BenchResult.Median(stage.Seconds), count / stage.Seconds.Min(),
            (double)stage.Allocated.Min() / count, new Dictionary<string, double> { ["slow_twin"] = twin / BenchResult.Median(stage.Seconds) },
            checksum.ToString("x16", CultureInfo.InvariantCulture)))];
    }

    private static byte[] Generate(string preset, long events, out long count)
    {
        using MarketGenerator market = new(new GeneratorOptions { Preset = preset, Events = events, Seed = 1 });
        List<byte[]> chunks = [];
        byte[] buffer = new byte[1 << 20];
        for (int length; (length = market.Read(buffer)) > 0;) chunks.Add(buffer[..length]);
        byte[] messages = GC.AllocateUninitializedArray<byte>(chunks.Sum(chunk => chunk.Length), pinned: true);
        int at = 0;
        foreach (byte[] chunk in chunks)
        {
            chunk.CopyTo(messages, at);
            at += chunk.Length;
        }
        count = 0;
        for (at = 0; at < messages.Length; at += Messages.Header(messages.AsSpan(at)).Length) count++;
        return messages;
    }

    /// <summary>Over every order of every queue of every level, in order.</summary>
    public static ulong Checksum(BookSet books)
    {
        ulong sum = 0;
        for (int instrument = 0; instrument < books.InstrumentCount; instrument++)
        {
            OrderBook book = books[new InstrumentId(instrument)];
            foreach (Side side in (Side[])[Side.Buy, Side.Sell])
            {
                var levels = new Fathom.Domain.Books.BookLevel[book.LevelCount(side)];
                book.CopyLevels(side, levels);
                foreach (Fathom.Domain.Books.BookLevel level in levels)
                {
                    sum = Mix(Mix(sum, (ulong)level.Price.Nanos), (ulong)level.Quantity.Nanos);
                    foreach (QueuedOrder order in book.QueueAt(side, level.Price)) sum = Mix(Mix(sum, order.OrderId), (ulong)order.Quantity.Nanos);
                }
            }
        }
        return sum;
    }

    private static ulong Checksum(SlowBookSet books)
    {
        ulong sum = 0;
        foreach (int instrument in books.Books.Keys.Order())
        {
            foreach (SortedDictionary<long, SlowLevel> levels in (SortedDictionary<long, SlowLevel>[])[books.Books[instrument].Bids, books.Books[instrument].Asks])
            {
                foreach ((long price, SlowLevel level) in levels)
                {
                    sum = Mix(Mix(sum, (ulong)price), (ulong)level.Total);
                    foreach (SlowOrder order in level.Queue) sum = Mix(Mix(sum, order.Id), (ulong)order.Quantity);
                }
            }
        }
        return sum;
    }

    private static ulong Mix(ulong sum, ulong value)
    {
        sum = (sum ^ value) * Fnv;
        return sum ^ (sum >> 31);
    }
}
