using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class CurrencyCodeTests
{
    [Theory]
    [InlineData("USD", 0x445355UL)]
    [InlineData("X", 0x58UL)]
    [InlineData("1INCH", 0x48434E4931UL)]
    [InlineData("ABCDEFGH", 0x4847464544434241UL)]
    public void A_code_is_packed_first_character_lowest_and_read_back(string text, ulong packed)
    {
        Assert.True(CurrencyCode.TryParse(text, out CurrencyCode currency));
        Assert.Equal(packed, currency.Packed);
        Assert.Equal(text, currency.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("usd")]
    [InlineData("US D")]
    [InlineData("USD\0")]
    [InlineData("ABCDEFGHI")]
    [InlineData("ÄÖÜ")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(CurrencyCode.TryParse(text, out CurrencyCode currency));
        Assert.True(currency.IsNone);
    }

    [Fact]
    public void Any_code_is_read_back()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            string text = new(random.GetItems("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".AsSpan(), random.Next(1, 9)));
            Assert.True(CurrencyCode.TryParse(text, out CurrencyCode currency) && currency.ToString() == text, $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void None_is_written_as_nothing() => Assert.Equal("", CurrencyCode.None.ToString());
}
