using Fathom.Domain.Hashing;

namespace Fathom.Tests.Domain.Hashing;

public class Xxh3Tests
{
    /// <summary>Length and hash of the first bytes of the xxHash repository's test buffer: its own vectors for seed 0, on both sides of each change of method,
    /// and with blocks that end whole, at a stripe, and inside one.</summary>
    public static TheoryData<int, string> PublishedVectors => new()
    {
        { 0, "99aa06d3014798d86001c324468d497f" },
        { 1, "a6cd5e9392000f6ac44bdff4074eecdb" },
        { 2, "76750c3c7bf956687a9978044cb8a8bb" },
        { 3, "20efc49ff02422ea54247382a8d6b94d" },
        { 6, "082afe0b8162d12a3e7039bdda43cfc6" },
        { 7, "dd9b6039f79ec416081c22dd284a2f0a" },
        { 8, "47a7f080d82bb45664c69cab4bb21dc5" },
        { 12, "6e3efd8fc7802b18061a192713f69ad9" },
        { 15, "c402609e57ee5772958955df1889e6bc" },
        { 16, "c68c368ecf8a9c05562980258a998629" },
        { 17, "955fa78643ed3669abbc12d11973d7db" },
        { 24, "0ce966e4678d37611e7044d28b1b901d" },
        { 31, "301048a7ab476d21ec8365e74dc00653" },
        { 32, "98fc6458710dc2e8278410a17595e3f9" },
        { 33, "3103c192ceaa2dede593bc4e5914c9d1" },
        { 48, "a002ac4e5478227ef942219aed80f67b" },
        { 63, "7fc0ae04a6d2bb0b5e4cb79e9a8121d9" },
        { 64, "6d90e81a9b0fd622efdb6a44690721a9" },
        { 65, "6c074d65e54db85afe2f650fa500ec6e" },
        { 81, "4952f58181ab00425e8bafb9f95fb803" },
        { 127, "dcfae8002712db1c802a565a8a79a999" },
        { 128, "39992220e045260aebb15e34a7fb5ab1" },
        { 129, "03815fc91f1b30b686c9e3bc8f0a3b5c" },
        { 222, "337e09641b948717f1aebd597cec6b3a" },
        { 240, "aa4202daa2769dc85c9aae94c8ebe5a0" },
        { 241, "99a80ecf0ecfc647c5a639ecd2030e5e" },
        { 403, "1b6de21e332dd73dcdeb804d65c6dea4" },
        { 512, "18d2d110dcc9bca1617e49599013cb6b" },
        { 2048, "f736557fd47073a5dd59e2c3a5f038e0" },
        { 2240, "ccb134fbfa7ce49d6e73a90539cf2948" },
        { 2367, "e89c0f6ff369b427cb37aeb9e5d361ed" },
    };

    [Theory]
    [MemberData(nameof(PublishedVectors))]
    public void Published_vectors_hold_at_once_and_byte_by_byte(int length, string expected)
    {
        byte[] data = TestBuffer(length);
        Assert.Equal(expected, Xxh3.Hash128(data).ToString());

        var stream = new Xxh3();
        foreach (byte one in data) stream.Append([one]);
        Assert.Equal(expected, stream.Finish().ToString());
        Assert.Equal((ulong)length, stream.Length);
    }

    [Fact]
    public void Pieces_of_any_size_hash_as_the_whole_at_every_moment()
    {
        var stream = new Xxh3();
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            byte[] data = new byte[random.Next(6_000)];
            random.NextBytes(data);
            stream.Reset();
            for (int at = 0; at < data.Length;)
            {
                int piece = Math.Min(data.Length - at, APiece(random));
                stream.Append(data.AsSpan(at, piece));
                at += piece;
                Assert.True(Xxh3.Hash128(data.AsSpan(0, at)) == stream.Finish(), $"seed {seed}, {at} bytes, last piece {piece}");
            }
        }
    }

    [Fact]
    public void Messages_of_one_stripe_hash_as_the_whole_and_allocate_nothing()
    {
        byte[] data = TestBuffer(64 * 50);
        var stream = new Xxh3();
        AppendAll();
        Assert.Equal(Xxh3.Hash128(data), stream.Finish());
        Assert.Equal(0, Allocated.AtLeast(() =>
        {
            AppendAll();
            _ = stream.Finish();
        }));

        void AppendAll()
        {
            for (int i = 0; i < 50; i++) stream.Append(data.AsSpan(i * 64, 64));
        }
    }

    [Fact]
    public void One_changed_bit_changes_the_hash()
    {
        byte[] data = TestBuffer(1_500);
        Hash128 whole = Xxh3.Hash128(data);
        for (int bit = 0; bit < data.Length * 8; bit++)
        {
            data[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.NotEqual(whole, Xxh3.Hash128(data));
            data[bit >> 3] ^= (byte)(1 << (bit & 7));
        }
    }

    private static int APiece(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => 64,
        2 => random.Next(1, 17),
        3 => random.Next(1, 300),
        4 => 1024,
        _ => random.Next(1, 3_000),
    };

    private static byte[] TestBuffer(int length)
    {
        var buffer = new byte[length];
        ulong generator = 2_654_435_761;
        for (int i = 0; i < length; i++)
        {
            buffer[i] = (byte)(generator >> 56);
            generator *= 11_400_714_785_074_694_797;
        }
        return buffer;
    }
}
