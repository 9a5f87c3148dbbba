using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class ClientOrderIdTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void Text_is_26_characters_of_the_number_and_is_read_back()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            ClientOrderId id = new((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64), (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) | 1);
            string text = id.ToString();
            BigInteger twin = 0;
            foreach (char c in text) twin = twin * 32 + Alphabet.IndexOf(c, StringComparison.Ordinal);
            Assert.Equal(26, text.Length);
            Assert.True(twin == ((BigInteger)id.High << 64) + id.Low, $"seed {seed}: {text}");
            Assert.True(ClientOrderId.TryParse(text, out ClientOrderId back) && back == id, $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void Text_sorts_as_the_number_does()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            ClientOrderId left = new((ulong)random.NextInt64(), (ulong)random.NextInt64() | 1), right = new(random.Next(2) == 0 ? left.High : (ulong)random.NextInt64(), (ulong)random.NextInt64() | 1);
            int byNumber = new UInt128(left.High, left.Low).CompareTo(new UInt128(right.High, right.Low));
            Assert.True(Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())) == byNumber, $"seed {seed}");
        }
    }

    [Fact]
    public void Parts_come_back()
    {
        ClientOrderId id = ClientOrderId.Create(ulong.MaxValue, 65_535, (1UL << 48) - 1);
        Assert.Equal((65_535, (1UL << 48) - 1), (id.Strategy, id.Sequence));
        Assert.Equal("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", id.ToString());
        id = ClientOrderId.Create(5, 3, 1);
        Assert.Equal((5UL, (ushort)3, 1UL), (id.High, id.Strategy, id.Sequence));
    }

    [Fact]
    public void A_running_number_that_would_reach_into_the_strategys_bits_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClientOrderId.Create(1, 1, 1UL << 48));

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000")]
    [InlineData("000000000000000000000000001")]
    [InlineData("80000000000000000000000000")]      // bit 128
    [InlineData("0000000000000000000000000I")]
    [InlineData("0000000000000000000000000U")]
    [InlineData("0000000000000000000000000a")]
    [InlineData("0000000000000000000000000 ")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(ClientOrderId.TryParse(text, out ClientOrderId id));
        Assert.True(id.IsNone);
    }

    [Fact]
    public void None_is_written_as_nothing() => Assert.Equal("", ClientOrderId.None.ToString());
}
