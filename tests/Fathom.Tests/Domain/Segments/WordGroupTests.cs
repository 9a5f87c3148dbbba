using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Segments;

namespace Fathom.Tests.Domain.Segments;

public class WordGroupTests
{
    [Theory]
    [InlineData(5ul, 5ul, 0)]
    [InlineData(0ul, 1ul, 1)]
    [InlineData(127ul, 0ul, 1)]
    [InlineData(128ul, 0ul, 2)]
    [InlineData(0ul, 128ul, 1)]
    [InlineData(0ul, 129ul, 2)]
    [InlineData(1ul << 31, 0ul, 5)]
    [InlineData(1ul << 54, 0ul, 7)]
    [InlineData(1ul << 55, 0ul, 8)]
    [InlineData(0ul, ulong.MaxValue, 1)]                              // it wraps
    [InlineData((ulong)long.MaxValue, 1ul << 63, 1)]
    [InlineData(1ul << 63, 0ul, 8)]
    public void A_difference_takes_as_many_bytes_as_it_has(ulong word, ulong before, int length)
    {
        byte[] packed = new byte[WordGroup.PackedMax];
        Assert.Equal(4 + length, WordGroup.Pack(BitConverter.GetBytes(word), BitConverter.GetBytes(before), packed));
        Assert.Equal((uint)length, BitConverter.ToUInt32(packed));
        byte[] back = new byte[8];
        Assert.Equal(4 + length, WordGroup.Unpack(packed, BitConverter.GetBytes(before), back));
        Assert.Equal(word, BitConverter.ToUInt64(back));
    }

    /// <summary>Law: any words, against any others, come back; nobody touches a byte beyond the longest group.</summary>
    [Fact]
    public void What_is_packed_comes_back()
    {
        Random random = new(1);
        byte[] packed = new byte[WordGroup.PackedMax + 8], back = new byte[WordGroup.Length + 8];
        for (int step = 0; step < Fuzz.Seeds(20_000); step++)
        {
            int count = random.Next(1, 9);
            ulong[] words = new ulong[count], before = new ulong[count];
            for (int i = 0; i < count; i++) (words[i], before[i]) = (Any(random), Any(random));
            random.NextBytes(packed);
            packed.AsSpan(WordGroup.PackedMax).Fill(0xA5);
            back.AsSpan().Fill(0xA5);
            int length = WordGroup.Pack(MemoryMarshal.AsBytes<ulong>(words), MemoryMarshal.AsBytes<ulong>(before), packed.AsSpan(0, WordGroup.PackedMax));
            random.NextBytes(packed.AsSpan(length, WordGroup.PackedMax - length));      // what is behind it means nothing
            Assert.Equal(length, WordGroup.Unpack(packed.AsSpan(0, WordGroup.PackedMax), MemoryMarshal.AsBytes<ulong>(before), back.AsSpan(0, count * 8)));
            Assert.Equal(words, MemoryMarshal.Cast<byte, ulong>(back.AsSpan(0, count * 8)).ToArray());
            Assert.True(packed.AsSpan(WordGroup.PackedMax).IndexOfAnyExcept((byte)0xA5) < 0 && back.AsSpan(count * 8).IndexOfAnyExcept((byte)0xA5) < 0);
        }
    }

    /// <summary>Each of the eight lengths, whether it is used or not.</summary>
    [Fact]
    public void A_length_above_eight_is_refused()
    {
        byte[] packed = new byte[WordGroup.PackedMax];
        for (int place = 0; place < 8; place++)
        {
            for (uint length = 0; length < 16; length++)
            {
                BitConverter.GetBytes((length << (4 * place)) | (place == 0 ? 0u : 8u)).CopyTo(packed, 0);
                Assert.Equal(length > 8, WordGroup.Unpack(packed, new byte[64], new byte[64]) == 0);
                Assert.Equal(length > 8, WordGroup.Unpack(packed, new byte[8], new byte[8]) == 0);
            }
        }
    }

    [Fact]
    public void Spans_that_do_not_fit_are_a_fault_of_the_caller()
    {
        byte[] room = new byte[WordGroup.PackedMax];
        foreach ((int words, int before, int packed) in (ReadOnlySpan<(int, int, int)>)[(0, 0, 68), (72, 72, 68), (12, 12, 68), (16, 8, 68), (8, 8, 67)])
        {
            Assert.Throws<InvariantException>(() => WordGroup.Pack(new byte[words], new byte[before], room.AsSpan(0, packed)));
            Assert.Throws<InvariantException>(() => WordGroup.Unpack(room.AsSpan(0, packed), new byte[before], new byte[words]));
        }
    }

    private static ulong Any(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
}
