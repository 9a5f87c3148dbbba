using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Segments;

namespace Fathom.Tests.Domain.Segments;

public class SegmentReaderTests
{
    private readonly byte[][][] _blocks;
    private readonly byte[] _bytes;

    public SegmentReaderTests()
    {
        Random random = new(11);
        _blocks = [SomeMessages.Many(random, 3), SomeMessages.Many(random, 2), SomeMessages.Many(random, 4)];
        _bytes = SegmentBytes.Write(_blocks);
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        for (int at = 0; at < _bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. _bytes];
                damaged[at] ^= (byte)(1 << bit);
                Assert.Throws<InputException>(() => SegmentBytes.Read(damaged));
            }
        }
    }

    /// <summary>Wherever the writing ended, the whole blocks before it are there; nothing that is not whole is taken for a segment.</summary>
    [Fact]
    public void Every_truncation_is_found_and_its_whole_blocks_can_be_read()
    {
        int[] ends = new int[_blocks.Length];
        for (int i = 0, at = 64; i < ends.Length; i++) at = ends[i] = at + 64 + _blocks[i].Sum(message => message.Length);
        for (int length = 0; length < _bytes.Length; length++)
        {
            byte[] prefix = _bytes[..length];
            InputException wrong = Assert.Throws<InputException>(() => SegmentBytes.Read(prefix));
            Assert.Contains(length < 64 ? "within the first 64 bytes" : "a truncated segment", wrong.Found, StringComparison.Ordinal);
            if (length < 64) continue;
            List<byte[]> whole = SegmentBytes.Read(prefix, allowTruncated: true);
            Assert.Equal(ends.Count(end => end <= length), whole.Count);
            Assert.Equal(_blocks.Take(whole.Count).Select(block => block.SelectMany(message => message).ToArray()), whole);
        }
    }

    [Fact]
    public void More_than_a_segment_is_none()
    {
        Assert.Contains("behind the segment's end", Assert.Throws<InputException>(() => SegmentBytes.Read([.. _bytes, 0])).Found, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SegmentBytes.Read([.. _bytes, .. _bytes]));
    }

    /// <summary>Blocks that are sound by themselves, in another order, left out or twice, are no segment.</summary>
    [Fact]
    public void Blocks_that_do_not_follow_each_other_are_refused()
    {
        int first = 64 + _blocks[0].Sum(message => message.Length), second = 64 + _blocks[1].Sum(message => message.Length);
        byte[] header = _bytes[..64], one = _bytes[64..(64 + first)], two = _bytes[(64 + first)..(64 + first + second)], rest = _bytes[(64 + first + second)..];
        Assert.Equal(3, SegmentBytes.Read([.. header, .. one, .. two, .. rest]).Count);
        foreach (byte[] wrong in (byte[][])[[.. header, .. two, .. one, .. rest], [.. header, .. one, .. rest], [.. header, .. one, .. one, .. two, .. rest]])
            Assert.Contains("message", Assert.Throws<InputException>(() => SegmentBytes.Read(wrong)).Expected, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SegmentBytes.Read([.. header, .. one, .. two, .. SegmentBytes.Write([_blocks[0], _blocks[1]])[(64 + first + second)..^1], 0]));
    }

    [Fact]
    public void Another_version_is_named_with_both_numbers()
    {
        _bytes[8] = 1;
        Rehash(_bytes, 0);
        InputException wrong = Assert.Throws<InputException>(() => SegmentBytes.Read(_bytes));
        Assert.Equal(("a segment of version 1", "version 2, which this program reads"), (wrong.Found, wrong.Expected));
    }

    /// <summary>Whoever computes all hashes anew is believed in what he says, and yet nobody reads beyond a block.</summary>
    [Theory]
    [InlineData(1, 255)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    public void Lengths_that_lead_out_of_a_block_are_refused(int offset, byte words)
    {
        byte[] message = SomeMessages.One(new Random(3), 8);
        byte[] bytes = SegmentBytes.Write([[message]]);
        bytes[128 + offset] = words;
        WriteHash(bytes, 64 + 32, Xxh3.Hash128(bytes.AsSpan(128, 64)));
        Rehash(bytes, 64);
        Assert.Contains("not 1 whole messages", Assert.Throws<InputException>(() => SegmentBytes.Read(bytes)).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, int.MaxValue)]      // stored length
    [InlineData(8, 0)]
    [InlineData(12, int.MaxValue)]     // content length
    [InlineData(24, 0)]                // message count
    [InlineData(24, -1)]
    public void Impossible_numbers_in_a_block_header_are_refused_before_anything_is_allocated(int offset, int value)
    {
        BitConverter.GetBytes(value).CopyTo(_bytes, 64 + offset);
        Rehash(_bytes, 64);
        Assert.Contains("altered block header", Assert.Throws<InputException>(() => SegmentBytes.Read(_bytes)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_block_needs_its_compressor()
    {
        byte[] message = SomeMessages.One(new Random(3), 8);
        message.AsSpan(24).Clear();
        byte[] bytes = SegmentBytes.Write([[message]], new PartialCompressor());
        Assert.Contains("no compressor was given", Assert.Throws<InputException>(() => SegmentBytes.Read(bytes)).Fix, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Single(SegmentBytes.Read(bytes, new PartialCompressor())));
    }

    private static void Rehash(byte[] bytes, int header) => WriteHash(bytes, header + 48, Xxh3.Hash128(bytes.AsSpan(header, 48)));

    private static void WriteHash(byte[] bytes, int at, Hash128 hash)
    {
        BitConverter.GetBytes(hash.High).CopyTo(bytes, at);
        BitConverter.GetBytes(hash.Low).CopyTo(bytes, at + 8);
    }
}
