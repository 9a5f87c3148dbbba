using System.Globalization;
using System.Text.Json;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Host.Sessions;
using Fathom.Scenarios.Simulation;
using Fathom.Strategies.Library;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Law: over any market, any strategies, any latencies and fees, what a run says it earned is what its fills come to, to the last digit.</summary>
public sealed class ConservedMoneyTests : IDisposable
{
    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(300)]
    public void Money_is_what_the_fills_come_to(int first)
    {
        long fills = 0;
        for (int seed = first; seed < first + 10; seed++) fills += Check(seed);
        Assert.True(fills > 500, $"only {fills} fills");
    }

    private long Check(int seed)
    {
        Random random = new(seed);
        int instruments = random.Next(3) == 0 ? 3 : 1;
        string preset = random.Next(3) == 0 ? "bench-1" : "demo", market = _runs.Market($"{seed}.dbn", random.Next(4_000, 14_000), (ulong)seed, instruments, preset);
        string toml = string.Create(CultureInfo.InvariantCulture, $"""
            venue = {"{"} entry_latency = "{random.Next(0, 50_000)}us", response_latency = "{random.Next(0, 50_000)}us", feed_latency = "{random.Next(0, 2) * random.Next(0, 50_000)}us" {"}"}
            fees = {"{"} maker_bps = {random.Next(-500, 500) / 1000m}, taker_bps = {random.Next(0, 3_000) / 1000m}, per_contract = {random.Next(0, 3_000_000) / 1_000_000m} {"}"}
            account = {"{"} cash = {random.Next(0, 1_000_000_000) / 1000m} {"}"}
            strategy = [{"{"} name = "quoter" {"}"}]
            """);
        BacktestSettings settings = SmallRuns.With(SmallRuns.Bind(toml, market), Strategies(random, seed));
        _runs.Run(settings, $"{seed}");

        JsonElement summary = _runs.Summary($"{seed}");
        NaiveAccount naive = new(summary, _runs.Rows($"{seed}", "fills.csv"), market);
        string run = $"seed {seed}, {instruments} instruments of {preset}, {string.Join(" and ", settings.Engine.Strategies.Select(strategy => strategy.Name))}";
        Assert.True(settings.Engine.Cash == SmallRuns.Money(summary, "equity_start"), run);
        CheckPositions(summary, naive, run, $"{seed}");
        CheckMoney(summary, naive, run);
        Assert.True(SmallRuns.Money(summary, "equity_end") == SmallRuns.Number(_runs.Rows($"{seed}", "equity.csv").Last()["equity"]), run);
        return naive.Fills;
    }

    private void CheckPositions(JsonElement summary, NaiveAccount naive, string run, string folder)
    {
        foreach (JsonElement instrument in summary.GetProperty("instruments").EnumerateArray())
            Assert.True(naive.Position(instrument.GetProperty("symbol").GetString()!) == SmallRuns.Money(instrument, "position"), run);

        var told = _runs.Rows(folder, "positions.csv").GroupBy(row => (row["strategy"], row["instrument"])).ToDictionary(rows => rows.Key, rows => rows.Last());
        Assert.Equal(told.Count, naive.Holdings.Count());
        foreach ((string strategy, string symbol, NaiveHolding holding) in naive.Holdings)
        {
            Dictionary<string, string> last = told[(strategy, symbol)];
            Assert.True((holding.Held, holding.Realized, holding.Fees) == (SmallRuns.Number(last["quantity"]), SmallRuns.Number(last["realized_pnl"]), SmallRuns.Number(last["fees"])), run);
        }
    }

    private static void CheckMoney(JsonElement summary, NaiveAccount naive, string run)
    {
        (decimal realized, decimal unrealized, decimal fees) = naive.Money();
        Assert.True((realized, unrealized, fees) == Told(summary), $"{run}: {(realized, unrealized, fees)} by its fills, {Told(summary)} by its summary");
        Assert.True(SmallRuns.Money(summary, "equity_start") + realized + unrealized - fees == SmallRuns.Money(summary, "equity_end"), run);
        Assert.Equal(naive.Fills, summary.GetProperty("fills").GetInt64());

        (decimal Realized, decimal Unrealized, decimal Fees) sum = default;
        foreach (JsonProperty strategy in summary.GetProperty("by_strategy").EnumerateObject())
        {
            (decimal Realized, decimal Unrealized, decimal Fees) part = Told(strategy.Value);
            Assert.True(naive.Money(strategy.Name) == part, $"{run}: {strategy.Name}");
            sum = (sum.Realized + part.Realized, sum.Unrealized + part.Unrealized, sum.Fees + part.Fees);
        }
        Assert.True(sum == (realized, unrealized, fees), run);
    }

    private static (decimal Realized, decimal Unrealized, decimal Fees) Told(JsonElement json) =>
        (SmallRuns.Money(json, "realized_pnl"), SmallRuns.Money(json, "unrealized_pnl"), SmallRuns.Money(json, "fees"));

    private static (string Name, Strategy Strategy)[] Strategies(Random random, int seed)
    {
        (string, Strategy)[] all =
        [
            ("quoter", new Quoter { HalfSpread = random.Next(0, 3), Size = Quantity.Units(random.Next(1, 6)), Requote = random.Next(1, 4) }),
            ("taker", new ImbalanceTaker { Imbalance = 0.2, TradeImbalance = 0.1, HoldMs = random.Next(10, 500), PauseMs = random.Next(0, 200), Size = Quantity.Units(random.Next(1, 9)) }),
            ("holder", new BuyAndHold { Size = Quantity.Units(random.Next(1, 50)) }),
            ("random", new RandomStrategy((ulong)seed, takes: true)),
        ];
        int one = random.Next(all.Length), other = random.Next(all.Length);
        return one == other ? [all[one]] : [all[one], all[other]];
    }
}
