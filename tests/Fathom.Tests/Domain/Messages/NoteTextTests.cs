using System.Text;
using Fathom.Domain.Messages;

namespace Fathom.Tests.Domain.Messages;

public class NoteTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("entered")]
    [InlineData("Größe µ 語 😀")]
    public void It_gives_back_the_text(string text) => Assert.Equal(text, NoteText.Cut(text).ToString());

    [Fact]
    public void It_has_room_for_256_bytes()
    {
        Assert.Equal(new string('a', 256), NoteText.Cut(new string('a', 256)).ToString());
        Assert.Equal(new string('a', 253) + "…", NoteText.Cut(new string('a', 257)).ToString());
        Assert.Equal(256, Encoding.UTF8.GetByteCount(NoteText.Cut(new string('a', 9_999)).ToString()));
    }
}
