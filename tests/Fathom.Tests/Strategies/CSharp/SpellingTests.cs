using Fathom.Strategies.CSharp;

namespace Fathom.Tests.Strategies.CSharp;

public class SpellingTests
{
    [Theory]
    [InlineData("Size", "size")]
    [InlineData("HalfSpread", "half_spread")]
    [InlineData("EMAFast", "ema_fast")]
    [InlineData("FastEMA", "fast_ema")]
    [InlineData("HoldMs2", "hold_ms2")]
    [InlineData("Level2Size", "level2_size")]
    [InlineData("Already_Parted", "already_parted")]
    [InlineData("x", "x")]
    public void A_name_is_written_in_small_letters_with_its_words_parted(string name, string snake)
    {
        Assert.Equal(snake, Spelling.Snake(name));
        Assert.Equal(snake.Replace('_', '-'), Spelling.Kebab(name));
    }
}
