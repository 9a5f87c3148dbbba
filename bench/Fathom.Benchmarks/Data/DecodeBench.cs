using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using Fathom.Benchmarks.Market;
using Fathom.Data.Compression;
using Fathom.Data.Dbn;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Market.Books;
using Fathom.Market.Universe;
using Fathom.Simulation.Generator;

namespace Fathom.Benchmarks.Data;

/// <summary>
/// How fast do DBN files become messages? Questions, each on one generated file in the page cache:
/// read = the bytes alone, in reused blocks (the roof); plain = file to messages; translate = the same with the file in memory; mapped = the same from a fresh memory map (why files are not mapped);
/// unzip = decompression alone on one thread; zstd = compressed file to messages (decompression ahead on a second thread);
/// books and zstd books = on to order books that start cold;
/// packed = the same messages, resolved and packed as a catalog stores them, from memory to messages;
/// threads and processes = two plain files at once, inside one process and in two.
/// </summary>
internal static class DecodeBench
{
    private const string Preset = "bench-1";
    /// <summary>Name of the hidden command that is one of the two processes.</summary>
    public const string ChildCommand = "decode-child";

    private const int ManyTimes = 20;
    private const int BufferLength = 64 << 10;      // messages stay in the cache on their way to whoever eats them

    /// <summary>Pairs of stages that must come to the same.</summary>
    private static readonly (string, string)[] s_sameWork =
        [("read", "unzip"), ("plain", "translate"), ("plain", "mapped"), ("plain", "zstd"), ("books", "zstd books"), ("threads", "processes")];

    private static readonly byte[] s_buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);

    private readonly record struct Sample(long Messages, double Seconds, long Allocated, ulong Checksum);

    /// <summary>The figures; files are made in a temporary folder, which goes again.</summary>
    public static List<BenchResult> Measure(long events, int repetitions)
    {
        string folder = Directory.CreateTempSubdirectory("fathom-bench-").FullName;
        try
        {
            return Measure(folder, events, repetitions);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<BenchResult> Measure(string folder, long events, int repetitions)
    {
        string plain = Path.Combine(folder, "a.dbn"), compressed = Path.Combine(folder, "a.dbn.zst"), second = Path.Combine(folder, "b.dbn");
        Generate(events, plain);
        Generate(events, compressed);
        File.Copy(plain, second);
        byte[] inMemory = File.ReadAllBytes(plain);
        PackedStream packed = new(plain);

        (string What, Func<Sample> Once)[] stages =
        [
            ("read", () => ReadBytes(plain)),
            ("plain", () => Decode(plain)),
            ("translate", () => Translate(plain, inMemory)),
            ("mapped", () => DecodeMapped(plain)),
            ("unzip", () => Unzip(compressed)),
            ("zstd", () => Decode(compressed)),
            ("books", () => ToBooks(plain)),
            ("zstd books", () => ToBooks(compressed)),
            ("packed", () => Timed(() => (packed.Messages, packed.Unpack()))),
            ("threads", () => TwoThreads(plain, second)),
            ("processes", () => TwoProcesses(plain, second)),
        ];
        // Stages take turns within each repetition, so that a busy minute of the machine meets all of them.
        Dictionary<string, List<Sample>> samples = stages.ToDictionary(stage => stage.What, _ => new List<Sample>());
        Dictionary<string, ulong> checksums = stages.ToDictionary(stage => stage.What, stage => stage.Once().Checksum);      // and warm-up
        foreach ((string one, string other) in s_sameWork) Invariant.Require(checksums[one] == checksums[other], $"'{one}' and '{other}' give the same bytes");
        for (int i = 0; i < repetitions; i++)
            foreach ((string what, Func<Sample> once) in stages) samples[what].Add(once());
        return Summarize(samples);
    }

    private static List<BenchResult> Summarize(Dictionary<string, List<Sample>> samples)
    {
        double Rate(string what) => BenchResult.Median(samples[what].Select(sample => sample.Messages / sample.Seconds));
        Dictionary<string, Dictionary<string, double>> ratios = new()
        {
            ["plain"] = new() { ["read"] = Rate("plain") / Rate("read") },
            ["translate"] = new() { ["plain"] = Rate("translate") / Rate("plain") },
            ["mapped"] = new() { ["plain"] = Rate("mapped") / Rate("plain") },
            ["zstd"] = new() { ["unzip"] = Rate("zstd") / Rate("unzip") },
            ["books"] = new() { ["plain"] = Rate("books") / Rate("plain") },
            ["zstd books"] = new() { ["unzip"] = Rate("zstd books") / Rate("unzip") },
            ["packed"] = new() { ["plain"] = Rate("packed") / Rate("plain"), ["zstd"] = Rate("packed") / Rate("zstd") },
            ["threads"] = new() { ["plain"] = Rate("threads") / Rate("plain"), ["processes"] = Rate("threads") / Rate("processes") },
            ["processes"] = new() { ["plain"] = Rate("processes") / Rate("plain") },
        };
        return [.. samples.Select(entry => new BenchResult(Preset, entry.Key, Rate(entry.Key),
            entry.Value.Max(sample => sample.Messages / sample.Seconds),
            BenchResult.Median(entry.Value.Select(sample => (double)sample.Allocated / sample.Messages)),
            ratios.GetValueOrDefault(entry.Key, []), entry.Value[0].Checksum.ToString("x16", CultureInfo.InvariantCulture)))];
    }

    private static void Generate(long events, string path)
    {
        using MarketGenerator market = new(new GeneratorOptions { Preset = Preset, Events = events, Seed = 1 });
        using DbnWriter writer = DbnWriter.Create(path);
        byte[] buffer = new byte[BufferLength];
        for (int length; (length = market.Read(buffer)) > 0;) writer.Write(buffer.AsSpan(0, length));
        writer.Complete();
    }

    private static Sample Decode(string path)
    {
        using DbnSource source = DbnFile.Open(path);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
        return Timed(() =>
        {
            StreamChecksum checksum = new();
            for (int length; (length = source.Read(buffer)) > 0;) checksum.Add(buffer.AsSpan(0, length));
            return (source.RecordCount, checksum.Value);
        });
    }

    private static Sample ToBooks(string path)
    {
        using DbnSource source = DbnFile.Open(path);
        using MarketState market = new();
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
        return Timed(() =>
        {
            for (int length; (length = source.Read(buffer)) > 0;) market.ApplyBatch(buffer.AsSpan(0, length));
            return (source.RecordCount, BookBench.Checksum(market.Books));
        });
    }

    private static Sample Translate(string path, byte[] bytes)
    {
        DbnHeader header = HeaderOf(path, out int start);
        DbnDecoder decoder = new(path, header, new InstrumentRegistry(), DbnReadOptions.Default);
        return Timed(() => Translate(decoder, bytes.AsSpan(start)));
    }

    private static unsafe Sample DecodeMapped(string path)
    {
        DbnHeader header = HeaderOf(path, out int start);
        return Timed(() =>
        {
            using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
            using MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* bytes = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
            DbnDecoder decoder = new(path, header, new InstrumentRegistry(), DbnReadOptions.Default);
            int length = (int)(new FileInfo(path).Length - start);
            (long Messages, ulong Checksum) done = Translate(decoder, new ReadOnlySpan<byte>(bytes + start, length));
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            return done;
        });
    }

    private static (long Messages, ulong Checksum) Translate(DbnDecoder decoder, ReadOnlySpan<byte> records)
    {
        byte[] buffer = s_buffer;
        StreamChecksum checksum = new();
        for (int at = 0; at < records.Length;)
        {
            decoder.Decode(records[at..], at, buffer, out int consumed, out int written);
            checksum.Add(buffer.AsSpan(0, written));
            at += consumed;
        }
        long count = 0;
        foreach (long ofType in decoder.CountsByType) count += ofType;
        return (count, checksum.Value);
    }

    private static Sample ReadBytes(string path) => Drain(path, StoredFile.Open(path));

    private static Sample Unzip(string path) => Drain(path, new ZstdReader(StoredFile.Open(path), allowTruncated: false));

    private static Sample Drain(string path, IByteSource source)
    {
        long records = CountOf(path);
        using (source)
        {
            byte[] buffer = GC.AllocateUninitializedArray<byte>(256 << 10, pinned: true);
            return Timed(() =>
            {
                StreamChecksum checksum = new();
                for (int length; (length = source.Read(buffer)) > 0;) checksum.Add(buffer.AsSpan(0, length));
                return (records, checksum.Value);
            });
        }
    }

    private static Sample TwoThreads(string first, string second)
    {
        Sample other = default;
        Thread thread = new(() => other = DecodeMany(second));
        thread.Start();
        Sample own = DecodeMany(first);
        thread.Join();
        return Together(own, other);
    }

    /// <summary>As often as it takes for two who do this at once to overlap nearly all the time.</summary>
    private static Sample DecodeMany(string path)
    {
        Sample sum = default;
        for (int i = 0; i < ManyTimes; i++)
        {
            Sample one = Decode(path);
            sum = new Sample(sum.Messages + one.Messages, sum.Seconds + one.Seconds, sum.Allocated + one.Allocated, sum.Checksum + one.Checksum);
        }
        return sum;
    }

    private static Sample Together(Sample one, Sample two)
    {
        double rate = one.Messages / one.Seconds + two.Messages / two.Seconds;
        long messages = one.Messages + two.Messages;
        return new Sample(messages, messages / rate, one.Allocated + two.Allocated, one.Checksum + two.Checksum);
    }

    /// <summary>Each process measures itself, so that starting up does not count.</summary>
    private static Sample TwoProcesses(string first, string second)
    {
        using Process a = StartChild(first), b = StartChild(second);
        return Together(ReadChild(a), ReadChild(b));
    }

    private static Process StartChild(string path)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string program = Path.ChangeExtension(Environment.GetCommandLineArgs()[0], ".dll");
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(program);
        foreach (string argument in (string[])[ChildCommand, path]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static Sample ReadChild(Process child)
    {
        string[] words = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        return new Sample(long.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture), 0,
            ulong.Parse(words[2], CultureInfo.InvariantCulture));
    }

    public static int RunChild(string path)
    {
        DecodeMany(path);      // warm-up
        Sample sample = DecodeMany(path);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Messages} {sample.Seconds:R} {sample.Checksum}"));
        return 0;
    }

    private static Sample Timed(Func<(long Messages, ulong Checksum)> work)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long begin = Stopwatch.GetTimestamp();
        (long messages, ulong checksum) = work();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return new Sample(messages, seconds, GC.GetAllocatedBytesForCurrentThread() - allocated, checksum);
    }

    private static long CountOf(string path)
    {
        using DbnRecordReader reader = DbnRecordReader.Open(path);
        long count = 0;
        while (reader.TryRead(out _)) count++;
        return count;
    }

    private static DbnHeader HeaderOf(string path, out int length)
    {
        using FileStream file = File.OpenRead(path);
        byte[] prefix = new byte[DbnHeaderReader.PrefixLength];
        file.ReadExactly(prefix);
        length = DbnHeaderReader.TotalLength(path, prefix);
        byte[] header = new byte[length];
        file.Position = 0;
        file.ReadExactly(header);
        return DbnHeaderReader.Read(path, header);
    }
}
