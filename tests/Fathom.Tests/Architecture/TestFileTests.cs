using System.Text.RegularExpressions;

namespace Fathom.Tests.Architecture;

/// <summary>Tests mirror sources: who changes a type knows where its tests are.</summary>
public partial class TestFileTests
{
    private const string Suite = "tests/Fathom.Tests";

    /// <summary>Tests about what no single type owns.</summary>
    private static readonly string[] CrossCutting = [$"{Suite}/Architecture/"];

    [Fact]
    public void A_test_file_stands_where_its_source_stands()
    {
        List<string> homeless = [];
        foreach (string path in TestFiles())
        {
            string folder = "src/Fathom." + Path.GetDirectoryName(path)![(Suite.Length + 1)..];
            string name = Path.GetFileNameWithoutExtension(path);
            // OrderBookTests and OrderBookFuzzTests both belong to OrderBook.
            bool hasSource = name.EndsWith("Tests", StringComparison.Ordinal) &&
                Repository.FilesIn(folder, ".cs").Any(source => Path.GetDirectoryName(source) == folder && name.StartsWith(Path.GetFileNameWithoutExtension(source), StringComparison.Ordinal));
            if (!hasSource) homeless.Add($"{path}: no source in {folder} whose name it begins with");
        }
        Assert.True(homeless.Count == 0, string.Join('\n', homeless));
    }

    [Fact]
    public void A_test_files_namespace_is_its_folder()
    {
        foreach (string path in TestFiles())
            Assert.Contains($"namespace {Path.GetDirectoryName(path)!["tests/".Length..].Replace('/', '.')};", Repository.Read(path), StringComparison.Ordinal);
    }

    private static IEnumerable<string> TestFiles() =>
        Repository.FilesIn(Suite, ".cs").Where(path => !CrossCutting.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && Test().IsMatch(Repository.ReadCode(path)));

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex Test();
}
