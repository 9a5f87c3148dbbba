using Fathom.Data.Dbn;
using Fathom.Domain.Hashing;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Generator;

namespace Fathom.Scenarios;

/// <summary>A synthetic market through the file format and the books.</summary>
public sealed class GeneratedFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fathom-generated-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("demo", 1, "market.dbn.zst")]
    [InlineData("bench-100", 7, "market.dbn")]
    [InlineData("wide", 200, "market.dbn")]
    public void A_file_gives_back_the_messages_that_were_written(string preset, int instruments, string name)
    {
        string path = Path.Combine(_directory, name);
        using MarketGenerator generator = Create(preset, instruments);
        using (DbnWriter writer = DbnWriter.Create(path))
        {
            ReadAll(generator, writer.Write);
            writer.Complete();
        }
        Xxh3 written = new(), read = new();
        using MarketGenerator again = Create(preset, instruments);
        ReadAll(again, written.Append);
        using DbnSource source = DbnFile.Open(path);
        ReadAll(source, read.Append);
        Assert.Equal(written.Length, read.Length);
        Assert.Equal(written.Finish(), read.Finish());
    }

    [Theory]
    [InlineData("demo", 1)]
    [InlineData("bench-1", 1)]
    [InlineData("bench-100", 12)]
    [InlineData("wide", 300)]
    public void The_books_find_nothing_wrong_and_hold_the_same_orders(string preset, int instruments)
    {
        using MarketGenerator generator = Create(preset, instruments);
        using MarketState market = new();
        ReadAll(generator, market.ApplyBatch);
        Assert.Equal(generator.LiveOrders, market.Books.OrderCount);
        for (int i = 0; i < instruments; i++)
        {
            Assert.Equal(0, market.Books.Anomalies(new InstrumentId(i)).Total);
            Assert.Equal(TradingState.Continuous, market.Instruments.StateOf(new InstrumentId(i)));
        }
    }

    private delegate void Receive(ReadOnlySpan<byte> messages);

    private static MarketGenerator Create(string preset, int instruments) =>
        new(new GeneratorOptions { Preset = preset, Instruments = instruments, Seed = 21, Events = 100_000 });

    private static void ReadAll(IMessageSource source, Receive receive)
    {
        byte[] buffer = GC.AllocateArray<byte>(1 << 16, pinned: true);
        for (int length = source.Read(buffer); length > 0; length = source.Read(buffer)) receive(buffer.AsSpan(0, length));
    }
}
