using System.Text.RegularExpressions;

namespace Fathom.Tests.Architecture;

/// <summary>Where a reader finds a type: in the file of its name.</summary>
public partial class SourceFileTests
{
    /// <summary>Files that are one table of small words, read together.</summary>
    private static readonly string[] Tables = ["src/Fathom.Domain/Messages/OrderWords.cs"];

    [Fact]
    public void A_file_has_one_public_type_and_its_name()
    {
        List<string> breaches = [];
        foreach (string path in Repository.FilesIn("src", ".cs").Except(Tables))
        {
            string name = Path.GetFileNameWithoutExtension(path).Split('.')[0];      // Order.Carry.cs is a part of Order
            string[] types = [.. PublicType().Matches(Repository.ReadCode(path)).Select(type => type.Groups["name"].Value).Where(type => !IsWordsOf(name, type))];
            if (types.Length > 1) breaches.Add($"{path}: {string.Join(", ", types)}");
            else if (types.Length == 1 && types[0] != name) breaches.Add($"{path} declares {types[0]}");
        }
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    [Fact]
    public void There_is_no_folder_for_whatever_has_no_place()
    {
        string[] homeless = ["Common", "Utils", "Util", "Utilities", "Helpers", "Misc", "Shared", "Extensions", "Interfaces"];
        Assert.DoesNotContain(Repository.FilesIn("src", ".cs"), path => path.Split('/').Any(part => homeless.Contains(Path.GetFileNameWithoutExtension(part))));
    }

    /// <summary>An enum may bring the words that go with it: Side and Sides.</summary>
    private static bool IsWordsOf(string file, string type) => type == file + "s";

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|ref|unsafe|partial) )*(?:record struct|record class|record|class|struct|interface|enum|delegate [\w<>\[\]?.]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
