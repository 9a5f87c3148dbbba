using Fathom.Data.Compression;

namespace Fathom.Tests.Data.Compression;

public class ZstdCompressorTests
{
    [Theory]
    [InlineData(-7)]
    [InlineData(1)]
    [InlineData(19)]
    public void What_is_compressed_comes_back(int level)
    {
        using ZstdCompressor zstd = new(level);
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            byte[] content = new byte[1 + random.Next(100_000)];
            for (int i = 0; i < content.Length; i++) content[i] = (byte)(random.Next(4) * (i % 3));
            byte[] room = new byte[content.Length + 100], back = new byte[content.Length];
            Assert.True(zstd.TryCompress(content, room, out int length));
            Assert.True(zstd.TryDecompress(room.AsSpan(0, length), back));
            Assert.Equal(content, back);
            Assert.False(zstd.TryDecompress(room.AsSpan(0, length), new byte[content.Length + 1]));
            Assert.False(zstd.TryDecompress(room.AsSpan(0, length), new byte[content.Length - 1]));
            Assert.False(zstd.TryDecompress(room.AsSpan(0, length - 1), back));
        }
    }

    [Fact]
    public void What_does_not_fit_says_so_and_the_next_block_is_none_the_worse()
    {
        using ZstdCompressor zstd = new(1);
        byte[] random = new byte[5_000], zeros = new byte[5_000], room = new byte[4_999], back = new byte[5_000];
        new Random(1).NextBytes(random);
        Assert.False(zstd.TryCompress(random, room, out int length));
        Assert.Equal(0, length);
        Assert.True(zstd.TryCompress(zeros, room, out length));
        Assert.True(length < 100 && zstd.TryDecompress(room.AsSpan(0, length), back));
        Assert.Equal(zeros, back);
    }

    [Fact]
    public void Bytes_that_are_no_frame_are_refused()
    {
        using ZstdCompressor zstd = new(1);
        for (int seed = 0; seed < 200; seed++)
        {
            byte[] stored = new byte[new Random(seed).Next(200)];
            new Random(seed).NextBytes(stored);
            Assert.False(zstd.TryDecompress(stored, new byte[100]));
        }
    }
}
