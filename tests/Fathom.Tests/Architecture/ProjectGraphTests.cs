using System.Xml.Linq;

namespace Fathom.Tests.Architecture;

/// <summary>Below Host the projects are a tree with one parent each: what the compiler stops somebody knowing, he does not know.</summary>
public class ProjectGraphTests
{
    private static readonly SortedDictionary<string, string?> ParentOf = new(StringComparer.Ordinal)
    {
        ["Fathom.Domain"] = null,
        ["Fathom.Market"] = "Fathom.Domain",
        ["Fathom.Engine"] = "Fathom.Market",
        ["Fathom.Strategies"] = "Fathom.Engine",
        ["Fathom.Simulation"] = "Fathom.Engine",
        ["Fathom.Learning"] = "Fathom.Simulation",
        ["Fathom.Data"] = "Fathom.Market",
        ["Fathom.Venues"] = "Fathom.Market",
        ["Fathom.Journal"] = "Fathom.Domain",
        ["Fathom.Streams"] = "Fathom.Domain",
        ["Fathom.Analytics"] = "Fathom.Domain",
        ["Fathom.Monitoring"] = "Fathom.Domain",
    };

    private static readonly string[] WithoutPackages = ["Fathom.Domain", "Fathom.Market", "Fathom.Engine"];

    private static IReadOnlyList<string> Projects { get; } = [.. Repository.FilesIn("src", ".csproj")];

    [Fact]
    public void Each_project_has_the_one_parent_that_the_design_gives_it()
    {
        Assert.Contains(Projects, path => NameOf(path) == "Fathom.Domain");
        foreach (string path in Projects.Where(path => NameOf(path) != "Fathom.Host"))
        {
            Assert.True(ParentOf.TryGetValue(NameOf(path), out string? parent), $"{path}: the design knows no such project");
            Assert.Equal(parent is null ? [] : new[] { parent }, References(path));
        }
    }

    [Fact]
    public void Host_knows_everybody_and_nothing_but_the_program()
    {
        IEnumerable<string> leaves = Projects.Select(NameOf).Where(name => name != "Fathom.Host" && !ParentOf.ContainsValue(name));
        string[] known = References("src/Fathom.Host/Fathom.Host.csproj");
        Assert.Empty(leaves.Except(known));
        Assert.All(known, name => Assert.Contains(name, ParentOf.Keys));
    }

    [Fact]
    public void Domain_Market_and_Engine_use_no_packages()
    {
        foreach (string path in Projects.Where(path => WithoutPackages.Contains(NameOf(path))))
        {
            XDocument project = XDocument.Parse(Repository.Read(path));
            Assert.Empty(project.Descendants("PackageReference"));
            Assert.Empty(project.Descendants("FrameworkReference"));
        }
    }

    [Fact]
    public void Every_project_gets_analyzers_only()
    {
        XDocument all = XDocument.Parse(Repository.Read("Directory.Build.props"));
        foreach (XElement package in all.Descendants("PackageReference"))
        {
            Assert.EndsWith("Analyzers", (string?)package.Attribute("Include"), StringComparison.Ordinal);
            Assert.Equal("all", (string?)package.Attribute("PrivateAssets"));
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("Fathom.slnx");
        Assert.All(Repository.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)), path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_says_what_it_is()
    {
        Assert.All(Projects, path => Assert.True(Repository.Exists($"{Path.GetDirectoryName(path)}/README.md"), $"{path} has no README.md beside it"));
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static string[] References(string path) =>
        [.. XDocument.Parse(Repository.Read(path)).Descendants("ProjectReference").Select(reference => NameOf((string)reference.Attribute("Include")!)).Order(StringComparer.Ordinal)];
}
