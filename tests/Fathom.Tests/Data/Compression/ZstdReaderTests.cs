using Fathom.Data.Compression;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Tests.Data.Dbn;

namespace Fathom.Tests.Data.Compression;

public class ZstdReaderTests
{
    private static readonly byte[] s_skippable = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9];

    [Fact]
    public void Several_frames_and_skippable_ones_between_are_one_stream()
    {
        byte[] a = Content(1, 700_000), b = Content(2, 10), c = Content(3, 300_000);
        byte[] stored = [.. Compress(a), .. s_skippable, .. Compress(b), .. s_skippable, .. s_skippable, .. Compress(c)];

        Assert.Equal((byte[])[.. a, .. b, .. c], ReadAll(stored));
    }

    [Fact]
    public void A_cut_frame_is_refused_or_gives_what_is_there()
    {
        byte[] content = Content(1, 500_000);
        byte[] stored = Compress(content)[..^100];

        Assert.Contains("inside a zstd frame", Assert.Throws<InputException>(() => ReadAll(stored)).Message);
        byte[] read = ReadAll(stored, allowTruncated: true);
        Assert.True(read.Length > 100_000 && content.AsSpan().StartsWith(read));
    }

    [Fact]
    public void A_damaged_frame_is_refused()
    {
        byte[] stored = Compress(Content(1, 500_000));
        for (int seed = 0; seed < 50; seed++)
        {
            byte[] damaged = [.. stored];
            damaged[new Random(seed).Next(10, damaged.Length)] ^= 0x55;
            Assert.Throws<InputException>(() => ReadAll(damaged));      // the frame's checksum finds whatever the format does not
        }
    }

    [Fact]
    public void A_missing_library_is_named_with_the_package_that_brings_it()
    {
        InputException error = Assert.Throws<InputException>(() => new ZstdLibrary("libzstd-that-is-not-there.so.1"));
        Assert.Contains("apt-get install libzstd1", error.Message);
    }

    private static byte[] ReadAll(byte[] stored, bool allowTruncated = false)
    {
        using TemporaryFile file = new(stored, "test.zst");
        using StoredFile plain = StoredFile.Open(file.Path);
        using ZstdReader reader = new(plain, allowTruncated);
        using MemoryStream all = new();
        byte[] buffer = new byte[33_333];
        for (int length; (length = reader.Read(buffer)) > 0;) all.Write(buffer, 0, length);
        return all.ToArray();
    }

    private static byte[] Compress(byte[] content)
    {
        using TemporaryFile folder = new([]);
        string path = folder.Path + ".zst";
        using (ZstdWriter writer = new(OutputFile.Create(path), 3))
        {
            writer.Write(content.AsSpan(0, content.Length / 2));
            writer.Write(content.AsSpan(content.Length / 2));
            writer.Complete();
        }
        return File.ReadAllBytes(path);
    }

    private static byte[] Content(int seed, int length)
    {
        Random random = new(seed);
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) content[i] = (byte)(random.Next(8) == 0 ? random.Next(256) : i / 100);
        return content;
    }
}
