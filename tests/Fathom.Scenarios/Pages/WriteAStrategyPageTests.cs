using System.Text.RegularExpressions;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Pages;

/// <summary>What docs/how-to/write-a-strategy.md shows is so.</summary>
public sealed partial class WriteAStrategyPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Places.Root, "docs", "how-to", "write-a-strategy.md"));

    private readonly SmallRuns _runs = new();

    public WriteAStrategyPageTests() => Environment.SetEnvironmentVariable("FATHOM_CACHE", _runs.PathOf("cache"));

    public void Dispose() => _runs.Dispose();

    [GeneratedRegex(@"```csharp\n(public sealed class .*?)```", RegexOptions.Singleline)]
    private static partial Regex Class { get; }

    [GeneratedRegex(@"^strategy\.0\.params.*$", RegexOptions.Multiline)]
    private static partial Regex Refusal { get; }

    [Fact]
    public void Its_class_runs_and_its_error_is_the_programs()
    {
        File.WriteAllText(_runs.PathOf("MyQuoter.cs"), Class.Match(Page).Groups[1].Value);
        File.WriteAllText(_runs.PathOf("run.toml"), "data.file = \"market.dbn\"\n[[strategy]]\nfile = \"MyQuoter.cs\"\n");
        _runs.Market("market.dbn", 5_000);
        (int exitCode, _, string error) = SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf("out"));
        Assert.Equal((0, ""), (exitCode, error));
        Assert.True(_runs.Summary("out").GetProperty("orders").GetInt64() >= 2);

        Assert.Equal(0, SmallRuns.Command("new", "csharp", "MyQuoter", "--out", _runs.PathOf("new")).ExitCode);
        string config = _runs.PathOf("new", "MyQuoter.toml");
        File.WriteAllText(config, File.ReadAllText(config).Replace("half_spread = 1  ", "half_spread = 2000", StringComparison.Ordinal));
        (exitCode, _, error) = SmallRuns.Command("backtest", config);
        Assert.Equal((2, Refusal.Match(Page).Value), (exitCode, error.Trim().Replace(config, "MyQuoter.toml", StringComparison.Ordinal)));
    }
}
