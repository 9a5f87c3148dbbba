using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Data.Dbn;

public class DbnWriterTests
{
    [Theory]
    [InlineData("generated.dbn")]
    [InlineData("generated.dbn.zst")]
    public void What_is_written_is_read_back_exactly(string name)
    {
        using TemporaryFile folder = new([]);
        string path = Path.Combine(Path.GetDirectoryName(folder.Path)!, name);
        using MarketGenerator market = new(new GeneratorOptions { Preset = "bench-100", Events = 20_000, Instruments = 5, Seed = 3 });

        byte[] written = Copy(market, path);

        Assert.Equal(written, MessageList.Read(path).ToArray());
        using DbnRecordReader reader = DbnRecordReader.Open(path);
        Assert.Equal(DbnSchema.Mixed, reader.Header.Schema);
        Assert.Equal(5, reader.Header.Mappings.Count);
    }

    [Fact]
    public void A_file_that_is_read_and_written_with_its_header_has_the_same_bytes()
    {
        DbnBuilder file = DbnBuilder.WithHeader(mappings: [("ESM4", [(19700101, 20240509, "7")]), ("ESU4", [(19700101, 20240509, "8")])]);
        for (uint i = 0; i < 300; i++)
            file.Add(DbnBuilder.Mbo(i, i + 1, order: i * 977, price: i % 7 == 0 ? long.MaxValue : i, size: i % 11 == 0 ? uint.MaxValue : i, action: "ACMRTFN"[(int)(i % 7)],
                side: "ABN"[(int)(i % 3)], flags: (byte)i, instrument: 7 + i % 2, channel: (byte)(i * 3), delta: (int)i - 100, sequence: i * 1_000_003));
        using TemporaryFile original = new(file.ToArray());
        string copy = original.Path + ".copy";

        using (DbnSource source = DbnFile.Open(original.Path)) Copy(source, copy, new DbnWriteOptions { Header = source.Header });

        Assert.Equal(file.ToArray(), File.ReadAllBytes(copy));
    }

    [Fact]
    public void The_first_message_that_would_lose_something_is_named_and_nothing_remains()
    {
        using TemporaryFile folder = new([]);
        string path = folder.Path + ".out";
        MessageList list = MessageList.Read(DbnBuilder.WithHeader().Add(DbnBuilder.Mbo(1, 2)).Add(DbnBuilder.Mbo(1, 2)));
        MarketByOrder fine = list.At<MarketByOrder>(2);
        fine.Quantity = new Quantity(15);

        InputException error = Assert.Throws<InputException>(() =>
        {
            using DbnWriter writer = DbnWriter.Create(path);
            writer.Write(list.ToArray());
            writer.Write(Messages.AsBytes(fine));
            writer.Complete();
        });

        Assert.Contains("message 4", error.Message);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_target_that_cannot_be_written_is_the_users_error()
    {
        using TemporaryFile folder = new([]);
        Assert.Throws<InputException>(() => DbnWriter.Create(Path.GetDirectoryName(folder.Path)!));
        Assert.Throws<InputException>(() => DbnWriter.Create(folder.Path + "/no/such/folder.dbn"));
    }

    private static byte[] Copy(IMessageSource source, string path, DbnWriteOptions? options = null)
    {
        using MemoryStream all = new();
        using DbnWriter writer = DbnWriter.Create(path, options);
        byte[] buffer = new byte[10_000];
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            all.Write(buffer, 0, length);
            writer.Write(buffer.AsSpan(0, length));
        }
        writer.Complete();
        return all.ToArray();
    }
}
