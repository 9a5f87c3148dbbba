using System.Diagnostics;
using System.Text.Json;
using Fathom.Host;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Host.CSharp;

/// <summary>A strategy from a user's own file, through the whole program, as processes.</summary>
public sealed class UserStrategyTests : IDisposable
{
    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_built_in_strategy_from_a_file_trades_as_the_built_in_one()
    {
        string source = File.ReadAllText(Path.Combine(Places.Root, "src", "Fathom.Strategies", "Library", "Quoter.cs"));
        File.WriteAllText(_runs.PathOf("MyQuoter.cs"), source.Replace("namespace Fathom.Strategies.Library;", "namespace Mine;", StringComparison.Ordinal).Replace("class Quoter", "class MyQuoter", StringComparison.Ordinal));
        _runs.Market("market.dbn", 20_000);
        Configure("own.toml", "file = \"MyQuoter.cs\"\nid = \"quoter\"\nparams = { half_spread = 0 }");
        Configure("built-in.toml", "name = \"quoter\"\nparams = { half_spread = 0 }");
        foreach (string name in new[] { "own", "built-in" }) Assert.Equal((0, ""), ExitOf(Backtest(name + ".toml", name)));
        string[] columns = ["event_time", "side", "price", "quantity", "position"];
        Assert.Equal(Fills("built-in"), Fills("own"));
        Assert.True(Fills("own").Count() > 20);

        IEnumerable<string> Fills(string run) => _runs.Rows(run, "fills.csv").Select(row => string.Join(' ', columns.Where(row.ContainsKey).Select(column => row[column])));
    }

    [Fact]
    public void Two_processes_at_once_and_a_damaged_cache_give_the_same_run()
    {
        File.WriteAllText(_runs.PathOf("Taker.cs"), "public sealed class Taker : Strategy { public override void OnTrade(StrategyContext context, in MarketByOrder trade) { } }");
        _runs.Market("market.dbn", 2_000);
        Configure("run.toml", "file = \"Taker.cs\"");
        Process[] both = [Start("backtest", "run.toml", "--out", "a"), Start("backtest", "run.toml", "--out", "b")];
        foreach (Process process in both) Assert.Equal((0, ""), ExitOf(process));
        string entry = Assert.Single(Directory.GetFiles(_runs.PathOf("cache", "strategies")));
        File.WriteAllText(entry, "damaged");
        Assert.Equal((0, ""), ExitOf(Backtest("run.toml", "c")));
        Assert.Single(new[] { "a", "b", "c" }.Select(Fingerprint).Distinct());

        File.AppendAllText(_runs.PathOf("Taker.cs"), "// another code, another run");
        Assert.Equal((0, ""), ExitOf(Backtest("run.toml", "d")));
        Assert.NotEqual(Fingerprint("a"), Fingerprint("d"));
    }

    [Theory]
    [InlineData("public sealed class Bad : Strategy { int x = nul; }", "Bad.cs(1,46): error CS0103: The name 'nul' does not exist in the current context")]
    [InlineData("public sealed class Bad { }", "no class that derives from Strategy")]
    [InlineData("public class A : Strategy { } public class B : Strategy { }", "the strategies A and B")]
    [InlineData("public abstract class A : Strategy { }", "only the abstract or generic A")]
    [InlineData("public class A : Strategy { public A() => throw new FormatException(\"no\"); }", "FormatException: no")]
    [InlineData("public class A(int size) : Strategy { public int Size => size; }", "without a parameterless constructor")]
    [InlineData("public class A : Strategy { [Parameter] public List<int>? Levels { get; set; } }", "A.Levels: found the type List`1")]
    public void Bad_code_ends_with_two_and_its_reason(string source, string reason)
    {
        File.WriteAllText(_runs.PathOf("Bad.cs"), source);
        Configure("run.toml", "file = \"Bad.cs\"");
        (int exitCode, string error) = ExitOf(Backtest("run.toml", "out"));
        Assert.Equal(2, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_runs.PathOf("out")));
    }

    [Fact]
    public void A_doubtful_member_is_warned_of_and_the_run_goes_on()
    {
        File.WriteAllText(_runs.PathOf("Late.cs"), "public class Late : Strategy { public override void OnStart(StrategyContext context) => _ = DateTime.UtcNow; }");
        _runs.Market("market.dbn", 2_000);
        Configure("run.toml", "file = \"Late.cs\"");
        (int exitCode, string error) = ExitOf(Backtest("run.toml", "out"));
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Late.cs: warning: System.DateTime.UtcNow: results may not repeat. ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_new_writes_runs_and_its_tests_pass()
    {
        Assert.Equal((0, ""), ExitOf(Start("new", "csharp", "MyFirst")));
        Assert.Equal((0, ""), ExitOf(Start("data", "generate", "--preset", "demo", "--events", "20000", "--out", "demo.dbn")));
        Assert.Equal((0, ""), ExitOf(Backtest("MyFirst.toml", "out")));
        Assert.True(_runs.Summary("out").GetProperty("by_strategy").GetProperty("my-first").GetProperty("fills").GetInt64() > 5);

        // Without what outlives a build: build nodes and the compiler's server.
        (int exitCode, string output) = ExitOf(StartProcess("dotnet", "test", "MyFirst.Tests", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"), ofOutput: true);
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"Passed:\s+3", output);
    }

    private void Configure(string name, string strategy) => File.WriteAllText(_runs.PathOf(name), $"data.file = \"market.dbn\"\n[[strategy]]\n{strategy}\n");

    private string Fingerprint(string run)
    {
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(_runs.PathOf(run, "summary.json")));
        return summary.RootElement.GetProperty("fingerprint").GetString()!;
    }

    private Process Backtest(string config, string folder) => Start("backtest", config, "--out", folder);

    private Process Start(params string[] arguments) => StartProcess("dotnet", [typeof(Program).Assembly.Location, .. arguments]);

    private Process StartProcess(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _runs.Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["FATHOM_CACHE"] = _runs.PathOf("cache"), ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
    })!;

    private static (int ExitCode, string Said) ExitOf(Process process, bool ofOutput = false)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, ofOutput ? output + error.Result : error.Result);
        }
    }
}
