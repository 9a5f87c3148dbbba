using System.Text.Json;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>What a whole run tells of itself in numbers: they agree with each other.</summary>
public sealed class BacktestResultTests : IDisposable
{
    /// <summary>Far from the venue, and close to the market: replacements come too late, and would cross.</summary>
    private const string Late = """
        venue.entry_latency = "30ms"
        [risk]
        position_max = 2
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0, requote = 1 }
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Whoever_said_no_is_counted_once_and_by_reason()
    {
        string market = _runs.Market("market.dbn", 60_000);
        File.WriteAllText(_runs.PathOf("run.toml"), $"data.file = '{market}'\n{Late}");
        (int exitCode, string screen, string error) = SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf("run"));
        Assert.True(exitCode == 0, error);

        JsonElement summary = _runs.Summary("run");
        Dictionary<string, string>[] orders = [.. _runs.Rows("run", "orders.csv")];
        long refused = orders.Count(row => row["to"] == "refused" || (row["from"] == row["to"] && row["reason"].Length > 0)), rejected = orders.Count(row => row["to"] == "rejected");
        long changes = orders.Count(row => row["from"].StartsWith("pending_", StringComparison.Ordinal) && row["to"] is "open" or "partially_filled" && row["reason"].Length > 0);
        Assert.True(refused > 0 && changes > 0, $"{refused} refused, {changes} changes rejected");
        Assert.Equal((refused, rejected, changes), (Count(summary, "refused"), Count(summary, "rejected"), Count(summary, "rejected_changes")));
        Assert.Equal(refused + rejected + changes, summary.GetProperty("reasons").EnumerateObject().Sum(reason => reason.Value.GetInt64()));

        string crossing = orders.Count(row => row["reason"] == "would_cross" && row["to"] != "refused").ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Matches($@"replaces, cancels rejected\s+{changes:#,##0}\s", screen);
        Assert.Contains($"refused by risk: position limit {refused:#,##0}", screen, StringComparison.Ordinal);
        Assert.Contains($"rejected by the venue: would cross {crossing}", screen, StringComparison.Ordinal);
    }

    private static long Count(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
