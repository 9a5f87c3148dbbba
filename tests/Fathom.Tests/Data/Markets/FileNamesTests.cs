using Fathom.Data.Markets;
using Fathom.Domain;

namespace Fathom.Tests.Data.Markets;

public sealed class FileNamesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-names").FullName;

    public FileNamesTests()
    {
        foreach (string name in (string[])["b.dbn", "a.dbn", "B.dbn", "note.json", ".hidden.dbn", "x/2026/c.dbn", "x/2025/c.dbn", "x/c.dbn", "odd[1].dbn", "empty/sub/z.txt"])
        {
            string path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("b.dbn a.dbn b.dbn", "b.dbn a.dbn")]
    [InlineData("?.dbn", "B.dbn a.dbn b.dbn")]
    [InlineData("b.dbn *.dbn", "b.dbn B.dbn a.dbn odd[1].dbn")]
    [InlineData("", "B.dbn a.dbn b.dbn odd[1].dbn")]
    [InlineData("x/**/c.dbn", "x/2025/c.dbn x/2026/c.dbn x/c.dbn")]
    [InlineData("x/**", "x/2025/c.dbn x/2026/c.dbn x/c.dbn")]
    [InlineData("x/20*/c.dbn", "x/2025/c.dbn x/2026/c.dbn")]
    [InlineData("odd[1].dbn", "odd[1].dbn")]
    [InlineData("missing.dbn", "missing.dbn")]
    public void Names_stay_and_what_is_found_is_sorted(string names, string expected) =>
        Assert.Equal(expected.Split(' '), Expand(names).Select(path => Path.GetRelativePath(_folder, path)));

    [Theory]
    [InlineData("*.zst", "B.dbn")]
    [InlineData("nowhere/*.dbn", "no folder")]
    [InlineData("empty", "sub/")]
    public void Nothing_found_says_what_is_there(string name, string told) => Assert.Contains(told, Assert.Throws<InputException>(() => Expand(name)).Message, StringComparison.Ordinal);

    private IReadOnlyList<string> Expand(string names) =>
        FileNames.Expand([.. names.Split(' ').Select(name => Path.GetFullPath(name, _folder))], path => path.EndsWith(".dbn", StringComparison.Ordinal), "market data");
}
