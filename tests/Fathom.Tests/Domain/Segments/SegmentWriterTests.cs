using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Segments;

namespace Fathom.Tests.Domain.Segments;

public class SegmentWriterTests
{
    [Fact]
    public void A_small_segment_is_these_bytes()
    {
        byte[] message = new byte[24];
        (message[0], message[1], message[23]) = (1, 3, 7);
        byte[] bytes = SegmentBytes.Write([[message]]);

        Assert.Equal(64 + 64 + 24 + 64 + 32 + 16, bytes.Length);
        Assert.Equal("4654484d5345474d" + "02000000" + "01000000" + "8877665544332211" + "0100000000000000" + "03000000" + "00000000" + "0000000000000000", Convert.ToHexStringLower(bytes[..48]));
        Assert.Equal(Xxh3.Hash128(bytes.AsSpan(0, 48)), MemoryMarshal.Read<Hash128>(bytes.AsSpan(48)));
        Assert.Equal("4654484d424c434b" + "18000000" + "18000000" + "0100000000000000" + "01000000" + "00000000", Convert.ToHexStringLower(bytes[64..96]));
        Assert.Equal(Xxh3.Hash128(message), MemoryMarshal.Read<Hash128>(bytes.AsSpan(96)));
        Assert.Equal(message, bytes[128..152]);
        Assert.Equal("4654484d464f4f54" + "01000000" + "00000000" + "0100000000000000" + "1800000000000000", Convert.ToHexStringLower(bytes[152..184]));
        Assert.Equal("4000000000000000" + "0100000000000000" + "01000000" + "18000000" + "18000000" + "00000000" + "7000000000000000" + "4654484d444f4e45", Convert.ToHexStringLower(bytes[216..]));
    }

    /// <summary>Law: what went in comes out, however it was cut into blocks and whichever of them were compressed; the hash of the content depends on neither.</summary>
    [Fact]
    public void What_goes_in_comes_out()
    {
        for (int seed = 0; seed < Fuzz.Seeds(200); seed++)
        {
            Random random = new(seed);
            byte[][] messages = SomeMessages.Many(random, random.Next(60));
            foreach (byte[] message in messages) if (random.Next(2) == 0) message.AsSpan(24).Clear();      // compressible, when last in its block
            List<byte[][]> blocks = Cut(random, messages);
            PartialCompressor compressor = new();
            SegmentWriter plain = new(null), compressed = new(compressor);
            byte[] bytes = SegmentBytes.Write(blocks, first: 1 + random.Next(1_000), writer: plain), shorter = SegmentBytes.Write(blocks, writer: compressed);

            byte[][] contents = [.. blocks.Select(block => block.SelectMany(message => message).ToArray())];
            Assert.Equal(contents, SegmentBytes.Read(bytes));
            Assert.Equal(contents, SegmentBytes.Read(shorter, compressor));
            Assert.True(shorter.Length < bytes.Length == compressor.Compressed > 0, $"seed {seed}");
            Assert.Equal(Xxh3.Hash128(contents.SelectMany(content => content).ToArray()), plain.Content);
            Assert.Equal(plain.Content, compressed.Content);
            Assert.Equal((messages.Length, contents.Sum(content => (long)content.Length)), (plain.MessageCount, plain.ContentLength));
        }
    }

    /// <summary>By the index alone, found from the end, any block is found.</summary>
    [Fact]
    public void The_index_leads_to_each_block()
    {
        Random random = new(5);
        List<byte[][]> blocks = Cut(random, SomeMessages.Many(random, 80));
        byte[] bytes = SegmentBytes.Write(blocks, first: 500);
        SegmentEnd end = MemoryMarshal.Read<SegmentEnd>(bytes.AsSpan(bytes.Length - 16));
        SegmentFooter footer = MemoryMarshal.Read<SegmentFooter>(bytes.AsSpan(bytes.Length - (int)end.FooterLength));
        ReadOnlySpan<BlockEntry> entries = MemoryMarshal.Cast<byte, BlockEntry>(bytes.AsSpan(bytes.Length - (int)end.FooterLength + 64, footer.BlockCount * 32));
        Assert.Equal(blocks.Count, entries.Length);
        long next = 500;
        for (int i = 0; i < entries.Length; i++)
        {
            Assert.Equal(next, entries[i].FirstMessage);
            Assert.Equal(blocks[i].SelectMany(message => message), bytes.AsSpan((int)entries[i].Offset + 64, entries[i].ContentLength).ToArray());
            next += entries[i].MessageCount;
        }
        Assert.Equal(580, next);
    }

    [Fact]
    public void An_empty_block_and_a_second_end_are_faults_of_the_caller()
    {
        SegmentWriter writer = new(null);
        Assert.Throws<InvariantException>(() => writer.Finish().Length);
        _ = writer.Begin(SegmentKind.Outputs, 1, 1, 1);
        Assert.Throws<InvariantException>(() => writer.Add([], 0, out _).Length);
        _ = writer.Finish();
        Assert.Throws<InvariantException>(() => writer.Finish().Length);
    }

    private static List<byte[][]> Cut(Random random, byte[][] messages)
    {
        List<byte[][]> blocks = [];
        for (int at = 0; at < messages.Length;)
        {
            int count = Math.Min(1 + random.Next(12), messages.Length - at);
            blocks.Add(messages[at..(at + count)]);
            at += count;
        }
        return blocks;
    }
}
