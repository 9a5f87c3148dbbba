using Fathom.Domain.Segments;
using Fathom.Simulation.Generator;
using Fathom.Twins.SlowPacking;

namespace Fathom.Tests.Domain.Segments;

public class MessagePackingTests
{
    private readonly MessagePacking _packing = new();

    [Fact]
    public void Three_small_messages_are_these_bytes()
    {
        byte[] first = new byte[24], second = new byte[24], third = new byte[32];
        (first[0], first[1], first[8]) = (7, 3, 100);
        (second[0], second[1], second[8], second[17]) = (7, 3, 99, 1);
        (third[0], third[1]) = (7, 4);
        Assert.Equal(
            "03" + "12000000" + "0e06" + "c8" +        // 0x0307 and 100, doubled
            "04" + "02000000" + "0e08" +               // no other of its length before
            "03" + "10020000" + "01" + "0002",         // the same; one less; 256 more, doubled
            Convert.ToHexStringLower(Packed([.. first, .. third, .. second])));
    }

    /// <summary>Law: messages of any lengths, alike or not, come back, in the bytes that the slow twin writes.</summary>
    [Fact]
    public void Whole_messages_come_back()
    {
        for (int seed = 0; seed < Fuzz.Seeds(400); seed++)
        {
            byte[] content = Content(new Random(seed), messages: new Random(seed).Next(1, 120));
            byte[] packed = Packed(content);
            Assert.Equal(SlowMessagePacking.Pack(content), packed);
            Assert.Equal(content, Unpacked(packed, content.Length));
            Assert.Equal(content, SlowMessagePacking.Unpack(packed, content.Length));
        }
    }

    /// <summary>A market's messages become less than two fifths of what they were.</summary>
    [Theory]
    [InlineData("bench-1", 1)]
    [InlineData("bench-100", 20)]
    public void A_market_becomes_short(string preset, int instruments)
    {
        using MarketGenerator market = new(new GeneratorOptions { Preset = preset, Instruments = instruments, Events = 20_000, Seed = 5 });
        byte[] block = new byte[64 << 10];
        long plain = 0, shorter = 0;
        for (int length; (length = market.Read(block)) > 0;)
        {
            byte[] packed = Packed(block[..length]);
            Assert.Equal(block[..length], Unpacked(packed, length));
            plain += length;
            shorter += packed.Length;
        }
        Assert.InRange(shorter, 1, plain * 2 / 5);
    }

    /// <summary>Whatever the bytes are: they are no whole messages and refused, or they come back.</summary>
    [Fact]
    public void Other_bytes_come_back_or_are_not_packed()
    {
        int packed = 0;
        for (int seed = 0; seed < Fuzz.Seeds(5_000); seed++)
        {
            Random random = new(seed);
            byte[] content = new byte[random.Next(200)], room = new byte[600];
            random.NextBytes(content);
            if (content.Length > 1 && random.Next(2) == 0) content[1] = (byte)(content.Length / 8);
            if (!_packing.TryCompress(content, room, out int length)) continue;
            packed++;
            Assert.Equal(content, Unpacked(room[..length], content.Length));
        }
        Assert.InRange(packed, 100, 4_000);
    }

    [Fact]
    public void What_are_no_whole_messages_is_not_packed()
    {
        byte[] content = Content(new Random(3), messages: 4), room = new byte[10_000];
        Assert.True(_packing.TryCompress(content, room, out _));
        for (int length = 1; length < content.Length; length++)
        {
            bool isWhole = WholeLengths(content).Contains(length);
            Assert.Equal(isWhole, _packing.TryCompress(content.AsSpan(0, length), room, out int packed));
            Assert.Equal(isWhole, packed > 0);
        }
        foreach (byte words in new byte[] { 0, 1, 2, 255 })
        {
            content[1] = words;
            Assert.False(_packing.TryCompress(content, room, out _));
        }
    }

    /// <summary>With any room it is packed within it or not at all, and packed where the room has a group to spare.</summary>
    [Fact]
    public void The_room_is_kept()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] content = Content(new Random(seed), messages: 8), slow = SlowMessagePacking.Pack(content), target = new byte[slow.Length + 300];
            for (int room = 0; room < slow.Length + 100; room++)
            {
                target.AsSpan().Fill(0xA5);
                bool fits = _packing.TryCompress(content, target.AsSpan(100, room), out int length);
                Assert.True(target.AsSpan(0, 100).IndexOfAnyExcept((byte)0xA5) < 0 && target.AsSpan(100 + room).IndexOfAnyExcept((byte)0xA5) < 0);
                Assert.Equal(fits ? slow : [], target[100..(100 + length)]);
                Assert.True(fits ? room >= slow.Length : room < slow.Length + WordGroup.PackedMax, $"seed {seed}, room {room}");
            }
        }
    }

    [Fact]
    public void Every_truncation_and_every_other_length_is_refused()
    {
        byte[] content = Content(new Random(9), messages: 30), packed = Packed(content);
        for (int length = 0; length < packed.Length; length++) Assert.Null(Unpacked(packed[..length], content.Length));
        Assert.Null(Unpacked([.. packed, 0], content.Length));
        for (int length = 0; length < content.Length + 100; length++) Assert.Equal(length == content.Length, Unpacked(packed, length) is not null);
        Assert.Empty(Unpacked([], 0)!);
    }

    /// <summary>Altered bytes give what the slow twin makes of them, refused or not; nothing around what was handed over is read or written.</summary>
    [Fact]
    public void Altered_bytes_are_refused_or_fill_the_room_exactly()
    {
        int refused = 0, tries = Fuzz.Seeds(100_000);
        Random random = new(4);
        byte[] content = [], packed = [];
        for (int step = 0; step < tries; step++)
        {
            if (step % 1_000 == 0) packed = Packed(content = Content(random, messages: random.Next(1, 12)));
            byte[] altered = Altered(random, packed);
            byte[]? found = Unpacked(altered, content.Length);
            if (found is null) refused++;
            byte[]? expected = SlowMessagePacking.Unpack(altered, content.Length);
            if (expected is null != found is null || (found is not null && !found.AsSpan().SequenceEqual(expected))) Assert.Fail($"step {step}: {Convert.ToHexStringLower(altered)}");
        }
        Assert.InRange(refused, tries / 4, tries - tries / 20);
    }

    // ---- what they share

    /// <summary>Messages of several lengths, most of them much like the last of theirs.</summary>
    private static byte[] Content(Random random, int messages)
    {
        List<byte> content = [];
        Dictionary<int, byte[]> last = [];
        for (int i = 0; i < messages; i++)
        {
            int words = random.Next(4) switch { 0 => random.Next(3, 40), 1 => 22, _ => 8 };
            byte[] message = last.TryGetValue(words, out byte[]? before) && random.Next(8) > 0 ? [.. before] : SomeMessages.One(random, words);
            for (int change = random.Next(4); change > 0; change--) message[random.Next(2, message.Length)] = (byte)random.Next(256);
            content.AddRange(last[words] = message);
        }
        return [.. content];
    }

    private static List<int> WholeLengths(byte[] content)
    {
        List<int> lengths = [];
        for (int at = 0; at < content.Length; lengths.Add(at)) at += content[at + 1] * 8;
        return lengths;
    }

    private static byte[] Altered(Random random, byte[] bytes)
    {
        List<byte> altered = [.. bytes];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(altered.Count);
            switch (random.Next(5))
            {
                case 0: altered[at] = (byte)random.Next(256); break;
                case 1: altered.Insert(at, (byte)random.Next(256)); break;
                case 2 when altered.Count > 1: altered.RemoveAt(at); break;
                default: altered[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. altered];
    }

    private byte[] Packed(byte[] content)
    {
        byte[] room = new byte[content.Length * 2 + 200];
        Assert.True(_packing.TryCompress(content, room, out int length));
        return room[..length];
    }

    /// <summary>Unpacks amid zeros and amid ones: the same comes out, and they are still there.</summary>
    private byte[]? Unpacked(byte[] stored, int length)
    {
        byte[]? amidZeros = Unpacked(stored, length, 0), amidOnes = Unpacked(stored, length, 0xFF);
        Assert.True(amidZeros is null == amidOnes is null && amidZeros.AsSpan().SequenceEqual(amidOnes));
        return amidZeros;
    }

    private byte[]? Unpacked(byte[] stored, int length, byte around)
    {
        const int Margin = 80;
        byte[] source = new byte[stored.Length + 2 * Margin], target = new byte[length + 2 * Margin];
        source.AsSpan().Fill(around);
        target.AsSpan().Fill(around);
        stored.CopyTo(source, Margin);
        bool isPacked = _packing.TryDecompress(source.AsSpan(Margin, stored.Length), target.AsSpan(Margin, length));
        Assert.True(target.AsSpan(0, Margin).IndexOfAnyExcept(around) < 0 && target.AsSpan(Margin + length).IndexOfAnyExcept(around) < 0);
        return isPacked ? target[Margin..(Margin + length)] : null;
    }
}
