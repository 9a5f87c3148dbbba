using Fathom.Host;

namespace Fathom.Tests.Host.Commands;

public sealed class NewCSharpCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-new-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_writes_a_strategy_its_configuration_and_its_tests_and_says_what_to_type()
    {
        (int exitCode, string output, string error) = Run("MyFirst");
        Assert.True(exitCode == 0, error);
        Assert.Equal(["MyFirst.Tests/MyFirst.Tests.csproj", "MyFirst.Tests/MyFirstTests.cs", "MyFirst.cs", "MyFirst.toml"], Written());
        Assert.Contains($"\n  ./fathom data generate --preset demo --out {_folder}/demo.dbn\n  ./fathom backtest {_folder}/MyFirst.toml\n", output, StringComparison.Ordinal);
        Assert.All(Written(), file => Assert.DoesNotMatch(@"\{[A-Z]+\}", File.ReadAllText(Path.Combine(_folder, file))));
    }

    [Fact]
    public void It_overwrites_nothing_and_then_writes_nothing()
    {
        string mine = Path.Combine(_folder, "MyFirst.toml");
        File.WriteAllText(mine, "mine");
        (int exitCode, _, string error) = Run("MyFirst");
        Assert.Equal(2, exitCode);
        Assert.Contains(mine, error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(mine));
        Assert.Equal(["MyFirst.toml"], Written());
    }

    [Theory]
    [InlineData("my-first", "MyFirst")]
    [InlineData("My First", "MyFirst")]
    [InlineData("myFirst", "MyFirst")]
    [InlineData("../Up", "Up")]
    [InlineData("2nd", "MyQuoter")]
    [InlineData("Strategy", "MyStrategy")]
    [InlineData("System", "MySystem")]
    public void A_name_that_is_no_classs_is_refused_with_a_better_one(string name, string better)
    {
        (int exitCode, _, string error) = Run(name);
        Assert.Equal(2, exitCode);
        Assert.Contains($"Try {better}.", error, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    private string[] Written() =>
        [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder, path)).Order(StringComparer.Ordinal)];

    private (int ExitCode, string Output, string Error) Run(string name)
    {
        StringWriter output = new(), error = new();
        return (Program.Run(["new", "csharp", name, "--out", _folder], output, error), output.ToString(), error.ToString());
    }
}
