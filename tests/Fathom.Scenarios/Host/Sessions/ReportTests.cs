using System.Diagnostics;
using System.Text.Json;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Host.Sessions;
using Fathom.Scenarios.Simulation;
using Fathom.Strategies.Library;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>The report of a run that has more than a page can show.</summary>
public sealed class ReportTests : IDisposable
{
    private const int PointsMax = 20_000, RowsMax = 5_000;

    private const string Toml = """
        fees = { per_contract = 0.62, maker_bps = -0.1, taker_bps = 0.3 }
        report = { equity_interval = "10ms" }
        risk = { order_rate_max = 0, kill = { drawdown = 0 } }
        [[strategy]]
        name = "quoter"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void It_says_what_the_summary_says_within_its_bounds()
    {
        Run(events: 90_000);
        JsonElement report = _runs.Report("run"), summary = _runs.Summary("run");
        Assert.True(JsonElement.DeepEquals(summary, report.GetProperty("summary")));
        CheckBounds(report);
        CheckProfits(report, summary);
        CheckEnds(report, summary);
    }

    [Fact]
    public async Task A_browser_draws_it_and_finds_the_same_figures()
    {
        string web = Path.Combine(Places.Root, "web", "report");
        bool hasBrowser = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } || ((string[])["chromium", "chromium-browser", "google-chrome"]).Any(IsInstalled);
        Assert.SkipUnless(IsInstalled("node") && hasBrowser && Directory.Exists(Path.Combine(web, "node_modules")),
            "node, chromium or web/report/node_modules is missing: 'npm ci' in web/report and ./test --install bring them");
        Run(events: 20_000);
        ProcessStartInfo start = new("node", ["test/check-report.mjs", _runs.PathOf("run", "report.html"), _runs.PathOf("run", "summary.json")])
        {
            WorkingDirectory = web,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {output} {await error}");
    }

    private void Run(long events)
    {
        string market = _runs.Market("market.dbn", events);
        Strategy quoter = new Quoter { HalfSpread = 0, Size = Quantity.Units(3) };
        _runs.Run(SmallRuns.With(SmallRuns.Bind(Toml, market), ("quoter", quoter), ("random", new RandomStrategy(3, takes: true)), ("flipper", new Flipper())), "run");
    }

    private static void CheckBounds(JsonElement report)
    {
        bool isThinned = false;
        foreach (string name in (string[])["equity", "drawdown", "inventory", "prices"])
        {
            foreach (JsonElement series in report.GetProperty(name).EnumerateArray())
            {
                int points = series.GetProperty("t").GetArrayLength();
                long total = series.GetProperty("total").GetInt64();
                Assert.InRange(points, 1, Math.Min(PointsMax, total));
                isThinned |= total > PointsMax;
                if (total > PointsMax) Assert.True(points >= PointsMax / 4, $"{points} of {total} points stay of {name}");
                double[] times = [.. series.GetProperty("t").EnumerateArray().Select(time => time.GetDouble())];
                Assert.Equal(times.Order(), times);
                foreach (string values in (string[])["v", "bid", "ask"])
                    if (series.TryGetProperty(values, out JsonElement array)) Assert.Equal(points, array.GetArrayLength());
                foreach (string marks in (string[])["buys", "sells"])
                    if (series.TryGetProperty(marks, out JsonElement array)) Assert.InRange(array.GetArrayLength(), 1, RowsMax);
            }
        }
        Assert.True(isThinned, $"the run has more points than a page shows: {report.GetProperty("equity")[0].GetProperty("total")} of equity, {report.GetProperty("fills").GetProperty("total")} fills");
        JsonElement fills = report.GetProperty("fills"), orders = report.GetProperty("orders");
        Assert.Equal(report.GetProperty("summary").GetProperty("fills").GetInt64(), fills.GetProperty("total").GetInt64());
        Assert.True(fills.GetProperty("total").GetInt64() > RowsMax && orders.GetProperty("total").GetInt64() > RowsMax, $"the run has more rows than a table shows: {fills.GetProperty("total")} fills, {orders.GetProperty("total")} orders");
        Assert.Equal((RowsMax, RowsMax), (fills.GetProperty("rows").GetArrayLength(), orders.GetProperty("rows").GetArrayLength()));
    }

    private static void CheckProfits(JsonElement report, JsonElement summary)
    {
        List<JsonElement> profits = [.. report.GetProperty("pnl").EnumerateArray()];
        foreach (JsonElement profit in profits)
            Assert.Equal(SmallRuns.Money(profit, "total"), SmallRuns.Money(profit, "spread") + SmallRuns.Money(profit, "inventory") - SmallRuns.Money(profit, "fees"));
        foreach (JsonProperty strategy in summary.GetProperty("by_strategy").EnumerateObject())
            Assert.Equal(Profit(strategy.Value), profits.Where(profit => profit.GetProperty("strategy").GetString() == strategy.Name).Sum(profit => SmallRuns.Money(profit, "total")));
        Assert.Equal(Profit(summary), profits.Sum(profit => SmallRuns.Money(profit, "total")));
        Assert.Equal(summary.GetProperty("fills").GetInt64(), profits.Sum(profit => profit.GetProperty("fills").GetInt64()));
        Assert.Equal(SmallRuns.Money(summary, "traded_quantity"), profits.Sum(profit => SmallRuns.Money(profit, "traded")));
        Assert.Equal(SmallRuns.Money(summary.GetProperty("instruments")[0], "position"), profits.Sum(profit => SmallRuns.Money(profit, "position")));
    }

    /// <summary>Each series goes on to the end of the run.</summary>
    private static void CheckEnds(JsonElement report, JsonElement summary)
    {
        JsonElement equity = Assert.Single(report.GetProperty("equity").EnumerateArray().ToList());
        Assert.Equal((double)SmallRuns.Money(summary, "equity_end"), Last(equity, "v"), 1e-6);
        Assert.True(Timestamp.TryParse(summary.GetProperty("last").GetString(), out Timestamp last));
        Assert.True(Last(equity, "t") <= last.Nanos / 1e6);
        foreach (JsonElement held in report.GetProperty("inventory").EnumerateArray())
        {
            string strategy = held.GetProperty("name").GetString()!.Split(' ')[0];
            JsonElement profit = report.GetProperty("pnl").EnumerateArray().Single(profit => profit.GetProperty("strategy").GetString() == strategy);
            Assert.Equal((double)SmallRuns.Money(profit, "position"), Last(held, "v"));
        }
    }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static decimal Profit(JsonElement json) => SmallRuns.Money(json, "realized_pnl") + SmallRuns.Money(json, "unrealized_pnl") - SmallRuns.Money(json, "fees");

    private static double Last(JsonElement series, string array) => series.GetProperty(array).EnumerateArray().Last().GetDouble();

    /// <summary>Buys and sells at the market in turn, at every event: for many fills from few messages.</summary>
    private sealed class Flipper : Strategy
    {
        private Side _side = Side.Buy;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            context.Submit(new OrderIntent(book.Instrument, _side, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
            _side = _side == Side.Buy ? Side.Sell : Side.Buy;
        }
    }
}
