using System.Text.Json;
using System.Text.RegularExpressions;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Samples;

/// <summary>The samples of risk, each run as its first lines say: it shows what they promise.</summary>
public sealed partial class RiskSamplesTests(RiskMarket market) : IClassFixture<RiskMarket>
{
    [Fact]
    public void Tight_limits_refuse_cut_and_warn_and_the_strategies_go_on_trading()
    {
        Run("risk");

        JsonElement summary = market.Runs.Summary("risk"), risk = summary.GetProperty("risk");
        Assert.InRange(summary.GetProperty("fills").GetInt64(), 100, 100_000);
        Assert.Superset(new HashSet<string> { "position_limit", "order_rate_limit", "would_meet_own" }, Names(risk, "refusals"));
        Assert.Superset(new HashSet<string> { "position_limit", "notional_limit", "state_warning" }, Names(risk, "adjustments"));
        Assert.InRange(risk.GetProperty("state_changes").GetInt64(), 2, 1_000);
        Assert.All(Rows("risk").Where(row => row["kind"] == "kill"), kill => Assert.Equal("operator", kill["measure"]));
        Assert.InRange(market.Runs.Rows("risk", "fills.csv").GroupBy(row => row["strategy"]).Min(rows => rows.Count()), 20, 100_000);

        // What was refused and rejected is counted once, by reason and by who said no.
        long counted = summary.GetProperty("refused").GetInt64() + summary.GetProperty("rejected").GetInt64() + summary.GetProperty("rejected_changes").GetInt64();
        Assert.Equal(summary.GetProperty("reasons").EnumerateObject().Sum(reason => reason.Value.GetInt64()), counted);
        Assert.Equal(risk.GetProperty("refusals").EnumerateObject().Sum(reason => reason.Value.GetInt64()), summary.GetProperty("refused").GetInt64());
    }

    [Fact]
    public void Sample_of_everything_has_every_word_of_the_reference()
    {
        string sample = File.ReadAllText(Path.Combine(Places.Root, "samples", "risk.toml"));
        string[] cells = [.. File.ReadLines(Path.Combine(Places.Root, "docs", "reference", "configuration.md")).Where(line => line.StartsWith('|')).Select(line => line.Split('|')[1])];
        string[] words = [.. cells.Where(cell => cell.Contains("risk.", StringComparison.Ordinal) || cell.Contains("margin.", StringComparison.Ordinal) || cell.Contains("[operator]", StringComparison.Ordinal))
            .SelectMany(cell => Words().Matches(cell)).Select(match => match.Groups[1].Value).Distinct()];
        Assert.InRange(words.Length, 60, 1_000);
        Assert.All(words, word => Assert.Matches($@"\b{word}\b", sample));
    }

    [Fact]
    public void Losing_strategy_is_warned_stopped_and_closed()
    {
        Run("risk-drawdown");

        List<Dictionary<string, string>> rows = Rows("risk-drawdown");
        string[] states = [.. rows.Where(row => row["kind"] == "state" && row["strategy"].Length > 0).Select(row => row["to"])];
        Assert.Equal("warning", states[0]);
        Assert.Contains("normal", states);      // it came back once, after the hold time
        Assert.Equal(["warning", "critical", "over_limit"], states[^3..]);
        Assert.Contains(rows, row => row["kind"] == "adjustment" && row["reason"] == "state_warning" && Quantity(row["granted"]) * 2 == Quantity(row["asked"]));
        Assert.Contains(rows, row => row["kind"] == "refusal" && row["reason"] == "state_reduces_only");
        int over = rows.FindIndex(row => row["to"] == "over_limit"), first = rows.FindIndex(row => row["kind"] == "liquidation");
        Assert.True(first > over && over > 0, $"the liquidation begins when it is over its limit: rows {over} and {first}");
        Assert.Equal(0, Position("risk-drawdown"));
    }

    [Fact]
    public void Emergency_liquidation_waits_at_its_floor_widens_it_and_ends_flat()
    {
        Run("risk-liquidation");

        List<Dictionary<string, string>> orders = [.. Rows("risk-liquidation").Where(row => row["kind"] == "liquidation")];
        Assert.InRange(orders.Count, 6, 1_000);
        Assert.All(orders, order => Assert.InRange(Quantity(order["asked"]), 1, 10));
        string[] log = [.. Log("risk-liquidation").Select(entry => entry.GetProperty("message").GetString()!)];
        Assert.Contains("liquidation waits: the other side is beyond the floor", log);
        Assert.Contains(log, message => message.StartsWith("liquidation widens its floor", StringComparison.Ordinal));
        Assert.Equal("liquidation is done", log.Last(message => message.StartsWith("liquidation", StringComparison.Ordinal)));
        Assert.Equal(0, Position("risk-liquidation"));
    }

    [Fact]
    public void Rule_stops_one_strategy_and_an_operator_everything_until_he_says_why_not()
    {
        Run("risk-kill");

        List<Dictionary<string, string>> kills = [.. Rows("risk-kill").Where(row => row["kind"] is "kill" or "rearm")];
        Assert.Equal(["kill", "kill", "rearm"], kills.Select(row => row["kind"]));
        Assert.Equal(["drawdown", "operator", "operator"], kills.Select(row => row["measure"]));
        Assert.Equal(["doubles-down", "", ""], kills.Select(row => row["strategy"]));
        Assert.All(kills, kill => Assert.NotEmpty(kill["text"]));
        string[] sent = [.. market.Runs.Rows("risk-kill", "orders.csv").Where(row => row["strategy"] == "imbalance-taker" && row["to"] == "pending_new").Select(row => row["decision_time"])];
        string on = kills[1]["time"], off = kills[2]["time"];
        Assert.DoesNotContain(sent, time => string.CompareOrdinal(time, on) > 0 && string.CompareOrdinal(time, off) < 0);
        Assert.Contains(sent, time => string.CompareOrdinal(time, off) > 0);
        Assert.Equal(0, Position("risk-kill", "doubles-down"));
    }

    [Fact]
    public void Kelly_stops_betting_on_what_makes_nothing_and_the_fixed_size_goes_on()
    {
        Run("risk-kelly");

        using JsonDocument lanes = JsonDocument.Parse(File.ReadAllText(market.Runs.PathOf("risk-kelly", "lanes.json")));
        JsonElement[] both = [.. lanes.RootElement.GetProperty("lanes").EnumerateArray()];
        Assert.Equal(["fixed", "kelly"], both.Select(lane => lane.GetProperty("name").GetString()));
        decimal[] pnl = [.. both.Select(lane => SmallRuns.Money(lane, "pnl"))];
        Assert.True(pnl[0] < 1.5m * pnl[1] && pnl[1] < 0, $"fixed {pnl[0]}, Kelly {pnl[1]}");
        Assert.Equal(FirstFills("fixed"), FirstFills("kelly"));      // until it has learned, it does the same
    }

    private void Run(string sample)
    {
        (int exitCode, _, string error) = market.Run(sample);
        Assert.True(exitCode == 0, $"samples/{sample}.toml ended with {exitCode}: {error}");
    }

    private List<Dictionary<string, string>> Rows(string sample) =>
        File.Exists(market.Runs.PathOf(sample, "risk.csv")) ? [.. market.Runs.Rows(sample, "risk.csv")] : [];

    private List<JsonElement> Log(string sample) =>
        [.. File.ReadLines(market.Runs.PathOf(sample, "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.Clone())];

    private static HashSet<string> Names(JsonElement risk, string part) => [.. risk.GetProperty(part).EnumerateObject().Select(reason => reason.Name)];

    private string[] FirstFills(string lane) =>
        [.. market.Runs.Rows(Path.Combine("risk-kelly", "lanes", lane), "fills.csv").Take(20).Select(row => $"{row["venue_time"]} {row["side"]} {row["quantity"]} {row["price"]}")];

    /// <summary>After the last fill.</summary>
    private decimal Position(string sample, string? strategy = null) =>
        Quantity(market.Runs.Rows(sample, "fills.csv").Last(row => strategy is null || row["strategy"] == strategy)["position"]);

    private static decimal Quantity(string text) => SmallRuns.Number(text);

    /// <summary>A key's last part, or one that stands by itself.</summary>
    [GeneratedRegex(@"(?:`|\.|\] )([a-z_]+)`")]
    private static partial Regex Words();
}
