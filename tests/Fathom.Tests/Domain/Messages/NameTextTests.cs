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

    [Fact]
    public void Equal_names_are_equal_and_one_byte_makes_another()
    {
        NameText name = NameText.From("spread");
        Assert.True(name == NameText.From("spread") && name.Equals((object)NameText.From("spread")) && name.GetHashCode() == NameText.From("spread").GetHashCode());
        Assert.True(name != NameText.From("spreae") && name != default && !name.Equals("spread"));
    }

    [Theory]
    [InlineData("spread", "spread")]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012")]
    [InlineData("123456789012345678901234567890123", "12345678901234567890123456789…")]
    [InlineData("ääääääääääääääääää", "ääääääääääääää…")]
    [InlineData("a\0b", "a b")]
    public void Where_it_only_describes_it_is_cut_instead(string name, string cut) => Assert.Equal(cut, NameText.Cut(name).ToString());
}
