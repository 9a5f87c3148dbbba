using Fathom.Scenarios.Host.Sessions;
using Fathom.Scenarios.Samples;

namespace Fathom.Scenarios.Pages;

/// <summary>docs/how-to/limit-risk.md explains two orders of a sample as <c>fathom why</c> does.</summary>
public sealed class LimitRiskPageTests(RiskMarket market) : IClassFixture<RiskMarket>
{
    private const string Page = "docs/how-to/limit-risk.md", Sample = "risk-drawdown", Shown = "runs/drawdown";

    [Fact]
    public void The_page_shows_what_why_says()
    {
        (int exitCode, _, string error) = market.Run(Sample);
        Assert.True(exitCode == 0, error);
        Dictionary<string, string>[] rows = [.. market.Runs.Rows(Sample, "risk.csv")];

        string shrunk = rows.First(row => row["kind"] == "adjustment" && row["want"] == "order")["client_order_id"];
        string refused = rows.First(row => row["kind"] == "refusal")["client_order_id"];
        Hold("why shrunk", Explain(shrunk));
        Hold("why refused", Explain(refused));
    }

    /// <summary>The command and what it says.</summary>
    private string Explain(string order)
    {
        string run = market.Runs.PathOf(Sample);
        (int exitCode, string output, string error) = SmallRuns.Command("why", order, "--run", run, "--levels", "3");
        Assert.True(exitCode == 0, error);
        string text = string.Join('\n', output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');
        int last = text.LastIndexOf("\n\n", StringComparison.Ordinal);      // what the run was compared with, and how long it took
        Assert.Contains(run[^10..], text[last..], StringComparison.Ordinal);
        return $"```\n./fathom why {order} --run {Shown} --levels 3\n{text[..last]}\n```\n";
    }

    private static void Hold(string name, string text)
    {
        string path = Path.Combine(Places.Root, Page), page = File.ReadAllText(path), mark = $"<!-- {name}: renewed by the test -->\n";
        int begin = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length, end = page.IndexOf("<!-- end -->", begin, StringComparison.Ordinal);
        Assert.True(begin >= mark.Length && end >= begin, $"{Page} has a place for '{name}'");
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(path, page[..begin] + text + page[end..]);
        else Assert.True(page[begin..end] == text, $"{Page} says something else; renew it with RENEW=1 and this test. Found:\n{text}");
    }
}
