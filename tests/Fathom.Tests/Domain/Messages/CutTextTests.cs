using System.Text;
using Fathom.Domain.Messages;

namespace Fathom.Tests.Domain.Messages;

public class CutTextTests
{
    /// <summary>Of one to four bytes of UTF-8, and what is no character: halves of surrogate pairs.</summary>
    public static readonly string[] Pieces = ["a", "Z", " ", "é", "ß", "…", "語", "€", "😀", "𝄞", "\ud83d", "\ude00", "\n", "\""];

    [Theory]
    [InlineData("", 5, "")]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcdef", 5, "ab…")]
    [InlineData("abcdef", 3, "…")]
    [InlineData("abcdef", 2, "ab")]
    [InlineData("abcdef", 0, "")]
    [InlineData("aé", 2, "a")]
    [InlineData("a😀b", 6, "a😀b")]
    [InlineData("a😀bc", 6, "a…")]
    [InlineData("a\0b", 5, "a b")]
    public void What_is_too_long_is_cut_between_characters(string text, int room, string expected) => Assert.Equal(expected, Cut(text, room));

    [Fact]
    public void A_cut_text_is_as_much_of_the_text_as_fits_before_the_ellipsis()
    {
        for (int seed = 0; seed < 3_000; seed++)
        {
            Random random = new(seed);
            string text = Random(random, random.Next(40));
            int room = random.Next(60);
            string clean = new UTF8Encoding(false).GetString(Encoding.UTF8.GetBytes(text));      // what is no character is U+FFFD
            Assert.True(Cut(text, room) == Slow(clean, room), $"seed {seed}: '{text}' in {room}: '{Cut(text, room)}', expected '{Slow(clean, room)}'");
        }
    }

    public static string Random(Random random, int pieces) => string.Concat(Enumerable.Range(0, pieces).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Cut(string text, int room)
    {
        Span<byte> bytes = new byte[room];
        int written = CutText.Write(text, bytes);
        Assert.All(bytes[written..].ToArray(), left => Assert.Equal(0, left));      // nothing stays behind it in a message
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes[..written]);
    }

    /// <summary>Character by character.</summary>
    private static string Slow(string text, int room)
    {
        if (Encoding.UTF8.GetByteCount(text) <= room) return text;
        string end = room >= 3 ? "…" : "";
        string kept = "";
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(kept + rune + end) > room) break;
            kept += rune;
        }
        return kept + end;
    }
}
