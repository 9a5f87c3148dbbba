using System.Text.Json;
using Fathom.Host;

namespace Fathom.Scenarios.Host;

/// <summary>Whole schedules from the command line.</summary>
public sealed class TortureCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-torture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_answer_is_the_same_on_one_thread_and_on_many()
    {
        string one = Counts(Run("torture", "--seeds", "1..12", "--threads", "1", "--json")), many = Counts(Run("torture", "--seeds", "1..12", "--threads", "5", "--json"));
        Assert.Equal(one, many);
        Assert.Contains("\"schedules\": 12", one, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_of_the_user_meets_faults_on_the_users_data_and_all_laws_hold()
    {
        string market = Path.Combine(_folder, "market.dbn"), sample = Path.Combine(Places.Root, "samples", "quickstart.toml");
        Run("data", "generate", "--preset", "demo", "--events", "5000", "--out", market, "--json");
        JsonElement answer = JsonDocument.Parse(Run("torture", sample, "--set", $"data.file={market}", "--seeds", "1..12", "--messages", "1000", "--json")).RootElement;
        Assert.True(answer.GetProperty("passed").GetBoolean());
        Assert.Equal("quoter on market.dbn", answer.GetProperty("what").GetString());
        Assert.True(answer.GetProperty("commands").GetInt64() > 12, "the quoter quotes");
        Assert.True(answer.GetProperty("faults").EnumerateObject().Sum(fault => fault.Value.GetInt64()) > 12, "faults strike");
    }

    /// <summary>The demo's market opens after a while, and before that nobody trades.</summary>
    [Fact]
    public void Torture_begins_where_the_market_trades()
    {
        string market = Path.Combine(_folder, "demo.dbn"), sample = Path.Combine(Places.Root, "samples", "quickstart.toml");
        Run("data", "generate", "--preset", "demo", "--events", "400000", "--out", market, "--json");
        JsonElement answer = JsonDocument.Parse(Run("torture", sample, "--set", $"data.file={market}", "--seeds", "1..20", "--json")).RootElement;
        Assert.True(answer.GetProperty("commands").GetInt64() > 100, answer.ToString());
    }

    [Fact]
    public void One_schedule_is_shown_on_a_page_that_needs_nothing_else_and_can_be_run_again()
    {
        string page = Path.Combine(_folder, "out", "torture.html");
        string output = Run("torture", "--schedule", "seed=3,messages=200,acceptance_lost@20,report_late@60:300", "--out", Path.Combine(_folder, "out"));
        Assert.Contains("all laws held", output, StringComparison.Ordinal);
        Assert.Contains("fathom torture --schedule \"seed=3,messages=200,acceptance_lost@20:0,report_late@60:300\"", output, StringComparison.Ordinal);
        string html = File.ReadAllText(page);
        Assert.All(["acceptance lost", "report late", "<svg", "pending new", "What the engine published"], part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
    }

    /// <summary>The answer without what the clock on the wall says.</summary>
    private static string Counts(string answer) => string.Join('\n', answer.Split('\n').Where(line => !line.Contains("seconds", StringComparison.Ordinal) && !line.Contains("per_minute", StringComparison.Ordinal)));

    private static string Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = Program.Run(arguments, output, error);
        Assert.True(exitCode == 0, $"fathom {string.Join(' ', arguments)}: {exitCode} {output}{error}");
        return output.ToString();
    }
}
