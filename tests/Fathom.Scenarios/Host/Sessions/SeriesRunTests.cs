using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>A backtest with a file of numbers from elsewhere beside its market data.</summary>
public sealed class SeriesRunTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private const string Toml = """
        [[strategy]]
        name = "quoter"
        id = "follower"
        [[series]]
        name = "sentiment"
        file = "PATH"
        time = "time"
        available_at = "published"
        key = "symbol"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_strategy_follows_the_points_at_the_times_at_which_they_became_known()
    {
        string market = _runs.Market("market.dbn", 20_000);
        (Timestamp first, Timestamp last) = Span(market);
        // Known before the start, during the run (not in the order of the file), and after the end; about times of long ago.
        long[] known = [first.Nanos - Second, last.Nanos - 1, first.Nanos + (last.Nanos - first.Nanos) / 2, first.Nanos + (last.Nanos - first.Nanos) / 3, last.Nanos + Second];
        string file = File("sentiment.csv", known.Select((time, i) => $"FTHH6,{1_000_000_000L + i},{time},{(i % 2 == 0 ? 1 : -1)},{i}"));
        Follower follower = new();
        BacktestResult result = _runs.Run(Settings(market, file, follower), "out");

        Assert.Equal(known[1..4].Order(), follower.Told.Select(told => told.Clock));
        Assert.All(follower.Told, told => Assert.Equal(told.Clock, told.Available));
        Assert.Equal(0, follower.CountAtStart);
        Assert.Equal(3, result.Run.OrderCount);
        Assert.Equal(first, result.Run.First);
        Assert.Equal(last, result.Run.Last);
        Assert.Contains("[[series]]\nname = \"sentiment\"", System.IO.File.ReadAllText(_runs.PathOf("out", "config.toml")), StringComparison.Ordinal);
    }

    [Fact]
    public void With_feed_latency_a_point_keeps_its_time_and_market_data_comes_later()
    {
        string market = _runs.Market("market.dbn", 20_000);
        (Timestamp first, Timestamp last) = Span(market);
        string file = File("sentiment.csv", Enumerable.Range(1, 50).Select(i => $"FTHH6,0,{first.Nanos + (last.Nanos - first.Nanos) / 51 * i},1,{i}"));
        Follower prompt = new(), late = new();
        _runs.Run(Settings(market, file, prompt), "prompt");
        _runs.Run(Settings(market, file, late, "venue.feed_latency=150ms"), "late");
        Assert.True(late.Told.Count > 40);
        Assert.All(prompt.Told.Concat(late.Told), told => Assert.Equal(told.Available, told.Clock));
        Dictionary<long, int> books = late.Told.ToDictionary(told => told.Clock, told => told.Books);
        (long Clock, int Books)[] both = [.. prompt.Told.Where(told => books.ContainsKey(told.Clock)).Select(told => (told.Clock, told.Books))];
        Assert.True(both.Length > 40);
        Assert.All(both, told => Assert.True(books[told.Clock] <= told.Books, $"at {told.Clock}"));
        Assert.True(both.Count(told => books[told.Clock] < told.Books) > 10, "the delayed market is behind");
    }

    [Fact]
    public void Numbers_are_part_of_what_a_run_is_and_the_files_place_is_not()
    {
        string market = _runs.Market("market.dbn", 5_000);
        (Timestamp first, Timestamp _) = Span(market);
        string One(string name, int value) => File(name, [$"FTHH6,0,{first.Nanos + 1},1,{value}"]);
        string Print(string file, string folder) => _runs.Run(Settings(market, file, new Follower()), folder).Fingerprint;
        string print = Print(One("a.csv", 1), "a");
        Assert.Equal(print, Print(One("b.csv", 1), "b"));
        Assert.NotEqual(print, Print(One("c.csv", 2), "c"));
    }

    [Fact]
    public void A_series_that_the_run_never_saw_and_a_broken_one_are_refused_and_leave_nothing()
    {
        string market = _runs.Market("market.dbn", 500);
        (Timestamp _, Timestamp last) = Span(market);
        string late = File("late.csv", [$"FTHH6,0,{last.Nanos + 1},1,1"]), broken = File("broken.csv", ["FTHH6,0,today,1,1"]);
        InputException wrong = Assert.Throws<InputException>(() => _runs.Run(Settings(market, late, new Follower()), "late"));
        Assert.Equal(late, wrong.Subject);
        Assert.StartsWith("no point of the series sentiment", wrong.Found);
        wrong = Assert.Throws<InputException>(() => _runs.Run(Settings(market, broken, new Follower()), "broken"));
        Assert.Equal($"{broken}:2, column published", wrong.Subject);
        Assert.False(Path.Exists(_runs.PathOf("late")) || Path.Exists(_runs.PathOf("broken")));
        Assert.Throws<InputException>(() => _runs.Run(Settings(market, File("orders.csv", ["FTHH6,0,1,1,1"]), new Follower()), "."));      // the run would overwrite what it reads
    }

    private BacktestSettings Settings(string market, string file, Strategy strategy, params string[] sets) =>
        SmallRuns.With(SmallRuns.Bind(Toml.Replace("PATH", file, StringComparison.Ordinal), market, sets), ("follower", strategy));

    private string File(string name, IEnumerable<string> rows)
    {
        System.IO.File.WriteAllText(_runs.PathOf(name), "symbol,time,published,score,count\n" + string.Join('\n', rows) + "\n");
        return _runs.PathOf(name);
    }

    private (Timestamp First, Timestamp Last) Span(string market)
    {
        BacktestResult plain = _runs.Run(SmallRuns.Bind("[[strategy]]\nname = \"buy-and-hold\"", market), "plain");
        return (plain.Run.First, plain.Run.Last);
    }

    /// <summary>Buys or sells one at the market by the sign of each score.</summary>
    private sealed class Follower : Strategy
    {
        private int _books;

        public List<(long Clock, long Available, int Books)> Told { get; } = [];

        public double CountAtStart { get; private set; } = double.NaN;

        public override void OnStart(StrategyContext context)
        {
            if (context.TrySeries("sentiment", "FTHH6", out SeriesUpdate known)) CountAtStart = known["count"];
        }

        public override void OnBook(StrategyContext context, IBookView book) => _books++;

        public override void OnSeries(StrategyContext context, in SeriesUpdate update)
        {
            Told.Add((context.Clock.Nanos, update.AvailableAt.Nanos, _books));
            Side side = update["score"] > 0 ? Side.Buy : Side.Sell;
            context.Submit(new OrderIntent(new InstrumentId(0), side, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        }
    }
}
