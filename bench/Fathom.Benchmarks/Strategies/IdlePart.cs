using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Market.Universe;

namespace Fathom.Benchmarks.Strategies;

/// <summary>What does a strategy cost that overrides nothing? An engine with one of them against an engine with nine, on one market, without a venue; the difference is eight.</summary>
internal static class IdlePart
{
    private const int Few = 1, Many = 9;

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        List<double> few = [], many = [];
        string checksum = Pass(file, Few);
        for (int i = 0; i < repetitions; i++)
        {
            few.Add(StrategyBench.Time(() => Pass(file, Few)).Wall);
            many.Add(StrategyBench.Time(() => Pass(file, Many)).Wall);
        }
        double one = BenchResult.Median(few), nine = BenchResult.Median(many), added = (nine - one) / (Many - Few) / count;
        return
        [
            new BenchResult("bench-1", "1 idle strategy", count / one, count / few.Min(), 0, new Dictionary<string, double>(), checksum),
            new BenchResult("bench-1", "9 idle strategies", count / nine, count / many.Min(), 0, new Dictionary<string, double> { ["nanoseconds_per_strategy"] = added * 1e9 }, checksum),
        ];
    }

    /// <returns>How many inputs the engine took: the same with any number of strategies.</returns>
    private static string Pass(string file, int strategies)
    {
        using DbnSource source = DbnFile.Open(file, new DbnReadOptions(), new InstrumentRegistry([]));
        CurrencyCode currency = CurrencyCode.TryParse("USD", out CurrencyCode usd) ? usd : default;
        EngineOptions options = new() { Currency = currency, Cash = 100_000, Strategies = [.. Enumerable.Range(0, strategies).Select(i => new NamedStrategy($"idle-{i}", new Idle()))] };
        using TradingEngine engine = new(options, new NoVenue());
        byte[] buffer = GC.AllocateArray<byte>(128 * 1024, pinned: true);
        for (int length = source.Read(buffer); length > 0; length = source.Read(buffer))
        {
            ReadOnlySpan<byte> messages = buffer.AsSpan(0, length);
            while (!messages.IsEmpty)
            {
                int whole = Messages.Header(messages).Length;
                engine.Step(messages[..whole]);
                messages = messages[whole..];
            }
        }
        return $"{engine.InputCount}";
    }

    private sealed class Idle : Strategy;

    private sealed class NoVenue : IVenue
    {
        public void Send(in OrderCommand command) => Invariant.Require(false, "an idle strategy asks for nothing");
    }
}
