using System.Text.Json;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;
using Fathom.Market.Books.Bars;
using Fathom.Strategies.Library;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>A strategy that throws is halted, and only it: the run goes on, and says what happened, where and at which event.</summary>
public sealed class HaltedStrategyTests : IDisposable
{
    private const string Toml = """
        [[strategy]]
        name = "quoter"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(StrategyCallback.OnStart, "instrument_defined of FTHH6")]
    [InlineData(StrategyCallback.OnBook, "market_by_order of FTHH6")]
    [InlineData(StrategyCallback.OnTrade, "market_by_order of FTHH6")]
    [InlineData(StrategyCallback.OnQuote, "market_by_order of FTHH6")]
    [InlineData(StrategyCallback.OnBar, "market_by_order of FTHH6")]
    [InlineData(StrategyCallback.OnFeatures, "market_by_order of FTHH6")]
    [InlineData(StrategyCallback.OnSeries, "series_point")]
    [InlineData(StrategyCallback.OnOrder, "order_report of FTHH6")]
    [InlineData(StrategyCallback.OnFill, "order_report of FTHH6")]
    [InlineData(StrategyCallback.OnTimer, "time_reached")]
    [InlineData(StrategyCallback.OnStop, "the end of the run")]
    public void It_is_halted_its_orders_are_canceled_and_the_other_goes_on(StrategyCallback callback, string cause)
    {
        string market = _runs.Market("market.dbn", events: 20_000);
        Faulty faulty = new(callback);
        BacktestSettings settings = SmallRuns.Bind(callback == StrategyCallback.OnSeries ? Toml + Series(market) : Toml, market);
        BacktestResult result = _runs.Run(SmallRuns.With(settings, ("faulty", faulty), ("quoter", Quoter())), "run");

        JsonElement summary = _runs.Summary("run"), both = summary.GetProperty("by_strategy"), halted = both.GetProperty("faulty").GetProperty("halted");
        Assert.Equal(cause, halted.GetProperty("event").GetString());
        Assert.Equal(callback.ToString(), halted.GetProperty("callback").GetString());
        Assert.Equal("InvalidOperationException: cannot <go> on", halted.GetProperty("message").GetString());
        Assert.Equal(faulty.ThrownAt.ToString(), halted.GetProperty("time").GetString());
        if (callback == StrategyCallback.OnStop) Assert.Equal(summary.GetProperty("last").GetString(), halted.GetProperty("time").GetString());
        Assert.Equal(1, faulty.Thrown);
        CheckOrders(callback, halted.GetProperty("time").GetString()!);

        Assert.False(both.GetProperty("quoter").TryGetProperty("halted", out _));
        Assert.True(both.GetProperty("quoter").GetProperty("fills").GetInt64() > 5, "the other strategy trades on");
        CheckReport(callback, cause, halted);
        CheckScreen(result, cause);
    }

    [Fact]
    public void What_a_halted_strategy_held_goes_on_being_valued()
    {
        string market = _runs.Market("market.dbn", events: 20_000);
        _runs.Run(SmallRuns.With(SmallRuns.Bind(Toml, market), ("faulty", new Faulty(StrategyCallback.OnFill))), "run");
        JsonElement summary = _runs.Summary("run");
        NaiveAccount naive = new(summary, _runs.Rows("run", "fills.csv"), market);
        Assert.True(naive.Fills >= 1);
        Assert.Equal(naive.Money(), (SmallRuns.Money(summary, "realized_pnl"), SmallRuns.Money(summary, "unrealized_pnl"), SmallRuns.Money(summary, "fees")));
    }

    /// <summary>A series with points in the midst of the market.</summary>
    private string Series(string market)
    {
        BacktestResult plain = _runs.Run(SmallRuns.Bind(Toml, market), "plain");
        long first = plain.Run.First.Nanos, step = (plain.Run.Last.Nanos - first) / 41;
        File.WriteAllLines(_runs.PathOf("series.csv"), Enumerable.Range(1, 40).Select(i => $"{first + i * step},{i}").Prepend("time,score"));
        return $"\n[[series]]\nname = \"sentiment\"\nfile = \"{_runs.PathOf("series.csv")}\"\ntime = \"time\"\navailable_at = \"time\"\n";
    }

    /// <summary>Every order of it that was accepted has ended, and it asked for none after the fault.</summary>
    private void CheckOrders(StrategyCallback callback, string haltedAt)
    {
        Assert.True(Timestamp.TryParse(haltedAt, out Timestamp halted));
        List<Dictionary<string, string>> rows = [.. _runs.Rows("run", "orders.csv").Where(row => row["strategy"] == "faulty")];
        Assert.All(rows.Where(row => row["from"].Length == 0), row => Assert.True(long.Parse(row["decision_time"]) <= halted.Nanos));
        if (callback == StrategyCallback.OnStart)
        {
            Assert.Empty(rows);      // what it wanted in the callback that failed is dropped
            return;
        }
        IEnumerable<string> last = rows.GroupBy(row => row["client_order_id"]).Select(order => order.Last()["to"]);
        string[] ended = callback == StrategyCallback.OnStop ? ["pending_cancel", "canceled", "filled", "rejected"] : ["canceled", "filled", "rejected"];
        Assert.NotEmpty(last);
        Assert.All(last, status => Assert.Contains(status, ended));
    }

    private void CheckReport(StrategyCallback callback, string cause, JsonElement halted)
    {
        JsonElement failure = Assert.Single(_runs.Report("run").GetProperty("failures").EnumerateArray().ToList());
        Assert.Equal("faulty", failure.GetProperty("strategy").GetString());
        Assert.Equal($"{callback} for {cause}", failure.GetProperty("callback").GetString());
        Assert.Equal(halted.GetProperty("input").GetInt64(), failure.GetProperty("input").GetInt64());
        Assert.Equal(halted.GetProperty("message").GetString(), failure.GetProperty("message").GetString());
        Assert.Contains(nameof(Faulty), failure.GetProperty("details").GetString(), StringComparison.Ordinal);      // the stack, down to the strategy's own line
    }

    private static void CheckScreen(BacktestResult result, string cause)
    {
        StringWriter screen = new();
        Fathom.Host.Runs.SummaryScreen.Write(new Fathom.Host.Terminal.Screen(screen, TextWriter.Null, isJson: false).Out, "run", result);
        string text = screen.ToString().ReplaceLineEndings(" ");
        Assert.Contains("faulty was halted", text, StringComparison.Ordinal);
        Assert.Contains(cause, text, StringComparison.Ordinal);
        Assert.False(result.HasEnded, "such a run ends with exit code 1");
    }

    private static Quoter Quoter() => new() { HalfSpread = 0 };

    /// <summary>Keeps orders at and behind the touch, and throws the first time that it has something to lose in one callback.</summary>
    private sealed class Faulty(StrategyCallback where) : Strategy
    {
        private const int CallsMin = 20;

        private int _calls;

        public int Thrown { get; private set; }

        public Timestamp ThrownAt { get; private set; }

        public override void OnStart(StrategyContext context)
        {
            context.SetPeriodicTimer(Duration.FromMilliseconds(500), tag: 1);
            context.SubscribeBars(BarSpec.Parse("1t"));
            ThrowIn(StrategyCallback.OnStart, context);
        }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (book.TryBestBid(out BookLevel bid) && !context.TryWorking(book.Instrument, Side.Buy, out _))
            {
                context.Submit(new OrderIntent(book.Instrument, Side.Buy, Quantity.Units(3), bid.Price));
                context.Submit(new OrderIntent(book.Instrument, Side.Buy, Quantity.Units(1), bid.Price - context.Instrument(book.Instrument).Tick * 4));
            }
            ThrowIn(StrategyCallback.OnBook, context);
        }

        public override void OnTrade(StrategyContext context, in MarketByOrder trade) => ThrowIn(StrategyCallback.OnTrade, context);

        public override void OnQuote(StrategyContext context, in BestPrices prices) => ThrowIn(StrategyCallback.OnQuote, context);

        public override void OnFeatures(StrategyContext context, InstrumentFeatures features) => ThrowIn(StrategyCallback.OnFeatures, context);

        public override void OnBar(StrategyContext context, in Bar bar) => ThrowIn(StrategyCallback.OnBar, context);

        public override void OnSeries(StrategyContext context, in SeriesUpdate update) => ThrowIn(StrategyCallback.OnSeries, context);

        public override void OnOrder(StrategyContext context, in OrderEvent change) => ThrowIn(StrategyCallback.OnOrder, context);

        public override void OnFill(StrategyContext context, in FillEvent fill) => ThrowIn(StrategyCallback.OnFill, context);

        public override void OnTimer(StrategyContext context, in TimerEvent timer) => ThrowIn(StrategyCallback.OnTimer, context);

        public override void OnStop(StrategyContext context) => ThrowIn(StrategyCallback.OnStop, context);

        private void ThrowIn(StrategyCallback callback, StrategyContext context)
        {
            if (callback != where || (callback is not (StrategyCallback.OnStart or StrategyCallback.OnStop) && ++_calls < (callback is StrategyCallback.OnFill or StrategyCallback.OnTimer or StrategyCallback.OnOrder ? 2 : CallsMin))) return;
            Thrown++;
            ThrownAt = context.Clock;
            throw new InvalidOperationException("cannot <go> on");
        }
    }
}
