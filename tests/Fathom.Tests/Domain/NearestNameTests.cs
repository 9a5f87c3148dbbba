using Fathom.Domain;

namespace Fathom.Tests.Domain;

public class NearestNameTests
{
    [Theory]
    [InlineData("entry_latncy", "entry_latency")]
    [InlineData("entyr_latency", "entry_latency")]
    [InlineData("ENTRY_LATENCY", "entry_latency")]
    [InlineData("entrylatenc", "entry_latency")]
    [InlineData("lto", "lot")]
    [InlineData("colour", null)]
    [InlineData("a", null)]
    [InlineData("", null)]
    public void Few_typing_errors_are_forgiven(string typed, string? name) => Assert.Equal(name, NearestName.Find(typed, ["tick", "lot", "entry_latency"]));
}
