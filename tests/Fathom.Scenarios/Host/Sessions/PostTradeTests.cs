using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Portfolio;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>What a run says of itself afterwards: its books kept twice, its slippage, what risk did.</summary>
public sealed class PostTradeTests : IDisposable
{
    private const string Toml = """
        [risk]
        position_max = 4
        [[strategy]]
        name = "quoter"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Every_fill_is_compared_with_the_twin()
    {
        Run(new Trader(), "run");

        JsonElement books = _runs.Summary("run").GetProperty("books");
        Assert.True(books.GetProperty("fills").GetInt64() > 50);
        Assert.Equal(books.GetProperty("fills").GetInt64(), books.GetProperty("compared").GetInt64());
        Assert.False(books.TryGetProperty("difference", out _));
    }

    [Fact]
    public void A_cost_that_somebody_changes_ends_the_run_at_the_next_fill_with_all_files_of_what_happened()
    {
        BacktestResult whole = Run(new Trader(), "whole"), result = Run(new Trader { TampersAfter = 7, By = 3_000_000_000 }, "run");

        Assert.False(result.HasEnded);
        Assert.True(result.Run.MarketDataCount < whole.Run.MarketDataCount, "the run ended early");
        JsonElement difference = _runs.Summary("run").GetProperty("books").GetProperty("difference");
        Assert.Equal(8, difference.GetProperty("fill").GetInt64());
        Assert.StartsWith("average price of trader in FTH", difference.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(difference.GetProperty("engine").GetString(), difference.GetProperty("twin").GetString());
        Dictionary<string, string> fill = _runs.Rows("run", "fills.csv").ElementAt(7);
        Assert.Contains($"execution {fill["execution_id"]} of order {fill["client_order_id"]}", difference.GetProperty("where").GetString(), StringComparison.Ordinal);
        Assert.Equal(_runs.Rows("whole", "fills.csv").Take(8).Select(row => row["execution_id"]), _runs.Rows("run", "fills.csv").Take(8).Select(row => row["execution_id"]));
        Assert.Contains("books do not agree", _runs.Report("run").GetProperty("anomalies").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cost_that_is_off_by_less_than_any_event_says_is_found_at_the_end()
    {
        int fills = (int)Run(new Trader(), "whole").Run.FillCount;
        BacktestResult result = Run(new Trader { TampersAfter = fills, By = 1 }, "run");

        Assert.False(result.HasEnded);
        Assert.StartsWith("exact", result.Books.Difference?.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_s_slippage_is_that_of_its_fills_and_a_strategy_s_the_sum_of_its_orders()
    {
        Run(new Trader(), "run");
        ILookup<string, Dictionary<string, string>> fills = _runs.Rows("run", "fills.csv").ToLookup(row => row["client_order_id"]);
        double bpsSum = 0, quantitySum = 0;
        decimal moved = 0;
        foreach (IGrouping<string, Dictionary<string, string>> order in _runs.Rows("run", "orders.csv").GroupBy(row => row["client_order_id"]))
        {
            Dictionary<string, string> last = order.Last();
            Assert.Equal(last["to"] == "refused" ? "" : last["decision_mid"], last["to"] == "refused" ? last["arrival_mid"] : order.First()["decision_mid"]);
            decimal quantity = fills[order.Key].Sum(row => Decimal(row["quantity"]));
            if (quantity == 0) continue;
            decimal average = fills[order.Key].Sum(row => Decimal(row["quantity"]) * Decimal(row["price"])) / quantity, sign = last["side"] == "buy" ? 1 : -1;
            foreach (string from in (string[])["decision", "arrival"])
            {
                decimal mid = Decimal(last[$"{from}_mid"]);
                Assert.Equal((double)(sign * (average - mid) / mid * 10_000), double.Parse(last[$"slippage_{from}_bps"], CultureInfo.InvariantCulture), 1e-6);
            }
            bpsSum += (double)quantity * double.Parse(last["slippage_decision_bps"], CultureInfo.InvariantCulture);
            quantitySum += (double)quantity;
            moved += sign * quantity * (average - Decimal(last["decision_mid"]));
        }
        JsonElement summary = _runs.Summary("run"), sum = summary.GetProperty("by_strategy").GetProperty("trader").GetProperty("slippage")[0];
        Assert.Equal(bpsSum / quantitySum, sum.GetProperty("decision_bps").GetDouble(), 1e-6);
        decimal multiplier = Decimal(summary.GetProperty("instruments")[0].GetProperty("multiplier").GetString()!);
        Assert.InRange(Decimal(sum.GetProperty("delay").GetString()!) + Decimal(sum.GetProperty("trading").GetString()!) - moved * multiplier, -0.000001m, 0.000001m);
        Assert.Equal(summary.GetProperty("fees").GetString(), sum.GetProperty("fees").GetString());
        Assert.Equal(sum.GetProperty("total").GetString(), _runs.Report("run").GetProperty("slippage")[0].GetProperty("total").GetString());
    }

    [Fact]
    public void Every_refusal_is_in_the_risk_file_with_its_numbers()
    {
        Run(new Trader(), "run");

        Dictionary<string, string>[] refused = [.. _runs.Rows("run", "orders.csv").Where(row => row["to"] == "refused")], rows = [.. _runs.Rows("run", "risk.csv")];
        Assert.True(refused.Length > 3, "the position's limit refuses");
        string[] Numbers(Dictionary<string, string> row, string limit) => [row["client_order_id"], row["scope"], row["reason"], row[limit], row["found"]];
        Assert.Equal(refused.Select(row => Numbers(row, "limit")), rows.Where(row => row["kind"] == "refusal").Select(row => Numbers(row, "threshold")));
        Assert.All(refused.Where(row => row["reason"] == "position_limit"), row => Assert.Equal("4", row["limit"]));
        JsonElement risk = _runs.Summary("run").GetProperty("risk");
        Assert.Equal(refused.Count(row => row["reason"] == "position_limit"), risk.GetProperty("refusals").GetProperty("position_limit").GetInt32());
        Assert.Equal("normal", risk.GetProperty("worst_state").GetString());
        Assert.Equal(refused.Length, _runs.Report("run").GetProperty("risk").GetProperty("changes").GetProperty("total").GetInt32());
    }

    private BacktestResult Run(Trader trader, string folder) =>
        _runs.Run(SmallRuns.With(SmallRuns.Bind(Toml, _runs.Market("market.dbn", events: 40_000)), ("trader", trader)), folder);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Buys two or three and sells one or two at the touch, so that positions are closed in parts; more than its limit allows now and then.</summary>
    private sealed class Trader : Strategy
    {
        private int _books, _fills;

        /// <summary>So many fills; 0: never.</summary>
        public int TampersAfter { get; init; }

        /// <summary>Units of 1e-18.</summary>
        public long By { get; init; }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (++_books % 100 != 0 || !book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask)) return;
            bool buys = _books / 100 % 2 == 0;
            int size = _books / 100 % 4 < 2 ? 2 : 1;
            context.Submit(new OrderIntent(book.Instrument, buys ? Side.Buy : Side.Sell, Quantity.Units(buys ? size + 1 : size), buys ? ask.Price : bid.Price) { TimeInForce = TimeInForce.ImmediateOrCancel });
        }

        /// <summary>As a fault in the account would: the engine's own laws still hold.</summary>
        public override void OnFill(StrategyContext context, in FillEvent fill)
        {
            if (++_fills != TampersAfter) return;
            object holdings = typeof(StrategyContext).GetField("_holdings", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(context)!;
            Position position = ((Holdings)holdings).Find(fill.Header.Instrument)!.Position;
            typeof(Position).GetProperty(nameof(Position.Cost))!.SetValue(position, position.Cost + By);
            typeof(Position).GetProperty(nameof(Position.Realized))!.SetValue(position, position.Realized + By);
        }
    }
}
