using Fathom.Domain.Messages;

namespace Fathom.Tests.Domain.Messages;

public class NameTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("spread")]
    [InlineData("Größe µ")]
    [InlineData("12345678901234567890123456789012")]
    public void It_gives_back_the_name(string name) => Assert.Equal(name, NameText.From(name).ToString());

    [Theory]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("ääääääääääääääääää")]
    [InlineData("a\0b")]
    public void What_does_not_fit_is_refused(string name)
    {
        Assert.False(NameText.TryFrom(name, out _));
        Assert.Throws<ArgumentException>(() => NameText.From(name));
    }
}
