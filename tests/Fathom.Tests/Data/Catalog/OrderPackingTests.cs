using System.Runtime.InteropServices;
using Fathom.Data.Catalog;
using Fathom.Domain.Messages;
using Fathom.Domain.Segments;
using Fathom.Domain.Values;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Data.Catalog;

public sealed class OrderPackingTests : IDisposable
{
    private const int BlockLength = 64 << 10;

    private readonly OrderPacking _packer = new(), _unpacker = new();

    public void Dispose()
    {
        _packer.Dispose();
        _unpacker.Dispose();
    }

    /// <summary>An add states all; the cancel of the whole order behind it, in the same packet, is its code, its slot and nothing else.</summary>
    [Fact]
    public void What_a_slot_foretells_takes_no_bytes()
    {
        MarketByOrder first = Order(BookAction.Add, id: 70, price: 100, quantity: 5, slot: 1), add = Order(BookAction.Add, id: 71, price: 101, quantity: 5, slot: 2);
        MarketByOrder cancel = Order(BookAction.Cancel, id: 71, price: 101, quantity: 5, slot: 2);
        byte[] content = Bytes(first, add, cancel), without = Bytes(first, add);
        Packed(without);      // where the instrument's messages come from is known afterwards
        Assert.Equal(3 + 2, Packed(content).Length - Packed(without).Length);      // three control bytes; code and slot
    }

    /// <summary>Law: blocks of a market come back, hints included, in less than a fourth of their bytes, whatever they lean on.</summary>
    [Theory]
    [InlineData("bench-1", 1, 4.0)]
    [InlineData("bench-100", 20, 3.0)]
    public void A_market_becomes_short_and_comes_back(string preset, int instruments, double times)
    {
        using MarketGenerator market = new(new GeneratorOptions { Preset = preset, Instruments = instruments, Events = 60_000, Seed = 5 });
        SlotResolver resolver = new();
        byte[] block = new byte[BlockLength];
        long plain = 0, shorter = 0;
        for (int length; (length = market.Read(block)) > 0;)
        {
            resolver.Resolve(block.AsSpan(0, length));
            byte[] packed = Packed(block[..length]);
            Assert.Equal(block[..length], Unpacked(packed, length));
            plain += length;
            shorter += packed.Length;
        }
        Assert.True(plain > times * shorter, $"{plain} bytes became {shorter}");
    }

    /// <summary>Law: messages of any kind and with any content come back, block after block.</summary>
    [Fact]
    public void Whole_messages_come_back_however_unlike_they_are()
    {
        int packed = 0, left = 0;
        for (int seed = 0; seed < Fuzz.Seeds(300); seed++)
        {
            Random random = new(seed);
            _packer.Begin();
            _unpacker.Begin();
            for (int block = 0; block < 4; block++)
            {
                byte[] content = Content(random, random.Next(1, 300)), room = new byte[2 * content.Length + 4_000];
                Assert.True(_packer.TryCompress(content, room, out int length));
                Assert.Equal(content, Unpacked(room[..length], content.Length));
                if (length < content.Length) packed++;
                else left++;
            }
        }
        Assert.True(packed > 300 && left > 10, $"{packed} became shorter, {left} did not");
    }

    /// <summary>Through a segment: some of the blocks are stored as they are, and nothing leans over them.</summary>
    [Fact]
    public void Blocks_lean_on_nothing_behind_a_block_that_is_stored_as_it_is()
    {
        Random random = new(3);
        SegmentWriter writer = new(_packer);
        SegmentReader reader = new("test", _unpacker);
        reader.Begin(writer.Begin(SegmentKind.Inputs, journalId: 1, number: 1, firstMessage: 1));
        int asTheyAre = 0;
        for (int block = 0; block < 40; block++)
        {
            byte[] content = block % 3 == 1 ? Strange(random, 10) : Content(random, 200);
            Assert.True(Messages.TryCount(content, out int count));
            byte[] head = writer.Add(content, count, out ReadOnlySpan<byte> stored).ToArray();
            if (stored.Length == content.Length) asTheyAre++;
            Assert.Equal(stored.Length, reader.TakeHead(head));
            reader.TakeBody(stored);
            Assert.Equal(content, reader.Block.ToArray());
        }
        Assert.InRange(asTheyAre, 10, 20);
    }

    [Fact]
    public void What_are_no_whole_messages_is_not_packed()
    {
        byte[] content = Content(new Random(3), 4), room = new byte[10_000];
        for (int length = 1; length < 24; length++) Assert.False(_packer.TryCompress(content.AsSpan(0, length), room, out _));
        content[1] = 2;
        Assert.False(_packer.TryCompress(content, room, out _));
    }

    /// <summary>Altered, cut and lengthened bytes are refused or fill the room exactly: nothing around it is written.</summary>
    [Fact]
    public void Altered_bytes_are_refused_or_come_out_as_another_content()
    {
        Random random = new(4);
        int refused = 0, tries = Fuzz.Seeds(20_000);
        byte[] content = Content(random, 40), packed = Packed(content), room = new byte[content.Length + 200];
        for (int step = 0; step < tries; step++)
        {
            byte[] altered = [.. packed];
            if (step % 3 == 0) altered = altered[..random.Next(altered.Length)];
            else
                for (int i = random.Next(1, 4); i > 0; i--) altered[random.Next(step % 3 == 1 ? 48 : altered.Length)] ^= (byte)(1 << random.Next(8));
            room.AsSpan().Fill(0xA5);
            _unpacker.Begin();
            if (!_unpacker.TryDecompress(altered, room.AsSpan(100, content.Length))) refused++;
            Assert.True(room.AsSpan(0, 100).IndexOfAnyExcept((byte)0xA5) < 0 && room.AsSpan(100 + content.Length).IndexOfAnyExcept((byte)0xA5) < 0);
        }
        Assert.InRange(refused, tries / 3, tries - tries / 20);
    }

    private byte[] Packed(byte[] content)
    {
        byte[] room = new byte[2 * content.Length + 1_000];
        Assert.True(_packer.TryCompress(content, room, out int length));
        return room[..length];
    }

    private byte[] Unpacked(byte[] packed, int length)
    {
        byte[] content = new byte[length];
        Assert.True(_unpacker.TryDecompress(packed, content));
        return content;
    }

    private static MarketByOrder Order(BookAction action, ulong id, decimal price, int quantity, uint slot) => new()
    {
        Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, new InstrumentId(0), new Timestamp(1_000), new Timestamp(2_000)),
        OrderId = id,
        Price = new Price((long)(price * Price.Scale)),
        Quantity = new Quantity((long)quantity * Quantity.Scale),
        Flags = BookFlags.Last,
        Action = action,
        Side = Side.Buy,
        SlotHint = slot,
    };

    private static byte[] Bytes(params MarketByOrder[] messages) => MemoryMarshal.AsBytes(messages.AsSpan()).ToArray();

    /// <summary>Orders that come and go, times that jump, prices that are none, and now and then another kind of message or one of a kind that does not exist.</summary>
    private static byte[] Content(Random random, int count)
    {
        List<byte> content = [];
        long time = random.NextInt64(2_000_000_000_000_000_000);
        for (int i = 0; i < count; i++)
        {
            if (random.Next(20) == 0)
            {
                content.AddRange(Strange(random, 1));
                continue;
            }
            time += random.Next(10) == 0 ? random.NextInt64(10_000_000_000) : random.Next(-5, 100_000);
            MarketByOrder message = Order((BookAction)random.Next(8), (ulong)random.Next(1_000), random.Next(-50, 500) * 0.25m, random.Next(1, 50), (uint)random.Next(40));
            message.Header = MessageHeader.Create<MarketByOrder>(
                MessageType.MarketByOrder, (ushort)random.Next(1, 3), new InstrumentId(random.Next(3)), new Timestamp(time - random.Next(100_000)), new Timestamp(time));
            message.Side = (Side)random.Next(3);
            message.Flags = (BookFlags)(random.Next(4) == 0 ? random.Next(256) : random.Next(2) * 128);
            message.Channel = (byte)random.Next(2);
            message.Sequence = (uint)random.Next();
            message.SendDelta = random.Next(-9_000, 9_000);
            if (random.Next(15) == 0) message.Price = Price.None;
            if (random.Next(25) == 0) message.OrderId = (ulong)random.NextInt64();
            content.AddRange(Bytes(message));
        }
        return [.. content];
    }

    private static byte[] Strange(Random random, int count)
    {
        List<byte> content = [];
        for (int i = 0; i < count; i++)
        {
            byte[] message = new byte[8 * random.Next(3, 40)];
            random.NextBytes(message);
            (message[0], message[1]) = ((byte)random.Next(256), (byte)(message.Length / 8));
            content.AddRange(message);
        }
        return [.. content];
    }
}
