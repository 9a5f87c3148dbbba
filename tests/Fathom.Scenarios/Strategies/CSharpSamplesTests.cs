using System.Text.Json;
using Fathom.Host;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Strategies;

/// <summary>The strategies in strategies/csharp, each as a user would run it: from its source and its configuration. Their fingerprints hold the whole engine, the venue and the host to what they did
/// before.</summary>
public sealed class CSharpSamplesTests : IDisposable
{
    private const int DemoEvents = 600_000;

    private static readonly string Folder = Path.Combine(Places.Root, "strategies", "csharp");

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    /// <summary>Changes with the sample's source, the engine, the venue or the configuration's vocabulary: say so in the changelog.</summary>
    [Theory]
    [InlineData("SkewedQuoter", 1, 200, "73936d8e96388e534370c812dcabe03e")]
    [InlineData("PressureTaker", 1, 10, "6f10bacf3ae20cf71325407eeb1bc9ca")]
    [InlineData("TrendFollower", 1, 10, "64c9bfb97205681d45e0fb72009622d9")]
    [InlineData("BreakoutBracket", 1, 10, "b796e86b2d42c6901a012f08ca7b5e3f")]
    [InlineData("OwnFeature", 1, 4, "9538dcd3298996bc4ab74602406c9e74")]
    [InlineData("Rebalancer", 1, 4, "71ce79d5facbb61fbc1eea5e768b830b")]
    [InlineData("SizedReversion", 1, 10, "910fe1618f41a9be189abacb1cd29155")]
    [InlineData("Pairs", 2, 10, "3410c350c84aeff847c522797fe4861c")]
    public void A_sample_trades_and_gives_its_committed_fingerprint(string sample, int instruments, int fillsMin, string golden)
    {
        JsonElement run = Backtest($"{sample}.toml", Market(instruments), sample);
        Assert.InRange(run.GetProperty("fills").GetInt64(), fillsMin, 10_000);
        Assert.Equal(golden, run.GetProperty("fingerprint").GetString());
    }

    [Fact]
    public void Every_sample_is_here()
    {
        string[] known = ["BreakoutBracket.cs", "OwnFeature.cs", "Pairs.cs", "PressureTaker.cs", "Rebalancer.cs", "SizedReversion.cs", "SkewedQuoter.cs", "TrendFollower.cs"];
        Assert.Equal(known, Directory.EnumerateFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_idea_in_three_ways_makes_the_same_trades()
    {
        string market = Market(instruments: 1);
        string[][] fills = [.. new[] { "HoldingsStyle", "OrdersStyle", "PollingStyle" }.Select(style => Fills(style, market))];
        Assert.InRange(fills[0].Length, 10, 1_000);
        Assert.Equal(fills[0], fills[1]);
        Assert.Equal(fills[0], fills[2]);
    }

    [Fact]
    public void The_page_shows_the_three_as_they_are()
    {
        string page = File.ReadAllText(Path.Combine(Places.Root, "docs", "how-to", "come-from-another-system.md"));
        foreach (string style in (string[])["HoldingsStyle", "OrdersStyle", "PollingStyle"])
        {
            string source = File.ReadAllText(Path.Combine(Folder, "styles", $"{style}.cs"));
            Assert.Contains($"```csharp\n{source[source.IndexOf("public sealed", StringComparison.Ordinal)..]}```", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_on_features_shows_the_one_of_a_sample_as_it_is() => Assert.Contains(
        $"```csharp\n{File.ReadAllText(Path.Combine(Folder, "OwnFeature.cs"))}```", File.ReadAllText(Path.Combine(Places.Root, "docs", "how-to", "write-a-feature.md")), StringComparison.Ordinal);

    private string[] Fills(string style, string market)
    {
        Backtest(Path.Combine("styles", $"{style}.toml"), market, style);
        // Side, price, quantity and the venue's time: names and numbers of orders are the strategies' own.
        return [.. File.ReadLines(_runs.PathOf(style, "fills.csv")).Skip(1).Select(line => line.Split(',')).Select(row => string.Join(',', row[4], row[5], row[6], row[10]))];
    }

    private string Market(int instruments) => _runs.Market($"{instruments}.dbn", DemoEvents, instruments: instruments);

    private JsonElement Backtest(string config, string market, string folder)
    {
        StringWriter output = new(), error = new();
        int exitCode = Program.Run(["backtest", Path.Combine(Folder, config), "--json", "--out", _runs.PathOf(folder), "--set", $"data.file={market}"], output, error);
        Assert.True(exitCode == 0, $"{config} ended with {exitCode}: {error}");
        return JsonDocument.Parse(output.ToString()).RootElement.Clone();
    }
}
