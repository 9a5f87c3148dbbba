using System.Text.RegularExpressions;

namespace Fathom.Tests.Architecture;

/// <summary>State first, then decisions, then actions: a folder may use folders to its left, never one to its right.</summary>
public partial class RiverTests
{
    private static readonly (string Project, string Folder)[] River =
    [
        ("Market", "Universe"), ("Market", "Books"),
        ("Engine", "Orders"), ("Engine", "Portfolio"), ("Engine", "Features"), ("Engine", "Models"), ("Engine", "Decisions"), ("Engine", "Risk"),
        ("Engine", "Execution"), ("Engine", "Loop"),
    ];

    private static readonly string[] Projects = ["Market", "Engine"];

    [Fact]
    public void Nothing_flows_backwards()
    {
        List<string> breaches = [];
        foreach ((string path, int place) in PlacedSources())
            foreach (int used in UsedPlaces(path))
                if (used > place) breaches.Add($"{path} uses {River[used].Folder}, which lies to the right of {River[place].Folder}");
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    [Fact]
    public void Every_source_of_Market_and_Engine_has_a_place_in_the_river()
    {
        HashSet<string> placed = [.. PlacedSources().Select(source => source.Path)];
        foreach (string project in Projects) Assert.All(Repository.FilesIn($"src/Fathom.{project}", ".cs"), path => Assert.Contains(path, placed));
    }

    [Fact]
    public void No_using_for_a_whole_project_hides_what_a_file_knows()
    {
        foreach (string project in Projects)
        {
            Assert.DoesNotContain("<Using", Repository.Read($"src/Fathom.{project}/Fathom.{project}.csproj"), StringComparison.Ordinal);
            foreach (string path in Repository.FilesIn($"src/Fathom.{project}", ".cs"))
                Assert.DoesNotContain("global using", Repository.ReadCode(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (string path in Repository.FilesIn("src", ".cs"))
        {
            Match declared = Namespace().Match(Repository.Read(path));
            if (!declared.Success && Path.GetFileName(path) == "AssemblyInfo.cs") continue;
            string expected = Path.GetDirectoryName(path)!["src/".Length..].Replace('/', '.');
            Assert.True(declared.Groups[1].Value == expected, $"{path}: namespace {declared.Groups[1].Value}, expected {expected}");
        }
    }

    private static IEnumerable<(string Path, int Place)> PlacedSources()
    {
        for (int place = 0; place < River.Length; place++)
            foreach (string path in Repository.FilesIn($"src/Fathom.{River[place].Project}/{River[place].Folder}", ".cs"))
                yield return (path, place);
    }

    /// <summary>By full name ("Fathom.Engine.Loop"), and by the short one that C# allows inside the same project ("Loop.Outbox").</summary>
    private static IEnumerable<int> UsedPlaces(string path)
    {
        string code = Repository.ReadCode(path);
        for (int place = 0; place < River.Length; place++)
        {
            (string project, string folder) = River[place];
            bool byFullName = Regex.IsMatch(code, $@"\bFathom\.{project}\.{folder}\b");
            bool byShortName = Regex.Matches(code, $@"(?<![\w.]){folder}\.(\w+)").Any(name => Repository.Exists($"src/Fathom.{project}/{folder}/{name.Groups[1].Value}.cs"));
            if (byFullName || byShortName) yield return place;
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
