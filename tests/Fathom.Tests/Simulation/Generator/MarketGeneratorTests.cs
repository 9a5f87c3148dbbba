using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Simulation.Generator;

public class MarketGeneratorTests
{
    [Theory]
    [InlineData("demo", 1, 1ul)]
    [InlineData("demo", 3, 7ul)]
    [InlineData("bench-1", 1, 2ul)]
    [InlineData("bench-100", 6, 3ul)]
    [InlineData("wide", 40, 4ul)]
    public void The_feed_keeps_the_laws_of_a_venue(string preset, int instruments, ulong seed)
    {
        const long Events = 30_000;
        using MarketGenerator generator = Create(preset, instruments, seed, Events);
        FeedAuditor auditor = new($"preset {preset}, seed {seed}");
        ReadAll(generator, 1 << 16, auditor.Apply);
        auditor.Finish();

        Assert.Equal(generator.LiveOrders, auditor.Live);
        Assert.Equal(Events, generator.Summary.FlowMessages);
        Assert.Equal(generator.Summary.Messages, auditor.Count);
        Assert.Equal(instruments, auditor.States[TradingState.PreOpen]);
        Assert.Equal(instruments, auditor.States[TradingState.Auction]);
        Assert.Equal(instruments, auditor.States[TradingState.Continuous]);
        Assert.True(auditor.AuctionQuantity > 0, "nobody crossed before the opening");
    }

    [Fact]
    public void The_size_of_the_readers_buffer_changes_nothing()
    {
        string hash = HashOf(Create("demo", 2, 5, 20_000), 1 << 20);
        foreach (int size in new[] { Messages.LengthMax, Messages.LengthMax + 8, 4_096, 10_000 })
            Assert.Equal(hash, HashOf(Create("demo", 2, 5, 20_000), size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    public void Exactly_the_wanted_number_of_messages_is_made(long events)
    {
        using MarketGenerator generator = Create("demo", 1, 11, events);
        FeedAuditor auditor = new($"{events} events");
        ReadAll(generator, 1 << 16, auditor.Apply);
        auditor.Finish();
        Assert.Equal(events, generator.Summary.FlowMessages);
    }

    [Theory]
    [InlineData("demo", 1, 1_500)]
    [InlineData("bench-1", 1, 7_000)]
    [InlineData("bench-100", 4, 10_000)]
    public void Live_orders_stay_near_their_number(string preset, int instruments, int wanted)
    {
        using MarketGenerator generator = Create(preset, instruments, seed: 9, events: 200_000);
        ReadAll(generator, 1 << 16, _ => Assert.InRange(generator.LiveOrders, wanted * 0.85, wanted * 1.15));
    }

    [Fact]
    public void The_market_looks_like_one()
    {
        using MarketGenerator generator = Create("demo", 1, 3, 200_000);
        ReadAll(generator, 1 << 18, _ => { });
        GeneratorSummary summary = generator.Summary;
        Assert.Equal(1, summary.SpreadMedian);
        Assert.InRange(summary.SpreadMean, 1.005, 1.3);
        Assert.InRange(summary.AddShare, 0.35, 0.45);
        Assert.InRange(summary.CancelShare, 0.35, 0.45);
        Assert.InRange(summary.ModifyShare, 0.05, 0.18);
        Assert.InRange(summary.TradeShare, 0.025, 0.06);
        Assert.InRange(summary.FillShare, 0.05, 0.10);
        Assert.InRange(summary.TouchOrders, 6, 20);
        Assert.InRange(summary.MessagesPerSecond, 150, 500);
        Assert.InRange(summary.VolatilityAnnualized, 0.05, 0.5);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using MarketGenerator generator = Create("demo", 3, 1, 400_000);
        byte[] buffer = Buffer(1 << 16);
        for (int i = 0; i < 100; i++) generator.Read(buffer);
        int length = 0;
        long allocated = Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 50; i++) length = generator.Read(buffer);
        });
        Assert.True(length > 0, "the market goes on while it is measured");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Instruments_have_distinct_symbols_and_numbers()
    {
        using MarketGenerator generator = Create("wide", 3_000, 1, 1);
        HashSet<string> symbols = [];
        HashSet<ulong> numbers = [];
        ReadAll(generator, 1 << 16, bytes =>
        {
            for (int at = 0; at < bytes.Length; at += Messages.Header(bytes[at..]).Length)
            {
                if (Messages.Header(bytes[at..]).Type != MessageType.InstrumentDefined) continue;
                InstrumentDefinition definition = Messages.As<InstrumentDefinition>(bytes[at..]);
                Assert.True(symbols.Add(definition.Symbol.ToString()) && numbers.Add(definition.VenueInstrument));
                Assert.True(definition.Activation < definition.Expiration && definition.Tick.Nanos > 0);
            }
        });
        Assert.Equal(3_000, symbols.Count);
    }

    [Fact]
    public void Wrong_options_are_refused_with_the_fix()
    {
        Assert.Contains("bench-100", Refused(new GeneratorOptions { Preset = "bench" }), StringComparison.Ordinal);
        Assert.Contains("events", Refused(new GeneratorOptions { Events = 0 }), StringComparison.Ordinal);
        Assert.Contains("instruments", Refused(new GeneratorOptions { Instruments = 0 }), StringComparison.Ordinal);
        Assert.Contains("50000", Refused(new GeneratorOptions { Instruments = 50_001 }), StringComparison.Ordinal);
    }

    private delegate void Receive(ReadOnlySpan<byte> messages);

    private static MarketGenerator Create(string preset, int instruments, ulong seed, long events) =>
        new(new GeneratorOptions { Preset = preset, Instruments = instruments, Seed = seed, Events = events });

    private static string Refused(GeneratorOptions options) => Assert.Throws<InputException>(() => new MarketGenerator(options)).Message;

    private static string HashOf(MarketGenerator generator, int bufferSize)
    {
        Xxh3 hash = new();
        ReadAll(generator, bufferSize, hash.Append);
        return hash.Finish().ToString();
    }

    private static void ReadAll(MarketGenerator generator, int bufferSize, Receive receive)
    {
        byte[] buffer = Buffer(bufferSize);
        for (int length = generator.Read(buffer); length > 0; length = generator.Read(buffer)) receive(buffer.AsSpan(0, length));
    }

    private static byte[] Buffer(int size) => GC.AllocateArray<byte>(size, pinned: true);
}
